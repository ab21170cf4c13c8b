using System.Text.Json;
using SaaS.Workflows.Activities.Elsa;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;

namespace SaaS.Workflows.Checking;

/// <summary>Each activity by itself: its id, its type, its inputs and outputs.</summary>
internal static class StructureChecker
{
    public static void Check(CompiledWorkflow workflow, ProblemList problems)
    {
        var byId = new Dictionary<string, ActivityDefinition>(StringComparer.Ordinal);
        foreach (var activity in workflow.Activities)
        {
            if (activity.Definition is not { } written)
            {
                continue;
            }

            CheckId(written, byId, problems);
            if (activity.Type is NotFoundActivity)
            {
                problems.Error("unknown-activity-type", written.Pointer + "/type", written.Id, $"'{written.Type}'이라는 활동은 없습니다.", $"There is no activity of type '{written.Type}'.");
                continue;
            }

            CheckVersion(activity, written, problems);
            if (activity.IsContainer)
            {
                CheckTypes(VariableDefinition.ReadAll(written.Property("variables"), written.Pointer + "/variables"), written.Id, problems);
            }

            CheckLists(activity, written, problems);
            CheckInputs(activity, written, problems);
            CheckOutputs(activity, written, workflow, problems);
            CheckLoop(activity, written, problems);
            CheckFork(activity, written, problems);
            CheckJoin(activity, written, problems);
        }

        CheckTypes(workflow.Definition.Variables, null, problems);
        CheckNames(workflow.Definition.Variables.Select(variable => (variable.Name, variable.Pointer)), "duplicate-variable", "변수", "variable", problems);
        CheckNames(workflow.Definition.Inputs.Select(input => (input.Name, input.Pointer)), "duplicate-input", "입력", "input", problems);
        if (workflow.ContinuesWithIncidents)
        {
            problems.Warning("continues-with-incidents", workflow.Definition.Root, "오류가 나도 계속하는 방식이면, 오류가 난 순서도는 끝나지 않고 멈춰 있게 됩니다.", "With ContinueWithIncidents a flowchart in which a step fails never completes: the instance stays suspended for ever.");
        }
    }

    private static void CheckId(ActivityDefinition written, Dictionary<string, ActivityDefinition> byId, ProblemList problems)
    {
        if (written.Id.Length == 0)
        {
            problems.Error("missing-id", written.Pointer, null, "활동에 id가 없습니다.", "The activity has no id.");
        }
        else if (!byId.TryAdd(written.Id, written))
        {
            problems.Error("duplicate-id", written.Pointer + "/id", written.Id, $"id '{written.Id}'를 두 번 썼습니다(다른 곳: {byId[written.Id].Pointer}).", $"The id '{written.Id}' is used twice; the other is at {byId[written.Id].Pointer}.");
        }
    }

    private static void CheckVersion(CompiledActivity activity, ActivityDefinition written, ProblemList problems)
    {
        if (activity.IsOfOtherVersion)
        {
            problems.Error("unknown-activity-version", written.Pointer + "/version", written.Id, $"'{written.Type}'에는 {written.Version}판이 없습니다. {activity.Type.Descriptor.Version}판으로 쓰세요.", $"There is no version {written.Version} of '{written.Type}'; write version {activity.Type.Descriptor.Version}.");
        }
    }

    /// <summary>Left out, a list is empty; null in its place faults in all but a flowchart.</summary>
    private static void CheckLists(CompiledActivity activity, ActivityDefinition written, ProblemList problems)
    {
        foreach (var list in (string[])["activities", "branches", "cases"])
        {
            if (activity.Type is not FlowchartActivity && written.Property(list) is { ValueKind: JsonValueKind.Null })
            {
                problems.Error("null-list", $"{written.Pointer}/{list}", written.Id, $"'{list}'이(가) null입니다. 비우려면 []로 쓰세요.", $"'{list}' is null; write [] for an empty list.");
            }
        }
    }

