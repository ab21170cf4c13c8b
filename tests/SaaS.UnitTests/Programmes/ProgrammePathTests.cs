using System.Text.Json.Nodes;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Programmes;
using Xunit;

namespace SaaS.UnitTests.Programmes;

/// <summary>Programmes that tenants have changed: the checker follows the flow, not a fixed shape.</summary>
public sealed class ProgrammePathTests
{
    private const string Basic = "workflows/local-basic.json";

    [Fact]
    public void A_human_task_may_stand_between_any_two_steps()
    {
        var definition = Changed(root => Insert(root, "application", "Accepted", "evaluation", Task("opinion", "YES", "NO"), ["YES", "NO"]));

        Assert.Empty(DefinitionChecker.Check(definition));
        Assert.Equal(
            ["Grant.ApplicationStage", "Grant.HumanTask", "Grant.EvaluationStage"],
            ProgrammeOutline.Read(definition).Tiers[0].Stages.Take(3).Select(stage => stage.Type));
    }

    [Fact]
    public void A_task_with_a_last_day_needs_a_way_on_when_nobody_answers()
    {
        JsonObject Due()
        {
            var task = Task("opinion", "YES", "NO");
            task["withinDays"] = 14;
            return task;
        }

        var without = Check(root => Insert(root, "application", "Accepted", "evaluation", Due(), ["YES", "NO"]));
        var with = Check(root => Insert(root, "application", "Accepted", "evaluation", Due(), ["YES", "NO", "TimedOut"]));

        var problem = Assert.Single(without);
        Assert.Equal(("path-without-end", "opinion"), (problem.Code, problem.ActivityId));
        Assert.Contains("'out of time'", problem.En, StringComparison.Ordinal);
        Assert.Empty(with);
    }

    [Fact]
    public void No_answer_of_a_task_may_be_called_as_the_end_of_its_time()
        => Assert.Contains("'TimedOut'", Assert.Single(Check(root => Insert(root, "application", "Accepted", "evaluation", Task("opinion", "YES", "TimedOut"), ["YES", "TimedOut"]))).En, StringComparison.Ordinal);

