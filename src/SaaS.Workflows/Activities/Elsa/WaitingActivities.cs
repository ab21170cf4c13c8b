using NodaTime;
using NodaTime.Text;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Activities.Elsa;

internal sealed class EventActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.Event",
    Category = ElsaActivities.Flow,
    DisplayName = new("사건 기다리기", "Event"),
    Inputs = [new("EventName", "String") { DisplayName = new("사건 이름", "Event name") }],
    Outputs = [new("Result", "Object") { DisplayName = new("받은 값", "Payload") }],
    IsBlocking = true,
    IsTrigger = true,
})
{
    /// <summary>The member of a resume's input that carries the payload of an event.</summary>
    public const string PayloadInput = "__EventPayloadWorkflowInput";

    public override void Execute(ActivityExecution activity)
    {
        if (activity.Execution.TriggerActivityId == activity.ActivityId)
        {
            Resume(activity, Value.Undefined);
            return;
        }

        activity.Execution.CreateBookmark(activity, Value.Object(("eventName", activity.Input(0))), "Elsa.Event", includeInstance: false);
    }

    public override bool Accepts(ActivityDefinition activity, Value input) => true;

    internal override Value TriggerPayload(ActivityExecution activity) => Value.Object(("eventName", activity.Input(0)));

    public override void Resume(ActivityExecution activity, Value input)
    {
        activity.SetOutput("Result", activity.WorkflowInput(PayloadInput));
        activity.Complete();
    }
}

internal sealed class RunTaskActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.RunTask",
    Category = ElsaActivities.Primitives,
    DisplayName = new("일 맡기기", "Run task"),
    Inputs =
    [
        new("TaskName", "String") { DisplayName = new("일 이름", "Task name") },
        new("Payload", "ObjectDictionary") { DisplayName = new("내용", "Payload"), DefaultSyntax = "Object" },
    ],
    Outputs = [new("TaskId", "String"), new("Result", "Object") { DisplayName = new("결과", "Result") }],
    IsBlocking = true,
})
{
    public override void Execute(ActivityExecution activity)
    {
        var name = activity.Input(0).Text ?? throw new ActivityFaultException("TaskName is required.");
        var id = activity.Execution.NewId().ToString("N");
        var payload = Value.Object(("taskId", id), ("taskName", name));
        activity.Execution.CreateBookmark(activity, payload, "Elsa.RunTask", includeInstance: false, hashed: Value.Object(("taskId", id)));
        activity.SetOutput("TaskId", id);
        activity.Emit("run-task", Value.Object(("taskId", id), ("taskName", name), ("payload", activity.Input(1))));
    }

    public override bool Accepts(ActivityDefinition activity, Value input) => true;

    public override void Resume(ActivityExecution activity, Value input)
    {
        if (!activity.Execution.Input.TryGet("RunTaskInput", out var result))
        {
            throw new ActivityFaultException("The given key 'RunTaskInput' was not present in the dictionary.");
        }

        activity.SetOutput("Result", result);
        activity.Complete();
    }
}

internal sealed class DelayActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.Delay",
    Category = ElsaActivities.Scheduling,
    DisplayName = new("기다리기", "Delay"),
    Inputs = [new("TimeSpan", "TimeSpan") { DisplayName = new("얼마나", "How long"), Default = "00:01:00", IsDefaultForUnreadable = false }],
    IsBlocking = true,
})
{
    public override void Execute(ActivityExecution activity) => Wait(activity, TimeSpanText.After(activity.Now, activity.Input(0)));

    public override bool Accepts(ActivityDefinition activity, Value input) => true;

    public override void Resume(ActivityExecution activity, Value input) => activity.Complete();

    internal static void Wait(ActivityExecution activity, Instant until) =>
        activity.Execution.CreateBookmark(activity, Value.Object(("resumeAt", InstantPattern.ExtendedIso.Format(until))), activity.Node.TypeName, includeInstance: true);
}