    /// <summary>Elsa drops a variable of a type that it does not know; below the workflow it forgets the type.</summary>
    private static void CheckTypes(IReadOnlyList<VariableDefinition> variables, string? activityId, ProblemList problems)
    {
        foreach (var variable in variables.Where(variable => !ValueConversion.IsKnown(variable.TypeName)))
        {
            var (ko, en) = activityId is null ? ("이 변수를 없는 것으로 봅니다", "the variable is taken for not being there") : ("Object로 봅니다", "it is taken for Object");
            problems.Error("unknown-type", variable.Pointer + "/typeName", activityId, $"변수 '{variable.Name}'의 종류 '{variable.TypeName}'을(를) 알 수 없어 {ko}. String, Boolean, Int64, Decimal, DateTimeOffset, Object 가운데 고르세요.", $"The type '{variable.TypeName}' of the variable '{variable.Name}' is not known, so {en}; use String, Boolean, Int64, Decimal, DateTimeOffset or Object.");
        }
    }

    private static void CheckInputs(CompiledActivity activity, ActivityDefinition written, ProblemList problems)
    {
        foreach (var descriptor in activity.Type.Descriptor.Inputs)
        {
            var pointer = $"{written.Pointer}/{descriptor.JsonName}";
            if (written.Property(descriptor.JsonName) is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.Undefined) } given)
            {
                if (descriptor.IsRequired)
                {
                    problems.Error("missing-input", pointer, written.Id, $"'{written.Id}'의 '{descriptor.JsonName}'을(를) 채워야 합니다.", $"'{written.Id}' needs the input '{descriptor.JsonName}'.");
                }

                continue;
            }

