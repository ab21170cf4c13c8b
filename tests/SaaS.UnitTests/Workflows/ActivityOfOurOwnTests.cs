using NodaTime;
using SaaS.Workflows.Activities;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;
using Xunit;

namespace SaaS.UnitTests.Workflows;

/// <summary>How an activity of our own is declared and run: the whole extension point in one small example.</summary>
public sealed class ActivityOfOurOwnTests
{
    private static readonly Instant Morning = Instant.FromUtc(2025, 3, 4, 0, 0);

    private const string Definition = """
        {
          "id": "v1", "definitionId": "example", "version": 1,
          "inputs": [{ "name": "Application", "type": "Object", "storageDriverType": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" }],
          "variables": [{ "id": "note", "name": "note", "typeName": "Object", "storageDriverTypeName": "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core" }],
          "root": {
            "id": "root", "type": "Elsa.Flowchart", "version": 1,
            "activities": [
              { "id": "ask", "type": "Example.AskOfficial", "version": 1,
                "questions": [{ "code": "Q1", "ko": "확인했습니까?" }],
                "application": { "typeName": "Object", "expression": { "type": "Input", "value": { "name": "Application" } } },
                "answer": { "typeName": "Object", "memoryReference": { "id": "note" } } },
              { "id": "end", "type": "Elsa.End", "version": 1 }
            ],
            "connections": [{ "source": { "activity": "ask", "port": "Yes" }, "target": { "activity": "end", "port": "In" } }]
          }
        }
        """;

    private static readonly CompiledWorkflow Workflow =
        CompiledWorkflow.Compile(WorkflowDefinition.Parse(Definition).Required, catalogue: ActivityCatalogue.Standard.With(new AskOfficial()));

    [Fact]
    public void A_blocking_activity_waits_with_a_bookmark_and_an_effect()
    {
        var burst = Start();

        var bookmark = Assert.Single(burst.Created);
        Assert.Equal("Example.AskOfficial", bookmark.Name);
        Assert.Equal("task", bookmark.Payload["stage"].Text);
        Assert.Equal("notify", Assert.Single(burst.Effects).Kind);
        Assert.Equal(WorkflowSubStatus.Suspended, burst.State.SubStatus);
    }

    [Fact]
    public void An_answer_completes_the_activity_and_reaches_the_variable()
    {
        var waiting = InstanceState.FromJson(Start().State.ToJson());

        var burst = Resume(waiting, "Yes");

        Assert.Equal(WorkflowSubStatus.Finished, burst.State.SubStatus);
        Assert.Equal(waiting.Bookmarks[0].Id, Assert.Single(burst.Burned));
        Assert.Equal("all in order", burst.State.Variable("note")["comment"].Text);
    }

    [Fact]
    public void An_outcome_that_the_activity_does_not_have_is_refused_and_changes_nothing()
    {
        var waiting = Start().State;

        var burst = Resume(waiting, "Maybe");

        Assert.Equal(ResumeRefusal.UnknownOutcome, burst.Refusal);
        Assert.Same(waiting, burst.State);
    }

    [Fact]
    public void Answering_twice_changes_nothing_the_second_time()
    {
        var waiting = Start().State;
        var answered = Resume(waiting, "Yes").State;

        var again = Resume(answered, "Yes");

        Assert.Equal(ResumeRefusal.Finished, again.Refusal);
        Assert.Same(answered, again.State);
    }

    private static Burst Start() => WorkflowRuntime.Start(Workflow, new StartWorkflow
    {
        InstanceId = Guid.Parse("0195600a-0000-7000-8000-000000000001"),
        Input = Value.Parse("""{ "Application": { "firm": { "ko": "대성정밀" } } }"""),
        Now = Morning,
        NewId = () => Guid.Parse("0195600a-0000-7000-8000-000000000002"),
    });

    private static Burst Resume(InstanceState state, string outcome) => WorkflowRuntime.Resume(Workflow, state, new ResumeBookmark
    {
        ActivityId = "ask",
        Input = Value.Object(("outcome", outcome), ("data", Value.Object(("comment", "all in order")))),
        Now = Morning,
        NewId = Guid.NewGuid,
    });

    /// <summary>Asks an official questions and waits for yes or no.</summary>
    private sealed class AskOfficial() : ActivityType(new ActivityDescriptor
    {
        TypeName = "Example.AskOfficial",
        Category = new("보조금", "Grants"),
        DisplayName = new("담당자 확인", "Ask an official"),
        Inputs =
        [
            new("Questions", "Object") { DisplayName = new("질문", "Questions"), UiHint = "json-editor", IsWrapped = false, IsRequired = true },
            new("Application", "Object") { DisplayName = new("신청", "Application") },
        ],
        Outputs = [new("Answer", "Object") { DisplayName = new("답", "Answer") }],
        Outcomes = ["Yes", "No"],
        IsBlocking = true,
    })
    {
        public override object? Prepare(ActivityPreparation preparation)
        {
            var questions = preparation.Raw("questions");
            return questions.Items.Length > 0
                ? new Questions(questions)
                : throw new PreparationException("questions", "질문이 하나 이상 있어야 합니다.", "There must be at least one question.");
        }

        public override void Execute(ActivityExecution activity)
        {
            var firm = activity.Input("Application")["firm"]["ko"];
            activity.Emit("notify", Value.Object(("to", "Tenant"), ("firm", firm)));
            activity.CreateBookmark(Value.Object(("stage", "task"), ("questions", activity.Prepared<Questions>().All)));
        }

        public override void Resume(ActivityExecution activity, Value input)
        {
            activity.SetOutput("Answer", input["data"]);
            activity.Record(input["data"]);
            activity.Complete(input["outcome"].Text!);
        }

        private sealed record Questions(Value All);
    }
}
