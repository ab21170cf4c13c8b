using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Expressions;

/// <summary>An expression ready to run: a small immutable tree, shared by all instances.</summary>
internal abstract class CompiledExpression
{
    /// <exception cref="ExpressionException">The expression fails as the script would.</exception>
    public abstract Value Evaluate(ActivityExecution scope);
}

internal sealed class ConstantExpression(Value value) : CompiledExpression
{
    public bool IsNothing => value.IsNothing;

    public override Value Evaluate(ActivityExecution scope) => value;
}

/// <summary>An expression that was refused: it fails when it is reached, as in Elsa, and not before.</summary>
internal sealed class RefusedExpression(string message) : CompiledExpression
{
    public override Value Evaluate(ActivityExecution scope) => throw new ExpressionException(message);
}

internal sealed class VariableExpression(string? id) : CompiledExpression
{
    public override Value Evaluate(ActivityExecution scope) => id is null ? Value.Null : scope.ReadMemory(id);
}

internal sealed class InputExpression(string name) : CompiledExpression
{
    public string Name { get; } = name;

    public override Value Evaluate(ActivityExecution scope) => scope.ReadInput(Name);
}

/// <summary>An input as seen inside a workflow used as an activity: the activity's variable of that name, else the workflow's input.</summary>
internal sealed class CompositeInputExpression(string name) : CompiledExpression
{
    public override Value Evaluate(ActivityExecution scope) =>
        scope.VariableInScope(name) is { } variable ? scope.ReadMemory(variable.Id) : scope.ReadInput(name);
}
