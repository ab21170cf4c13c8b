using System.Text.Json.Nodes;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Programmes;

namespace SaaS.Workflows.Designing.Mending;

/// <summary>Steps, ways, variables: what holds for any workflow.</summary>
internal static class FlowMends
{
    private const string Driver = "Elsa.Workflows.WorkflowInstanceStorageDriver, Elsa.Workflows.Core";

    public static IEnumerable<Mend> For(Problem problem, Design design)
    {
        var step = problem.ActivityId;
        switch (problem.Code)
        {
            case "input-not-kept" or "variable-not-kept":
                yield return new(new("저장 드라이버 지정", "Give it a storage driver"), design.SetAt(problem.Pointer, Driver));
                break;
            case "missing-id":
                yield return new(new("이름표(id) 주기", "Give it an id"), NewId(design, problem.Pointer + "/id"));
                yield return new(new("이 단계 지우기", "Remove this step"), design.SetAt(problem.Pointer, null));
                break;
            case "duplicate-id":
                yield return new(new("다른 이름표(id) 주기", "Give it another id"), NewId(design, problem.Pointer));
                yield return new(new("두 번째 단계 지우기", "Remove the second of the two"), design.SetAt(problem.Pointer[..^3], null));
                break;
            case "unknown-activity-type" or "unreachable-step" or "missing-body":
                yield return new(
                    problem.Code == "unreachable-step" ? new("도달할 수 없는 단계 지우기", "Remove the step that cannot be reached") : new("이 단계 지우기", "Remove this step"),
                    problem.Code == "unreachable-step" ? Forget(design, step!) : design.RemoveStep(step!));
                break;
            case "connection-to-nowhere":
                yield return new(new("끊긴 길 지우기", "Remove the broken way"), design.SetAt(problem.Pointer[..problem.Pointer.LastIndexOf('/')], null));
                break;
            case "unknown-outcome":
                foreach (var mend in Outcome(problem, design))
                {
                    yield return mend;
                }

                break;
            case "path-without-end":
                foreach (var mend in End(design, step!, problem.About))
                {
                    yield return mend;
                }

                break;
            case "invalid-loop":
                yield return new(new("되돌아가는 길 지우기", "Remove the way back"), design.SetAt(problem.Pointer, null));
                if ((string?)design.At(problem.Pointer + "/source/port") is { } port)
                {
                    yield return ToEnd(design, step!, port);
                }

                break;
            case "join-cannot-complete":
                yield return new(new("먼저 온 갈래에서 이어 가기", "Go on with the first branch that comes"), design.SetAt(problem.Pointer + "/mode/expression/value", "WaitAny"));
                break;
            case "duplicate-variable" or "duplicate-input":
                yield return new(new("두 번째 것 지우기", "Remove the second of the two"), design.SetAt(problem.Pointer, null));
                break;
            case "continues-with-incidents":
                yield return new(new("오류가 나면 멈추게 하기", "Stop where something fails"), design.SetAt("/options/incidentStrategyType", null));
                break;
            case "unknown-variable" when problem.Pointer.EndsWith("/memoryReference/id", StringComparison.Ordinal) && (string?)design.At(problem.Pointer) is { Length: > 0 } variable:
                yield return new(new($"변수 ‘{variable}’ 만들기", $"Make the variable '{variable}'"), Declare(design, variable, (string?)design.At(problem.Pointer[..^"/memoryReference/id".Length] + "/typeName") ?? "Object"));
                break;
            case "unknown-input" when (string?)design.At(problem.Pointer) is { Length: > 0 } input:
                yield return new(new($"입력 ‘{input}’ 만들기", $"Make the input '{input}'"), design.Edit(chart => List(chart, "inputs").Add(new JsonObject
                {
                    ["type"] = "Object",
                    ["name"] = input,
                    ["displayName"] = input,
                    ["category"] = "Primitives",
                    ["uiHint"] = "json-editor",
                    ["storageDriverType"] = Driver,
                    ["isArray"] = false,
                })));
                break;
        }
    }

    private static IEnumerable<Mend> Outcome(Problem problem, Design design)
    {
        var way = problem.Pointer[..^"/source/port".Length];
        foreach (var (step, outcome) in design.LooseEnds().Where(end => end.Step == problem.ActivityId))
        {
            yield return new(new($"이 길을 결과 ‘{OutcomeNames.Of(outcome).Ko}’(으)로", $"Let this way begin at the outcome '{OutcomeNames.Of(outcome).En}'"), design.SetAt(problem.Pointer, outcome));
        }

        yield return new(new("이 길 지우기", "Remove this way"), design.SetAt(way, null));
    }

    private static IEnumerable<Mend> End(Design design, string step, string? outcome)
    {
        foreach (var (_, loose) in design.LooseEnds().Where(end => end.Step == step && (outcome is null || end.Outcome == outcome)))
        {
            yield return ToEnd(design, step, loose);
        }
    }

    private static Mend ToEnd(Design design, string step, string outcome)
    {
        var result = NewStep.ResultOf(outcome);
        var name = NewStep.EndName(result);
        return new(new($"결과 ‘{OutcomeNames.Of(outcome).Ko}’을(를) ‘{name.Ko}’(으)로 끝내기", $"End the outcome '{OutcomeNames.Of(outcome).En}' with '{name.En}'"), design.LeadToEnd(step, outcome, result, out _));
    }

    private static Design NewId(Design design, string pointer) => design.SetAt(pointer, design.NewId((string?)design.At(pointer[..^3] + "/type") ?? "step"));

    // What only it led to goes with it.
    private static Design Forget(Design design, string step) => design.Edit(chart =>
    {
        var reached = chart.Reached();
        chart.Remove([step]);
        var lost = chart.Steps.Select(each => (string?)each["id"] ?? "").Where(id => !reached.Contains(id) && !chart.Ways.Any(way => way.Way.Target == id)).ToList();
        chart.Remove(lost);
    });

    private static Design Declare(Design design, string variable, string type) => design.Edit(chart => List(chart, "variables").Add(new JsonObject
    {
        ["id"] = variable,
        ["name"] = variable,
        ["typeName"] = type,
        ["isArray"] = false,
        ["value"] = null,
        ["storageDriverTypeName"] = Driver,
    }));

    private static JsonArray List(Design.Chart chart, string member)
    {
        if (chart.Json[member] is not JsonArray list)
        {
            chart.Json[member] = list = [];
        }

        return list;
    }
}
