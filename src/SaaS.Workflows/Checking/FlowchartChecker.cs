using SaaS.Workflows.Activities.Elsa;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Programmes;

namespace SaaS.Workflows.Checking;

/// <summary>The connections of one flowchart: where they lead, what cannot be reached, what cannot end.</summary>
internal static class FlowchartChecker
{
    public static void Check(CompiledActivity flowchart, ProblemList problems)
    {
        var written = flowchart.Definition!.Flowchart;
        if (written.Connections.Count > DefinitionLimits.Connections)
        {
            problems.Error("definition-too-large", flowchart.Definition, $"연결이 너무 많습니다(최대 {DefinitionLimits.Connections:N0}개).", $"There are too many connections: at most {DefinitionLimits.Connections:N0}.");
        }

        if (written.Activities.Count == 0)
        {
            problems.Error("empty-flowchart", flowchart.Definition, "순서도가 비어 있습니다.", "The flowchart is empty.");
            return;
        }

        CheckConnections(flowchart, written, problems);
        CheckReachable(flowchart.Graph, problems);
        CheckOutcomes(flowchart, problems);
        CheckLoops(flowchart, written, problems);
        JoinChecker.Check(flowchart.Graph, problems);
    }

    private static void CheckConnections(CompiledActivity flowchart, FlowchartDefinition written, ProblemList problems)
    {
        var byId = new Dictionary<string, CompiledActivity>(StringComparer.Ordinal);
        foreach (var child in flowchart.Children)
        {
            byId.TryAdd(child.Id, child);
        }

        foreach (var connection in written.Connections)
        {
            foreach (var (end, id) in (IEnumerable<(string, string)>)[("source", connection.Source), ("target", connection.Target)])
            {
                if (!byId.ContainsKey(id))
                {
                    problems.Error("connection-to-nowhere", $"{connection.Pointer}/{end}", null, $"연결이 가리키는 활동 '{id}'이(가) 이 순서도에 없습니다.", $"The connection's {end} '{id}' is not an activity of this flowchart.");
                }
            }

            if (byId.TryGetValue(connection.Source, out var source) && source.Type is not (NotFoundActivity or FlowForkActivity) && !source.Type.Outcomes(source.Definition!).Contains(connection.SourcePort))
            {
                problems.Error("unknown-outcome", $"{connection.Pointer}/source/port", source.Id, $"'{source.Id}'에는 결과 '{connection.SourcePort}'이(가) 없습니다.", $"'{source.Id}' has no outcome '{connection.SourcePort}'.");
            }
        }
    }

    private static void CheckReachable(FlowGraph graph, ProblemList problems)
    {
        for (var i = 0; i < graph.Activities.Length; i++)
        {
            if (graph.Dangling[i])
            {
                problems.Error("unreachable-step", graph.Activities[i].Definition!, $"'{graph.Activities[i].Id}' 단계에는 이르는 길이 없습니다.", $"No path leads to the step '{graph.Activities[i].Id}'.");
            }
        }
    }

    /// <summary>A step with several outcomes must say where each leads; a step of ours with one must not simply stop.</summary>
    private static void CheckOutcomes(CompiledActivity flowchart, ProblemList problems)
    {
        var graph = flowchart.Graph;
        foreach (var activity in graph.Activities)
        {
            var outcomes = activity.Type.Outcomes(activity.Definition!);
            var isOurs = !activity.TypeName.StartsWith("Elsa.", StringComparison.Ordinal);
            if (activity.Type is NotFoundActivity || activity.Type.Descriptor.IsTerminal || (outcomes.Count < 2 && !isOurs))
            {
                continue;
            }

            var connected = graph.Outbound[activity.FlowIndex].Select(connection => graph.Connections[connection].SourcePort).ToHashSet(StringComparer.Ordinal);
            foreach (var outcome in outcomes.Where(outcome => !connected.Contains(outcome)))
            {
                var (step, name) = (StepNames.Of(activity.Definition!), OutcomeNames.Of(activity.Definition!, outcome));
                var (ko, en) = ($"‘{step.Ko}’의 결과 ‘{name.Ko}’이(가) 이어지지 않아 길이 끝나지 않습니다.", $"The outcome '{name.En}' of '{step.En}' leads nowhere: that path has no end.");
                if (isOurs)
                {
                    problems.Error("path-without-end", activity.Definition!, ko, en, outcome);
                }
                else
                {
                    problems.Warning("path-without-end", activity.Definition!, ko, en);
                }
            }
        }
    }

    private static void CheckLoops(CompiledActivity flowchart, FlowchartDefinition written, ProblemList problems)
    {
        var graph = flowchart.Graph;
        foreach (var connection in graph.Connections)
        {
            if (connection is { IsBackward: true, IsValidBackward: false } && !graph.Dangling[connection.Source])
            {
                var (source, target) = (graph.Activities[connection.Source], graph.Activities[connection.Target]);
                var pointer = written.Connections.FirstOrDefault(each => each.Source == source.Id && each.Target == target.Id && each.SourcePort == connection.SourcePort)?.Pointer ?? source.Definition!.Pointer;
                problems.Error("invalid-loop", pointer, source.Id, $"'{source.Id}'에서 '{target.Id}'로 되돌아갈 수 없습니다. 시작에서 '{source.Id}'로 가는 모든 길이 '{target.Id}'를 지나야 합니다.", $"The way back from '{source.Id}' to '{target.Id}' cannot be taken: every path from the start to '{source.Id}' must pass '{target.Id}'.");
            }
        }

        foreach (var cycle in FlowCycles.Find(graph))
        {
            if (HasExit(graph, cycle))
            {
                continue;
            }

            var first = graph.Activities[cycle.Min()];
            var names = string.Join(", ", cycle.Order().Select(index => graph.Activities[index].Id));
            problems.Error("endless-cycle", first.Definition!, $"단계 {names}은(는) 끝없이 돌기만 합니다. 빠져나가는 길이 필요합니다.", $"The steps {names} turn in a circle without a way out.");
        }
    }

    private static bool HasExit(FlowGraph graph, HashSet<int> cycle)
    {
        foreach (var index in cycle)
        {
            var activity = graph.Activities[index];
            if (activity.Type.Descriptor.IsTerminal || activity.TypeName == "Elsa.Fault")
            {
                return true;
            }

            var connected = new HashSet<string>(StringComparer.Ordinal);
            foreach (var connection in graph.Outbound[index])
            {
                connected.Add(graph.Connections[connection].SourcePort);
                if (!cycle.Contains(graph.Connections[connection].Target))
                {
                    return true;
                }
            }

            if (activity.Type.Outcomes(activity.Definition!).Any(outcome => !connected.Contains(outcome)))
            {
                return true;
            }
        }

        return false;
    }
}