internal sealed class TimerActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.Timer",
    Category = ElsaActivities.Scheduling,
    DisplayName = new("되풀이 시각", "Timer"),
    Inputs = [new("Interval", "TimeSpan") { DisplayName = new("간격", "Interval"), Default = "00:01:00" }],
    IsBlocking = true,
    IsTrigger = true,
})
{
    public override void Execute(ActivityExecution activity)
    {
        if (activity.Execution.TriggerActivityId == activity.ActivityId)
        {
            activity.Complete();
            return;
        }

        DelayActivity.Wait(activity, TimeSpanText.After(activity.Now, activity.Input(0)));
    }

    public override bool Accepts(ActivityDefinition activity, Value input) => true;

    internal override Value TriggerPayload(ActivityExecution activity) => Value.Object(("interval", activity.Input(0)));

    public override void Resume(ActivityExecution activity, Value input) => activity.Complete();
}

internal sealed class CronActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.Cron",
    Category = ElsaActivities.Scheduling,
    DisplayName = new("정기 시각(cron)", "Cron"),
    Inputs = [new("CronExpression", "String") { DisplayName = new("cron 식", "Cron expression"), Description = new("초 분 시 일 월 요일(UTC)", "Second, minute, hour, day, month, day of week (UTC)") }],
    IsBlocking = true,
    IsTrigger = true,
})
{
    public override void Execute(ActivityExecution activity)
    {
        if (activity.Execution.TriggerActivityId == activity.ActivityId)
        {
            activity.Complete();
            return;
        }

        var expression = activity.Input(0).Text ?? throw new ActivityFaultException("Value cannot be null. (Parameter 'expression')");
        var cron = CronExpression.TryParse(expression, out var problem) ?? throw new ActivityFaultException($"The given cron expression has an invalid format. {problem}");
        var next = cron.Next(activity.Now) ?? throw new ActivityFaultException($"The cron expression '{expression}' has no next time.");
        activity.Execution.CreateBookmark(activity, Value.Object(("executeAt", InstantPattern.ExtendedIso.Format(next)), ("cronExpression", expression)), "Elsa.Cron", includeInstance: true);
    }

    public override bool Accepts(ActivityDefinition activity, Value input) => true;

    public override void Resume(ActivityExecution activity, Value input) => activity.Complete();

    internal override Value TriggerPayload(ActivityExecution activity) => Value.Object(("cronExpression", activity.Input(0)));
}

internal sealed class StartAtActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.StartAt",
    Category = ElsaActivities.Scheduling,
    DisplayName = new("정한 때", "Start at"),
    Inputs = [new("DateTime", "DateTimeOffset") { DisplayName = new("언제", "When"), UiHint = "datetime-picker" }],
    IsBlocking = true,
    IsTrigger = true,
})
{
    public override void Execute(ActivityExecution activity)
    {
        var at = OffsetDateTimePattern.ExtendedIso.Parse(activity.Input(0).Text ?? "") is { Success: true } parsed ? parsed.Value.ToInstant() : Instant.MinValue;
        if (activity.Execution.TriggerActivityId == activity.ActivityId || at <= activity.Now)
        {
            activity.Complete();
            return;
        }

        activity.Execution.CreateBookmark(activity, Value.Object(("executeAt", InstantPattern.ExtendedIso.Format(at))), "Elsa.StartAt", includeInstance: true);
    }

    public override bool Accepts(ActivityDefinition activity, Value input) => true;

    internal override Value TriggerPayload(ActivityExecution activity) => Value.Object(("executeAt", activity.Input(0)));

    public override void Resume(ActivityExecution activity, Value input) => activity.Complete();
}

/// <summary>Elsa's lengths of time: days, hours, minutes and seconds with colons.</summary>
internal static class TimeSpanText
{
    /// <exception cref="ActivityFaultException">The time lies beyond the end of the calendar.</exception>
    public static Instant After(Instant now, Value value)
    {
        var span = Read(value);
        return span > Instant.MaxValue - now || span < Instant.MinValue - now
            ? throw new ActivityFaultException("The added or subtracted value results in an un-representable DateTime. (Parameter 'value')")
            : now + span;
    }

    public static Duration Read(Value value) =>
        value.Text is { } text && TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var span) ? Duration.FromTimeSpan(span) : Duration.Zero;
}
