using System.Text.Json;
using SaaS.Workflows.Activities.Elsa;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;

namespace SaaS.Workflows.Checking;

/// <summary>
/// Joins that wait for all although their branches exclude each other: after a decision only one branch is taken, so a WaitAll join
/// behind it never runs, and Elsa drops what follows without a word.
/// </summary>
internal static class JoinChecker
{
    public static void Check(FlowGraph graph, ProblemList problems)
    {
        if (!graph.Activities.Any(WaitsForAll))
        {
            return;
        }

        var needs = new Dictionary<int, HashSet<int>>();
        foreach (var join in graph.Activities.Where(WaitsForAll))
        {
            var inbound = graph.ForwardInbound[join.FlowIndex];
            for (var i = 0; i < inbound.Length; i++)
            {
                for (var j = i + 1; j < inbound.Length; j++)
                {
                    if (Conflict(graph, EdgeNeeds(graph, inbound[i], needs), EdgeNeeds(graph, inbound[j], needs)) is { } decision)
                    {
                        problems.Error("join-cannot-complete", join.Definition!, $"'{join.Id}'은(는) 모든 갈래를 기다리지만, '{decision.Id}'에서 한 갈래만 이어지므로 끝내 합쳐지지 않습니다.", $"'{join.Id}' waits for all branches, but '{decision.Id}' takes only one of them: the join can never complete.");
                        i = inbound.Length;
                        break;
                    }
                }
            }
        }
    }

    private static bool WaitsForAll(CompiledActivity activity) =>
        activity.Type is FlowJoinActivity
        && activity.Definition!.Property("mode") is { ValueKind: JsonValueKind.Object } mode
        && mode.TryGetProperty("expression", out var expression)
        && ActivityDefinition.Text(expression, "value") == "WaitAll";

    private static CompiledActivity? Conflict(FlowGraph graph, HashSet<int> first, HashSet<int> second)
    {
        foreach (var one in first)
        {
            foreach (var other in second)
            {
                var (a, b) = (graph.Connections[one], graph.Connections[other]);
                if (a.Source == b.Source && a.SourcePort != b.SourcePort)
                {
                    return graph.Activities[a.Source];
                }
            }
        }

        return null;
    }

    /// <summary>The connections out of deciding steps without which this connection is never followed.</summary>
    private static HashSet<int> EdgeNeeds(FlowGraph graph, int edge, Dictionary<int, HashSet<int>> known)
    {
        var source = graph.Connections[edge].Source;
        var needs = new HashSet<int>(NodeNeeds(graph, source, known));
        if (DecidesForOne(graph.Activities[source]))
        {
            needs.Add(edge);
        }

        return needs;
    }

    private static HashSet<int> NodeNeeds(FlowGraph graph, int node, Dictionary<int, HashSet<int>> known)
    {
        // Sources before targets, without recursion: flows can be thousands of steps long.
        var pending = new Stack<int>();
        pending.Push(node);
        while (pending.TryPeek(out var current))
        {
            if (known.ContainsKey(current))
            {
                pending.Pop();
                continue;
            }

            var missing = graph.ForwardInbound[current].Select(edge => graph.Connections[edge].Source).Where(source => !known.ContainsKey(source)).ToList();
            if (missing.Count > 0)
            {
                missing.ForEach(pending.Push);
                continue;
            }

            known[current] = Combine(graph, current, known);
            pending.Pop();
        }

        return known[node];
    }

    private static HashSet<int> Combine(FlowGraph graph, int node, Dictionary<int, HashSet<int>> known)
    {
        HashSet<int>? combined = null;
        foreach (var edge in graph.ForwardInbound[node])
        {
            var needs = EdgeNeeds(graph, edge, known);
            if (combined is null)
            {
                combined = needs;
            }
            else if (WaitsForAll(graph.Activities[node]))
            {
                combined.UnionWith(needs);
            }
            else
            {
                combined.IntersectWith(needs);
            }
        }

        return combined ?? [];
    }

    private static bool DecidesForOne(CompiledActivity activity) =>
        activity.Type is not FlowForkActivity
        && activity.Type.Outcomes(activity.Definition!).Count > 1
        && !(activity.Type is FlowSwitchActivity && activity.Definition!.Property("mode") is { } mode && mode.GetRawText().Contains("MatchAny", StringComparison.Ordinal));
}