    [Theory]
    [InlineData("0")]
    [InlineData("366")]
    [InlineData("\"soon\"")]
    public void A_last_day_of_a_task_lies_within_a_year(string withinDays)
    {
        var problems = Check(root =>
        {
            var task = Task("opinion", "YES", "NO");
            task["withinDays"] = JsonNode.Parse(withinDays);
            Insert(root, "application", "Accepted", "evaluation", task, ["YES", "NO", "TimedOut"]);
        });

        Assert.Contains("from 1 to 365", Assert.Single(problems).En, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_may_lead_back_to_an_earlier_step()
        => Assert.DoesNotContain(
            Check(root =>
            {
                Insert(root, "application", "Accepted", "evaluation", Task("opinion", "GOOD", "AGAIN"), ["GOOD"]);
                Connect(root, "opinion", "AGAIN", "application");
            }),
            problem => problem.Code.StartsWith("stage-", StringComparison.Ordinal));

    [Fact]
    public void An_answer_that_skips_the_evaluation_is_refused_though_another_passes_it()
        => Assert.Contains("stage-missing", Check(root =>
        {
            Insert(root, "application", "Accepted", "evaluation", Task("opinion", "NORMAL", "FAST"), ["NORMAL"]);
            Connect(root, "opinion", "FAST", "commitProvince");
        }).Select(problem => problem.Code));

    [Fact]
    public void Paying_beside_the_agreement_is_refused_when_nothing_waits_for_it()
        => Assert.Contains("payment-before-agreement", Check(root =>
        {
            Move(root, "commitMunicipality", "Committed", "fork");
            Add(root, Fork("fork", "sign", "pay"));
            Connect(root, "fork", "sign", "agreement");
            Connect(root, "fork", "pay", "tranche1");
            Move(root, "agreement", "Signed", "join");
            Move(root, "tranche1", "Paid", "join");
            Add(root, Join("join", "WaitAll"));
            Connect(root, "join", "Done", "finalInspection");
        }).Select(problem => problem.Code));

    [Theory]
    [InlineData("WaitAll", false)]
    [InlineData("WaitAny", true)]
    public void Promises_may_be_asked_for_side_by_side_when_the_join_waits_for_all(string mode, bool refused)
        => Assert.Equal(refused, Check(root =>
        {
            Move(root, "evaluation", "Selected", "fork");
            Add(root, Fork("fork", "province", "city"));
            Connect(root, "fork", "province", "commitProvince");
            Connect(root, "fork", "city", "commitMunicipality");
            Move(root, "commitProvince", "Committed", "join");
            Move(root, "commitMunicipality", "Committed", "join");
            Add(root, Join("join", mode));
            Connect(root, "join", "Done", "agreement");
        }).Any(problem => problem.Code == "commitment-missing"));

    [Fact]
    public void A_thousand_questions_in_a_row_are_followed_in_good_time()
        => Assert.DoesNotContain(
            Check(root =>
            {
                Move(root, "application", "Accepted", "q0");
                for (var number = 0; number < 1_000; number++)
                {
                    Add(root, Task($"q{number}", "A", "B"));
                    Connect(root, $"q{number}", "A", number == 999 ? "evaluation" : $"q{number + 1}");
                    Connect(root, $"q{number}", "B", number == 999 ? "evaluation" : $"q{number + 1}");
                }
            }),
            problem => problem.Severity == Severity.Error);

    [Fact]
    public void A_maze_of_branches_is_refused_instead_of_searched_for_ever()
        => Assert.Contains("too-many-paths", Check(root =>
        {
            Move(root, "application", "Accepted", "q0");
            for (var number = 0; number < 30; number++)
            {
                Add(root, Task($"q{number}", "A", "B"));
                Add(root, Task($"left{number}", "OK"));
                Add(root, Task($"right{number}", "OK"));
                Connect(root, $"q{number}", "A", $"left{number}");
                Connect(root, $"q{number}", "B", $"right{number}");
                var next = number == 29 ? "evaluation" : $"q{number + 1}";
                Connect(root, $"left{number}", "OK", next);
                Connect(root, $"right{number}", "OK", next);
            }
        }).Select(problem => problem.Code));

    private static IReadOnlyList<Problem> Check(Action<JsonObject> change) => DefinitionChecker.Check(Changed(change));

    private static WorkflowDefinition Changed(Action<JsonObject> change)
    {
        var definition = JsonNode.Parse(ShippedProgrammes.Text(Basic))!.AsObject();
        change(definition["root"]!.AsObject());
        return WorkflowDefinition.Parse(definition.ToJsonString()).Required;
    }

    private static IEnumerable<JsonObject> Links(JsonObject root) => root["connections"]!.AsArray().Select(link => link!.AsObject());

    private static void Add(JsonObject root, JsonObject activity) => root["activities"]!.AsArray().Add((JsonNode)activity);

    private static void Connect(JsonObject root, string source, string port, string target) => root["connections"]!.AsArray().Add(
        JsonNode.Parse($$"""{ "source": { "activity": "{{source}}", "port": "{{port}}" }, "target": { "activity": "{{target}}", "port": "In" }, "vertices": [] }"""));

    private static void Move(JsonObject root, string source, string port, string target)
        => Links(root).Single(link => (string?)link["source"]!["activity"] == source && (string?)link["source"]!["port"] == port)["target"]!["activity"] = target;

    private static void Insert(JsonObject root, string source, string port, string next, JsonObject activity, string[] answers)
    {
        Add(root, activity);
        Move(root, source, port, (string)activity["id"]!);
        foreach (var answer in answers)
        {
            Connect(root, (string)activity["id"]!, answer, next);
        }
    }

    private static JsonObject Task(string id, params string[] answers) => JsonNode.Parse($$"""
        {
          "id": "{{id}}", "type": "Grant.HumanTask", "version": 1, "titleKo": "의견", "titleEn": "Opinion", "assignee": "Centre",
          "answers": [{{string.Join(",", answers.Select(answer => $$"""{ "code": "{{answer}}", "ko": "{{answer}}", "en": "{{answer}}" }"""))}}]
        }
        """)!.AsObject();

    private static JsonObject Fork(string id, params string[] branches) => JsonNode.Parse($$"""
        { "id": "{{id}}", "type": "Elsa.FlowFork", "version": 1,
          "branches": { "typeName": "String[]", "expression": { "type": "Object", "value": "[{{string.Join(",", branches.Select(branch => $"\\\"{branch}\\\""))}}]" } } }
        """)!.AsObject();

    private static JsonObject Join(string id, string mode) => JsonNode.Parse($$"""
        { "id": "{{id}}", "type": "Elsa.FlowJoin", "version": 1,
          "mode": { "typeName": "Elsa.Workflows.Activities.Flowchart.Models.FlowJoinMode, Elsa.Workflows.Core", "expression": { "type": "Literal", "value": "{{mode}}" } } }
        """)!.AsObject();
}
