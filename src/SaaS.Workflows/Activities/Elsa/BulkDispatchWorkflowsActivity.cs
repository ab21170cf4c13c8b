using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Activities.Elsa;

/// <summary>
/// Starts a workflow for each item and, unless told otherwise, waits for all of them. Each that ends resumes the one bookmark, which is
/// used up by the last; the activity embedded for it runs in between.
/// </summary>
internal sealed class BulkDispatchWorkflowsActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Elsa.BulkDispatchWorkflows",
    Category = ElsaActivities.Composition,
    DisplayName = new("여러 워크플로 맡기기", "Bulk dispatch workflows"),
    Inputs =
    [
        new("WorkflowDefinitionId", "String") { DisplayName = new("워크플로", "Workflow definition"), UiHint = "workflow-definition-picker" },
        new("Items", "Object") { DisplayName = new("항목", "Items"), DefaultSyntax = "JavaScript" },
        new("DefaultItemInputKey", "String") { DisplayName = new("항목의 입력 이름", "Input name of an item"), Default = "Item" },
        new("CorrelationIdFunction", "String") { DisplayName = new("연관 번호 식", "Correlation id function"), AutoEvaluate = false, DefaultSyntax = "JavaScript" },
        new("Input", "ObjectDictionary") { DisplayName = new("입력", "Input"), DefaultSyntax = "Object" },
        new("WaitForCompletion", "Boolean") { DisplayName = new("끝날 때까지 기다림", "Wait for completion"), UiHint = "checkbox", Default = true },
    ],
    EmbeddedPorts = ["ChildCompleted", "ChildFaulted"],
    Outcomes = ["Completed", "Canceled", "Done"],
})
{
    private const string Completed = "childCompleted";
    private const string Faulted = "childFaulted";

    public override object Prepare(ActivityPreparation preparation) => new EmbeddedPorts(preparation.Compiled, [Completed, Faulted]);

    public override void Execute(ActivityExecution activity)
    {
        var waits = activity.Input("WaitForCompletion").IsTrue;
        var items = activity.Input("Items").Items;
        var children = new Value[items.Length];
        for (var i = 0; i < children.Length; i++)
        {
            children[i] = Dispatch(activity, items[i], waits);
        }

        if (!waits || items.Length == 0)
        {
            activity.Complete("Done");
            return;
        }

        activity.Counter = items.Length;
        activity.Scheduled = [];
        var parent = Value.Object(("parentInstanceId", activity.WorkflowInstanceId.ToString()));
        activity.Execution.CreateBookmark(
            activity,
            Value.Object(("parentInstanceId", parent["parentInstanceId"]), ("scheduledInstanceIdsCount", children.Length), ("childInstanceIds", Value.From(children))),
            "Elsa.BulkDispatchWorkflows",
            includeInstance: false,
            hashed: parent);
    }

    public override bool Accepts(ActivityDefinition activity, Value input) => true;

    public override void Resume(ActivityExecution activity, Value input)
    {
        var child = Required(activity, "WorkflowInstanceId").Text ?? "";
        var subStatus = Required(activity, "WorkflowSubStatus").Text;
        activity.Execution.KeepResumedBookmark();
        var finished = activity.Scheduled ??= [];
        if (finished.Contains(child))
        {
            // The news of one child's end may come twice.
            return;
        }

        finished.Add(child);
        var ports = activity.Prepared<EmbeddedPorts>();
        var next = subStatus switch
        {
            nameof(WorkflowSubStatus.Faulted) => ports.Get(Faulted),
            nameof(WorkflowSubStatus.Finished) => ports.Get(Completed),
            _ => null,
        };
        if (next is null)
        {
            CompleteAfterTheLast(activity);
            return;
        }

        var variable = new VariableInfo(ActivityExecution.LoopVariableId("ChildInstanceId"), "ChildInstanceId", TypeKind.Text, child, isPersisted: true);
        activity.Execution.Schedule(activity, next, [new LoopVariable(variable, child)]);
    }

    internal override IEnumerable<ActivityDefinition> Children(ActivityDefinition activity) => EmbeddedActivities.Ports(activity, Completed, Faulted);

    internal override void ChildCompleted(ActivityExecution owner, ActivityExecution child, string[]? outcomes) => CompleteAfterTheLast(owner);

    private static void CompleteAfterTheLast(ActivityExecution activity)
    {
        if (activity.Scheduled is { } finished && finished.Count >= activity.Counter)
        {
            activity.Complete("Completed", "Done");
        }
    }

    private static Value Dispatch(ActivityExecution activity, Value item, bool waits)
    {
        var definitionId = ChildWorkflow.Require(activity, activity.Input("WorkflowDefinitionId"));
        var input = (ChildWorkflow.InputOf(activity, activity.Input("Input")).Members ?? new ValueObject()).Copy();
        if (item.Members is { } members)
        {
            foreach (var (name, value) in members.Members)
            {
                input.Set(name, value);
            }
        }
        else
        {
            input.Set(activity.Input("DefaultItemInputKey").Text ?? "Item", item);
        }

        Value child = activity.Execution.NewId().ToString();
        activity.Emit("dispatch-workflow", Value.Object(
            ("definitionId", definitionId),
            ("instanceId", child),
            ("correlationId", Execution.Evaluate(activity, activity.Node.Inputs[3])),
            ("input", Value.From(input)),
            ("waitForCompletion", waits)));
        return child;
    }

    private static Value Required(ActivityExecution activity, string name) => activity.Execution.Input.TryGet(name, out var value)
        ? value
        : throw new ActivityFaultException($"The given key '{name}' was not present in the dictionary.");
}