            if (!descriptor.IsWrapped || given.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            if (!given.TryGetProperty("typeName", out _))
            {
                problems.Error("ignored-input", pointer, written.Id, "typeName이 없는 입력은 Elsa가 무시합니다.", "An input without typeName is ignored by Elsa; write its type.");
            }
            else if (given.TryGetProperty("expression", out var expression) && ActivityDefinition.Text(expression, "type") is null or "Literal")
            {
                CheckLiteral(ValueConversion.TypeOf(descriptor.TypeName, isArray: false), given.TryGetProperty("expression", out var literal) && literal.ValueKind == JsonValueKind.Object && literal.TryGetProperty("value", out var value) ? value : default, pointer, written.Id, problems);
            }
        }
    }

    private static void CheckLiteral(TypeKind type, JsonElement value, string pointer, string activityId, ProblemList problems)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!,
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };
        if (text is null || text.Length == 0)
        {
            return;
        }

        var fits = type switch
        {
            TypeKind.Boolean => bool.TryParse(text, out _),
            TypeKind.Int16 or TypeKind.Int32 or TypeKind.Int64 => long.TryParse(text, System.Globalization.NumberStyles.Integer, System.Globalization.CultureInfo.InvariantCulture, out _),
            TypeKind.Single or TypeKind.Double or TypeKind.Decimal => double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _),
            TypeKind.TimeSpan => TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _),
            TypeKind.Guid => Guid.TryParse(text, out _),
            _ => true,
        };
        if (!fits)
        {
            problems.Error("wrong-type", pointer + "/expression/value", activityId, $"'{text}'은(는) 이 입력의 종류({type})에 맞지 않습니다.", $"'{text}' does not fit the type of this input ({type}).");
        }
    }

    private static void CheckOutputs(CompiledActivity activity, ActivityDefinition written, CompiledWorkflow workflow, ProblemList problems)
    {
        foreach (var output in activity.Outputs)
        {
            if (output.Target is { } target && !IsInScope(activity, target) && !workflow.IsOutput(target))
            {
                problems.Error("unknown-variable", $"{written.Pointer}/{char.ToLowerInvariant(output.Name[0])}{output.Name[1..]}/memoryReference/id", written.Id, $"변수 '{target}'이(가) 없습니다.", $"There is no variable with the id '{target}'.");
            }
        }

        if (activity.Type is SetVariableActivity && activity.Prepared is string variable && !IsInScope(activity, variable))
        {
            problems.Error("unknown-variable", written.Pointer + "/variable/id", written.Id, $"변수 '{variable}'이(가) 없습니다.", $"There is no variable with the id '{variable}'.");
        }
    }

    internal static bool IsInScope(CompiledActivity activity, string variableId)
    {
        for (var scope = activity; scope is not null; scope = scope.Parent)
        {
            if (Array.Exists(scope.Variables, variable => variable.Id == variableId)
                || (scope.Parent is { TypeName: "Elsa.For" or "Elsa.ForEach" or "Elsa.ParallelForEach" } && variableId is "currentValueVariable" or "currentIndexVariable"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A loop whose condition is written as true ends only by a Break, and turns for ever unless something in it waits.</summary>
    private static void CheckLoop(CompiledActivity activity, ActivityDefinition written, ProblemList problems)
    {
        if (activity.TypeName is "Elsa.While" or "Elsa.For" or "Elsa.ForEach" or "Elsa.ParallelForEach" && activity.Children.Length == 0)
        {
            problems.Error("missing-body", written, $"반복 '{written.Id}'에 할 일이 없습니다.", $"The loop '{written.Id}' has no body: it would turn or wait for ever.");
        }
        else if (activity.TypeName == "Elsa.While" && activity.Inputs[0].Expression is Expressions.ConstantExpression constant && Expressions.JavaScriptValue.IsTruthy(ValueConversion.To(constant.Evaluate(null!), TypeKind.Boolean)) && !Contains(activity, each => each.TypeName is "Elsa.Break" or "Elsa.Finish" or "Elsa.Complete" or "Elsa.Fault"))
        {
            problems.Error("endless-cycle", written, $"반복 '{written.Id}'은(는) 끝나지 않습니다. 조건이 늘 참이고 Break가 없습니다.", $"The loop '{written.Id}' never ends: its condition is always true and nothing in it breaks.");
        }
    }

    /// <summary>
    /// A fork that is over before all its branches have begun leaves them queued; the last of them ends without telling the flowchart
    /// around it, which then waits for ever. Elsa does the same.
    /// </summary>
    private static void CheckFork(CompiledActivity activity, ActivityDefinition written, ProblemList problems)
    {
        if (activity.Type is ForkActivity && activity.Children.Length > 1 && IsBelowFlowchart(activity)
            && (ForkActivity.WaitsForOne(activity) || Contains(activity, each => each.TypeName == "Elsa.Break")))
        {
            problems.Warning("fork-may-strand", written, $"갈래 나누기 '{written.Id}'이(가) 남은 갈래보다 먼저 끝나면, 이를 둘러싼 순서도가 끝나지 않고 멈출 수 있습니다. FlowFork와 FlowJoin을 쓰세요.", $"When the fork '{written.Id}' is over before its other branches have begun, the flowchart around it may stand still for ever; use FlowFork and FlowJoin.");
        }
    }

    private static void CheckJoin(CompiledActivity activity, ActivityDefinition written, ProblemList problems)
    {
        if (activity.Type is FlowJoinActivity && activity.Parent?.Type is not FlowchartActivity)
        {
            problems.Error("join-outside-flowchart", written, $"합치기 '{written.Id}'은(는) 순서도 안에서만 쓸 수 있습니다.", $"The join '{written.Id}' works only directly within a flowchart; anywhere else it faults.");
        }
    }

    private static bool IsBelowFlowchart(CompiledActivity activity)
    {
        for (var scope = activity.Parent; scope is not null; scope = scope.Parent)
        {
            if (scope.Type is FlowchartActivity)
            {
                return true;
            }
        }

        return false;
    }

    internal static bool Contains(CompiledActivity activity, Func<CompiledActivity, bool> predicate) =>
        Array.Exists(activity.Children, child => predicate(child) || Contains(child, predicate));

    private static void CheckNames(IEnumerable<(string Name, string Pointer)> names, string code, string ko, string en, ProblemList problems)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, pointer) in names)
        {
            if (!seen.Add(name))
            {
                problems.Error(code, pointer, null, $"{ko} 이름 '{name}'을(를) 두 번 썼습니다.", $"The {en} name '{name}' is used twice.");
            }
        }
    }
}
