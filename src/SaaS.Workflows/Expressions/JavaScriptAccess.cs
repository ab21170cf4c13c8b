using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Expressions;

internal sealed class VariableByNameNode(string name, bool isMember) : CompiledExpression
{
    /// <summary>Nothing found is null by getVariable, and undefined as a member of <c>variables</c>.</summary>
    public override Value Evaluate(ActivityExecution scope) =>
        scope.VariableInScope(name) is { } variable ? JavaScriptValue.FromMemory(scope.ReadMemory(variable.Id)) : isMember ? Value.Undefined : Value.Null;
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
        scope.WriteVariable(variable, value.Evaluate(scope));
        return Value.Undefined;
    }
}

internal sealed class OutputFromNode(CompiledExpression activity, CompiledExpression? output) : CompiledExpression
{
    public override Value Evaluate(ActivityExecution scope) =>
        JavaScriptValue.FromMemory(scope.Execution.ReadOutput(scope, JavaScriptValue.ToText(activity.Evaluate(scope)), output?.Evaluate(scope).Text));
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
