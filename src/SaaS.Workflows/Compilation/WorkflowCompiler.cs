using System.Text.Json;
using SaaS.Workflows.Activities;
using SaaS.Workflows.Activities.Elsa;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Expressions;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Compilation;

/// <summary>Turns a definition into a compiled workflow.</summary>
internal sealed class WorkflowCompiler(WorkflowDefinition definition, ActivityCatalogue catalogue, WorkflowResolver? resolver)
{
    private const int NestingLimit = 8;
    private readonly Stack<string> _used = new();
    private readonly List<CompiledActivity> _activities = [];
    private readonly List<Problem> _problems = [];

    public CompiledWorkflow Compile()
    {
        AddWorkflow(definition, null);
        foreach (var activity in _activities)
        {
            activity.NodeId = activity.Parent is { } parent ? $"{parent.NodeId}:{activity.Id}" : activity.Id;
        }

        return new CompiledWorkflow(definition, [.. _activities], resolver, _problems);
    }

    private CompiledActivity AddWorkflow(WorkflowDefinition workflow, CompiledActivity? parent)
    {
        var activity = new CompiledActivity
        {
            Index = _activities.Count,
            Id = "",
            TypeName = "Elsa.Workflow",
            Type = WorkflowActivity.Instance,
            Definition = null,
            Parent = parent,
            IsContainer = true,
            IsComposite = true,
            Variables = [.. workflow.Variables.Where(variable => ValueConversion.IsKnown(variable.TypeName)).Select(variable => ToVariable(variable, isLocal: false))],
        };
        _activities.Add(activity);
        activity.Children = [Add(workflow.Root, activity)];
        NameNameless(activity.Index);
        return activity;
    }

    /// <summary>
    /// Gives ids as Elsa does: the type and a number, when all else in the workflow has its id. A workflow has none of its own, so one
    /// that is used as an activity is Workflow1 and what uses it Workflow2.
    /// </summary>
    private void NameNameless(int workflow)
    {
        var taken = _activities.Skip(workflow).Select(activity => activity.Id).ToHashSet(StringComparer.Ordinal);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var activity in _activities.Skip(workflow).Where(activity => string.IsNullOrWhiteSpace(activity.Id)))
        {
            var type = activity.TypeName[(activity.TypeName.LastIndexOf('.') + 1)..];
            do
            {
                numbers[type] = numbers.GetValueOrDefault(type) + 1;
                activity.Id = type + numbers[type].ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
            while (!taken.Add(activity.Id));
        }
    }

    private ActivityType? FindType(ActivityDefinition written)
    {
        if (catalogue.Find(written.Type) is { } known)
        {
            return known;
        }

        // A workflow that uses itself would have no end.
        return WorkflowAsActivity.Find(written, resolver) is { } used && !_used.Contains(used.DefinitionId) && _used.Count < NestingLimit
            ? new WorkflowAsActivity(used, written.Type)
            : null;
    }

    private CompiledActivity Add(ActivityDefinition written, CompiledActivity parent)
    {
        var type = FindType(written);
        var activity = new CompiledActivity
        {
            Index = _activities.Count,
            Id = written.Id,
            TypeName = type is null ? NotFoundActivity.Name : written.Type,
            Type = type ?? NotFoundActivity.Instance,
            Definition = written,
            Parent = parent,
            IsContainer = type?.Descriptor.IsContainer ?? false,
            IsOfOtherVersion = type is not (null or WorkflowAsActivity) && written.Version is { } version && version != type.Descriptor.Version,
        };
        _activities.Add(activity);
        if (activity.IsContainer)
        {
            activity.Variables = [.. VariableDefinition.ReadAll(written.Property("variables"), written.Pointer + "/variables").Select(ToLocalVariable)];
        }

        activity.Inputs = [.. activity.Type.Descriptor.Inputs.Where(input => input.IsWrapped).Select(input => ToInput(activity, written, input))];
        activity.Outputs = [.. activity.Type.Descriptor.Outputs.Select(output => ToOutput(written, output))];
        if (type is WorkflowAsActivity composite)
        {
            activity.Variables = composite.Variables();
            _used.Push(composite.Used.DefinitionId);
            activity.Children = [AddWorkflow(composite.Used, activity)];
            _used.Pop();
            return activity;
        }

        activity.Children = [.. activity.Type.Children(written).Select(child => Add(child, activity))];
        Prepare(activity, written);
        if (activity.Type is FlowchartActivity)
        {
            BuildGraph(activity, written.Flowchart);
        }

        return activity;
    }

    private void Prepare(CompiledActivity activity, ActivityDefinition written)
    {
        try
        {
            activity.Prepared = activity.Type.Prepare(new ActivityPreparation(written, activity, this));
        }
        catch (PreparationException exception)
        {
            activity.PreparationFault = exception.Message;
            _problems.Add(new Problem("unusable-input", $"{written.Pointer}/{exception.Input}", written.Id, Severity.Error, exception.Ko, exception.Message));
        }
    }

