namespace SaaS.Workflows.Activities.Elsa;

/// <summary>The activities of Elsa that definitions may use.</summary>
public static class ElsaActivities
{
    internal static readonly Words Flow = new("흐름", "Flow");
    internal static readonly Words Branching = new("분기", "Branching");
    internal static readonly Words Looping = new("반복", "Looping");
    internal static readonly Words Primitives = new("기본", "Primitives");
    internal static readonly Words Composition = new("구성", "Composition");
    internal static readonly Words Scheduling = new("일정", "Scheduling");

    public static IReadOnlyList<ActivityType> All { get; } =
    [
        new FlowchartActivity(),
        new StartActivity(),
        new EndActivity(),
        new FinishActivity(),
        new CompleteActivity(),
        new FaultActivity(),
        new FlowDecisionActivity(),
        new FlowSwitchActivity(),
        new FlowForkActivity(),
        new FlowJoinActivity(),
        new IfActivity(),
        new SwitchActivity(),
        new WhileActivity(),
        new ForActivity(),
        new ForEachActivity(),
        new SequenceActivity(),
        new ParallelActivity(),
        new ParallelForEachActivity(),
        new ForkActivity(),
        new BreakActivity(),
        new SetVariableActivity(),
        new SetOutputActivity(),
        new SetNameActivity(),
        new CorrelateActivity(),
        new WriteLineActivity(),
        new DelayActivity(),
        new TimerActivity(),
        new CronActivity(),
        new StartAtActivity(),
        new EventActivity(),
        new PublishEventActivity(),
        new RunTaskActivity(),
        new ExecuteWorkflowActivity(),
        new DispatchWorkflowActivity(),
        new BulkDispatchWorkflowsActivity(),
    ];
}
