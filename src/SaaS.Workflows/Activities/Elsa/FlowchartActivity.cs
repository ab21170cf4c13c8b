using System.Runtime.CompilerServices;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Runtime;

namespace SaaS.Workflows.Activities.Elsa;

/// <summary>Activities and connections, in Elsa's default mode: visits are counted, paths not taken are carried on as such, joins wait accordingly.</summary>
internal sealed class FlowchartActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.Flowchart",
    Category = ElsaActivities.Flow,
    DisplayName = new("순서도", "Flowchart"),
    IsContainer = true,
    IsBrowsable = false,
})
{
    public override void Execute(ActivityExecution activity)
    {
        activity.DeclareVariables(overwrite: false);
        var graph = GraphOf(activity);
        if (graph.Start < 0)
        {
            activity.Complete();
            return;
        }

        activity.Execution.Schedule(activity, graph.Activities[graph.Start]);
    }

    internal override IEnumerable<ActivityDefinition> Children(ActivityDefinition activity) => activity.Flowchart.Activities;

    internal override void ChildCompleted(ActivityExecution owner, ActivityExecution child, string[]? outcomes)
    {
        if (child.Status != ActivityStatus.Completed)
        {
            return;
        }

        if (child.Node.Type.Descriptor.IsTerminal)
        {
            owner.Complete();
            return;
        }

        if (!ScheduleOutbound(owner, Scope(owner), child.Node.FlowIndex, outcomes, wasSkipped: false, child.CameBack))
        {
            CompleteIfNothingIsPending(owner);
        }
    }

    internal override void ChildCanceled(ActivityExecution receiver, ActivityExecution sender)
    {
        CompleteIfNothingIsPending(receiver);
        var own = ReferenceEquals(sender.Node.Parent, receiver.Node) ? sender.Node.FlowIndex : -1;
        if (own < 0)
        {
            throw Unreachable(sender.Node);
        }

        ScheduleOutbound(receiver, Scope(receiver), own, null, wasSkipped: true, cameBack: false);
    }

    /// <summary>Cancels what still runs before a join that goes on without it.</summary>
    internal static void CancelAncestors(ActivityExecution flowchart, CompiledActivity join)
    {
        var ancestors = Scope(flowchart).Graph.Ancestors(join.FlowIndex);
        foreach (var child in flowchart.ActiveChildren())
        {
            if (ancestors[child.Node.FlowIndex])
            {
                flowchart.Execution.Cancel(child);
            }
        }
    }

    private static void CompleteIfNothingIsPending(ActivityExecution flowchart)
    {
        if (flowchart.RunningChildren == 0 && !flowchart.Execution.Queue.HasWorkBelow(flowchart) && flowchart.FaultedChildren == 0)
        {
            flowchart.Complete();
        }
    }

    private static FlowGraph GraphOf(ActivityExecution flowchart)
    {
        var graph = flowchart.Node.Graph;
        if (flowchart.Execution.TriggerActivityId is { } trigger)
        {
            var start = Array.FindIndex(graph.Activities, activity => activity.Id == trigger);
            return start < 0 ? graph : graph.From(start);
        }

        return graph;
    }

    private static FlowScope Scope(ActivityExecution flowchart) => flowchart.Flow ?? flowchart.NewFlow(GraphOf(flowchart));

    private static ActivityFaultException Unreachable(CompiledActivity activity) =>
        new($"Activity {activity.Id} is not reachable from the flowchart graph. Unable to schedule it's outbound activities.");

    /// <summary>Visits every connection out of an activity that completed, was skipped or was cancelled.</summary>
    private static bool ScheduleOutbound(ActivityExecution flowchart, FlowScope scope, int activity, string[]? outcomes, bool wasSkipped, bool cameBack)
    {
        var graph = scope.Graph;
        if (graph.Dangling[activity])
        {
            throw Unreachable(graph.Activities[activity]);
        }

        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new ActivityFaultException($"The path of skipped activities at '{graph.Activities[activity].Id}' is too long.");
        }

        if (!cameBack)
        {
            scope.Visit(activity);
        }

        var scheduled = false;
        foreach (var index in graph.Outbound[activity])
        {
            ref var connection = ref graph.Connections[index];
            var followed = !wasSkipped && IsFollowed(connection.SourcePort, outcomes);
            scope.VisitConnection(index, followed);
            if (connection.IsBackward)
            {
                scheduled |= followed && GoBack(flowchart, graph, connection);
            }
            else
            {
                scheduled |= Arrive(flowchart, scope, index, connection.Target);
            }
        }

        return scheduled;
    }

    private static bool IsFollowed(string port, string[]? outcomes)
    {
        if (outcomes is null)
        {
            return port == "Done";
        }

        foreach (var outcome in outcomes)
        {
            if (string.Equals(outcome, port, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static bool GoBack(ActivityExecution flowchart, FlowGraph graph, in FlowConnection connection)
    {
        var target = graph.Activities[connection.Target];
        if (!connection.IsValidBackward)
        {
            throw new ActivityFaultException($"Invalid backward connection: Every path from the source ('{graph.Activities[connection.Source].Id}') must go through the target ('{target.Id}') when tracing back to the start.");
        }

        flowchart.Execution.Schedule(flowchart, target, cameBack: true);
        return true;
    }

    private static bool Arrive(ActivityExecution flowchart, FlowScope scope, int connection, int target)
    {
        var node = scope.Graph.Activities[target];
        switch (node.Type is FlowJoinActivity ? FlowJoinActivity.ModeOf(flowchart, node) : JoinMode.WaitAllActive)
        {
            case JoinMode.WaitAny:
                return ArriveAtAny(flowchart, scope, connection, target, node);
            case JoinMode.WaitAll:
                return scope.AllVisited(target) && (scope.AllFollowed(target) ? ScheduleForward(flowchart, node) : Skip(flowchart, scope, target));
            default:
                return scope.AllVisited(target) && (scope.AnyFollowed(target) ? ScheduleForward(flowchart, node) : Skip(flowchart, scope, target));
        }
    }

    private static bool ArriveAtAny(ActivityExecution flowchart, FlowScope scope, int connection, int target, CompiledActivity node)
    {
        if (scope.IsLate(connection, target) || flowchart.Execution.Queue.Holds(flowchart, node))
        {
            return false;
        }

        if (scope.AnyFollowed(target))
        {
            ScheduleForward(flowchart, node);
            CancelAncestors(flowchart, node);
            return true;
        }

        return scope.AllVisited(target) && Skip(flowchart, scope, target);
    }

    private static bool ScheduleForward(ActivityExecution flowchart, CompiledActivity node)
    {
        flowchart.Execution.Schedule(flowchart, node);
        return true;
    }

    private static bool Skip(ActivityExecution flowchart, FlowScope scope, int activity) => ScheduleOutbound(flowchart, scope, activity, null, wasSkipped: true, cameBack: false);
}