    private static void BuildGraph(CompiledActivity flowchart, FlowchartDefinition written)
    {
        var activities = flowchart.Children;
        var byId = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < activities.Length; i++)
        {
            activities[i].FlowIndex = i;
            byId.TryAdd(activities[i].Id, i);
        }

        var connections = new List<FlowConnection>();
        var seen = new HashSet<FlowConnection>();
        foreach (var connection in written.Connections)
        {
            // Elsa parks the connections of an unknown activity until its type comes back.
            if (byId.TryGetValue(connection.Source, out var source) && byId.TryGetValue(connection.Target, out var target) && activities[source].Type is not NotFoundActivity)
            {
                var flow = new FlowConnection(source, connection.SourcePort, target, connection.TargetPort);
                if (seen.Add(flow))
                {
                    connections.Add(flow);
                }
            }
        }

        flowchart.Graph = FlowGraph.Build(activities, [.. connections], StartOf(activities, connections));
    }

    private static int StartOf(CompiledActivity[] activities, List<FlowConnection> connections)
    {
        var start = Array.FindIndex(activities, activity => activity.TypeName == "Elsa.Start");
        if (start < 0)
        {
            start = Array.FindIndex(activities, activity => activity.Definition!.CanStartWorkflow);
        }

        if (start < 0)
        {
            var hasInbound = new bool[activities.Length];
            foreach (var connection in connections)
            {
                hasInbound[connection.Target] = true;
            }

            start = Array.IndexOf(hasInbound, false);
        }

        return start < 0 && activities.Length > 0 ? 0 : start;
    }

    private static VariableInfo ToVariable(VariableDefinition variable, bool isLocal) =>
        new(variable.Id, variable.Name, ValueConversion.TypeOf(variable.TypeName, variable.IsArray), CompiledWorkflow.InitialValue(variable, isLocal), variable.IsPersisted);

    /// <summary>Below the workflow itself, Elsa reads no isArray, and takes a type that it does not know for Object.</summary>
    private static VariableInfo ToLocalVariable(VariableDefinition variable) =>
        ToVariable(variable with { IsArray = false, TypeName = ValueConversion.IsKnown(variable.TypeName) ? variable.TypeName : "Object" }, isLocal: true);

    private static CompiledOutput ToOutput(ActivityDefinition written, OutputDescriptor output)
    {
        var target = written.Property(output.JsonName) is { ValueKind: JsonValueKind.Object } given
            && given.TryGetProperty("memoryReference", out var reference) && reference.ValueKind == JsonValueKind.Object
            ? ActivityDefinition.Text(reference, "id")
            : null;
        return new CompiledOutput(output.Name, target, ValueConversion.TypeOf(output.TypeName, isArray: false));
    }

    private CompiledInput ToInput(CompiledActivity activity, ActivityDefinition written, InputDescriptor input)
    {
        var type = ValueConversion.TypeOf(input.TypeName, isArray: false);
        if ((type & TypeKind.List) != 0 && activity.Type is not WorkflowAsActivity)
        {
            type |= TypeKind.Collection;
        }

        if (written.Property(input.JsonName) is not { } given)
        {
            return new CompiledInput(input, null, type);
        }

        var unreadable = new CompiledInput(input, input.IsDefaultForUnreadable ? null : new ConstantExpression(Value.Null), type);
        if (given.ValueKind == JsonValueKind.Null)
        {
            return unreadable;
        }

        if (given.ValueKind != JsonValueKind.Object)
        {
            return new CompiledInput(input, new ConstantExpression(Bare(given, type)), type);
        }

        if (!given.TryGetProperty("typeName", out _) || !given.TryGetProperty("expression", out var expression))
        {
            return unreadable;
        }

        if (!IsExpression(expression))
        {
            var pointer = $"{written.Pointer}/{input.JsonName}/expression/type";
            _problems.Add(new Problem("unknown-expression-type", pointer, activity.Id, Severity.Error, "식의 종류를 알 수 없어 이 입력을 무시합니다. Literal, Object, Variable, Input, JavaScript만 됩니다.", "The type of this expression is not known, so the input is ignored; use Literal, Object, Variable, Input or JavaScript."));
            return unreadable;
        }

        return new CompiledInput(input, ToExpression(expression, type, $"{written.Pointer}/{input.JsonName}/expression", activity), type);
    }

    /// <summary>A value where an input is expected is the text of it, read as the type of the input; what cannot be read is nothing.</summary>
    private static Value Bare(JsonElement given, TypeKind type)
    {
        try
        {
            return ValueConversion.To(given.ToString(), type);
        }
        catch (ExpressionException)
        {
            return Value.Null;
        }
    }

    /// <summary>Whether such expressions can be evaluated at all: Elsa ignores an input that is written in any other language.</summary>
    private static bool IsExpression(JsonElement expression) =>
        expression.ValueKind == JsonValueKind.Object && expression.TryGetProperty("type", out var type)
        && (type.ValueKind == JsonValueKind.Null || type.ToString() is "Literal" or "Object" or "Json" or "Variable" or "Input" or "JavaScript");

    /// <summary>Compiles an expression; a refused one becomes a problem and faults when reached.</summary>
    internal CompiledExpression ToExpression(JsonElement expression, TypeKind type, string pointer, CompiledActivity activity)
    {
        var value = expression.ValueKind == JsonValueKind.Object && expression.TryGetProperty("value", out var given) ? given : default;
        switch (ExpressionType(expression))
        {
            case "Literal":
                // A list or object written as a literal is its JSON as text, a number a decimal with the zeros that it is written with; no
                // choice among names can be made by a decimal.
                return new ConstantExpression(value.ValueKind switch
                {
                    JsonValueKind.Undefined => Value.Null,
                    JsonValueKind.Number when type is TypeKind.JoinMode or TypeKind.SwitchMode => Value.Null,
                    JsonValueKind.Number when value.TryGetDecimal(out var number) => TypedScalar.From(number),
                    JsonValueKind.Array or JsonValueKind.Object => value.GetRawText(),
                    _ => Value.From(value),
                });
            case "Object" or "Json":
                return JsonTextExpression.Compile(value, type);
            case "Variable":
                var variable = Reference(value, out var referred) ? Member(referred, "id") ?? "" : ShortName(value, activity);
                if (variable is null || !StructureChecker.IsInScope(activity, variable))
                {
                    _problems.Add(new Problem("unknown-variable", pointer + "/value", activity.Id, Severity.Error, $"변수 '{variable}'이(가) 없습니다.", $"There is no variable with the id '{variable}' in scope."));
                }

                return new VariableExpression(variable);
            case "Input":
                var isReference = Reference(value, out var named);
                if (isReference && Member(named, "name") is null)
                {
                    return new RefusedExpression("Value cannot be null. (Parameter 'key')");
                }

                var input = isReference ? Member(named, "name")! : ShortName(value, activity) ?? "";
                if (!IsWithinWorkflowAsActivity(activity) && !definition.Inputs.Any(each => each.Name == input))
                {
                    _problems.Add(new Problem("unknown-input", pointer + (value.ValueKind == JsonValueKind.Object ? "/value/name" : "/value"), activity.Id, Severity.Error, $"입력 '{input}'이(가) 없습니다.", $"The workflow has no input '{input}'."));
                }

                return IsWithinWorkflowAsActivity(activity) ? new CompositeInputExpression(input) : new InputExpression(input);
            case "JavaScript":
                var compiled = JavaScriptCompiler.Compile(value.ToString(), definition, activity);
                if (compiled.Refusal is { } refusal)
                {
                    _problems.Add(new Problem("refused-expression", pointer + "/value", activity.Id, Severity.Error, refusal.Ko, refusal.En));
                }

                _problems.AddRange(compiled.UnknownVariables.Select(words => new Problem("unknown-variable", pointer + "/value", activity.Id, Severity.Error, words.Ko, words.En)));
                return compiled.Expression;
            default:
                var name = ExpressionType(expression);
                _problems.Add(new Problem("unknown-expression-type", pointer + "/type", activity.Id, Severity.Error, $"'{name}' 식은 쓸 수 없습니다. Literal, Object, Variable, Input, JavaScript만 됩니다.", $"Expressions of type '{name}' cannot be used; use Literal, Object, Variable, Input or JavaScript."));
                return new RefusedExpression($"Expressions of type '{name}' are not supported.");
        }
    }

    /// <summary>A variable or input is written as an object, or as text with the JSON of one.</summary>
    private static bool Reference(JsonElement value, out JsonElement reference)
    {
        reference = value;
        if (value.ValueKind == JsonValueKind.String && value.GetString()!.AsSpan().TrimStart() is ['{', ..])
        {
            try
            {
                using var document = JsonDocument.Parse(value.GetString()!);
                reference = document.RootElement.Clone();
            }
            catch (JsonException)
            {
                return false;
            }
        }

        return reference.ValueKind == JsonValueKind.Object;
    }

    /// <summary>A member of a reference; upper and lower case are the same there.</summary>
    private static string? Member(JsonElement reference, string name) =>
        reference.EnumerateObject().LastOrDefault(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A variable or input written by its name alone: activities of ours take it, to Elsa's it is nothing.</summary>
    private static string? ShortName(JsonElement value, CompiledActivity activity) =>
        value.ValueKind == JsonValueKind.String && !activity.TypeName.StartsWith("Elsa.", StringComparison.Ordinal) ? value.GetString() : null;

    /// <summary>Whether the activity belongs to a workflow used as an activity: inputs are then the activity's variables.</summary>
    internal static bool IsWithinWorkflowAsActivity(CompiledActivity activity)
    {
        for (var scope = activity.Parent; scope is not null; scope = scope.Parent)
        {
            if (scope.Type is WorkflowActivity)
            {
                return scope.Parent is not null;
            }
        }

        return false;
    }

    private static string ExpressionType(JsonElement expression) => ActivityDefinition.Text(expression, "type") ?? "Literal";
}
