using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Expressions;

/// <summary>A variable by <c>getVariable</c>, or as a member of <c>variables</c>.</summary>
internal sealed class VariableByNameNode(string name, bool isMember) : CompiledExpression
{
    /// <summary>Nothing found is null by getVariable, and undefined as a member of <c>variables</c>, where an object is a copy that the script owns.</summary>
    public override Value Evaluate(ActivityExecution scope)
    {
        if (!scope.TryReadVariable(name, out var value))
        {
            return isMember ? Value.Undefined : Value.Null;
        }

        value = JavaScriptValue.FromMemory(value);
        if (value.Kind == ValueKind.Array && value.Origin == ValueOrigin.Outside)
        {
            // A list from outside has become one of the script's by the time it stands in a variable.
            return value.WithOrigin(ValueOrigin.Script);
        }

        return isMember && value.Origin == ValueOrigin.Outside && value.Members is not null ? value.WithOrigin(ValueOrigin.Script) : value;
    }
}

/// <summary>An input by the expression that reads it, as a script sees it.</summary>
internal sealed class InputNode(CompiledExpression input) : CompiledExpression
{
    public override Value Evaluate(ActivityExecution scope) => JavaScriptValue.FromMemory(input.Evaluate(scope));
}

internal sealed class SetVariableNode(CompiledExpression name, CompiledExpression value) : CompiledExpression
{
    public override Value Evaluate(ActivityExecution scope)
    {
        var variable = JavaScriptValue.ToText(name.Evaluate(scope));
        scope.Execution.NoteSet(scope.WriteVariable(variable, LeavingNode.Leave(value.Evaluate(scope))));
        return Value.Null;
    }
}

/// <summary>An expression that sets variables: while it runs they hold what it gave them, afterwards that as their type.</summary>
internal sealed class SettlingNode(CompiledExpression expression) : CompiledExpression
{
    public override Value Evaluate(ActivityExecution scope)
    {
        var value = expression.Evaluate(scope);
        scope.Execution.SettleVariables(scope);
        return value;
    }
}

/// <param name="activity">The id or name of an activity beside this one.</param>
/// <param name="output">Which of its outputs; its result when not given.</param>
/// <param name="accessor">The function that is named after both, if it is read by one.</param>
internal sealed class OutputFromNode(CompiledExpression activity, CompiledExpression? output, string? accessor = null) : CompiledExpression
{
    public override Value Evaluate(ActivityExecution scope)
    {
        var name = JavaScriptValue.ToText(activity.Evaluate(scope));
        var which = output?.Evaluate(scope).Text;
        return (accessor is null ? scope.HasBeside(name) : scope.HasBeside(name, which!))
            ? JavaScriptValue.FromMemory(scope.Execution.ReadOutput(scope, name, which))
            : throw new ExpressionException(accessor is null ? "Activity not found." : $"{accessor} is not defined");
    }
}

/// <summary>A function of the closed list, with its arguments.</summary>
internal sealed class FunctionNode(Func<ActivityExecution, Value[], Value> function, CompiledExpression[] arguments) : CompiledExpression
{
    public override Value Evaluate(ActivityExecution scope)
    {
        var values = arguments.Length == 0 ? [] : new Value[arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = arguments[i].Evaluate(scope);
            scope.Execution.Handle(values[i]);
        }

        var result = function(scope, values);
        scope.Execution.Handle(result);
        return result;
    }
}
