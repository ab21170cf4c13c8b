using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Expressions;

internal enum Operation
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
    Equal,
    NotEqual,
    StrictEqual,
    StrictNotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    BitAnd,
    BitOr,
    BitXor,
    ShiftLeft,
    ShiftRight,
    ShiftRightUnsigned,
    In,
}

internal sealed class BinaryNode(Operation operation, CompiledExpression left, CompiledExpression right) : CompiledExpression
{
    public override Value Evaluate(ActivityExecution scope)
    {
        var first = left.Evaluate(scope);
        var second = right.Evaluate(scope);
        if (!first.IsNumber || !second.IsNumber)
        {
            scope.Execution.Handle(first);
            scope.Execution.Handle(second);
        }

        return operation switch
        {
            Operation.Add => JavaScriptValue.Add(first, second),
            Operation.Subtract => JavaScriptValue.ToNumber(first) - JavaScriptValue.ToNumber(second),
            Operation.Multiply => JavaScriptValue.ToNumber(first) * JavaScriptValue.ToNumber(second),
            Operation.Divide => JavaScriptValue.ToNumber(first) / JavaScriptValue.ToNumber(second),
            Operation.Remainder => JavaScriptValue.ToNumber(first) % JavaScriptValue.ToNumber(second),
            Operation.Power => Power(JavaScriptValue.ToNumber(first), JavaScriptValue.ToNumber(second)),
            Operation.Equal => JavaScriptValue.LooselyEquals(first, second),
            Operation.NotEqual => !JavaScriptValue.LooselyEquals(first, second),
            Operation.StrictEqual => JavaScriptValue.StrictlyEquals(first, second),
            Operation.StrictNotEqual => !JavaScriptValue.StrictlyEquals(first, second),
            Operation.Less => JavaScriptValue.IsLess(first, second) == true,
            Operation.LessOrEqual => JavaScriptValue.IsLess(second, first) == false,
            Operation.Greater => JavaScriptValue.IsLess(second, first) == true,
            Operation.GreaterOrEqual => JavaScriptValue.IsLess(first, second) == false,
            Operation.BitAnd => (double)(JavaScriptValue.ToInt32(first) & JavaScriptValue.ToInt32(second)),
            Operation.BitOr => (double)(JavaScriptValue.ToInt32(first) | JavaScriptValue.ToInt32(second)),
            Operation.BitXor => (double)(JavaScriptValue.ToInt32(first) ^ JavaScriptValue.ToInt32(second)),
            Operation.ShiftLeft => (double)(JavaScriptValue.ToInt32(first) << (JavaScriptValue.ToInt32(second) & 31)),
            Operation.ShiftRight => (double)(JavaScriptValue.ToInt32(first) >> (JavaScriptValue.ToInt32(second) & 31)),
            Operation.In => JavaScriptMembers.Has(second, first),
            _ => (double)(unchecked((uint)JavaScriptValue.ToInt32(first)) >> (JavaScriptValue.ToInt32(second) & 31)),
        };
    }

    /// <summary>JavaScript differs from IEEE in one place: 1 to the power of infinity is not a number.</summary>
    internal static double Power(double number, double exponent) =>
        double.IsNaN(exponent) || (Math.Abs(number) == 1 && double.IsInfinity(exponent)) ? double.NaN : Math.Pow(number, exponent);
}

internal enum Logic
{
    And,
    Or,
    Coalesce,
}

internal sealed class LogicNode(Logic logic, CompiledExpression left, CompiledExpression right) : CompiledExpression
{
    public override Value Evaluate(ActivityExecution scope)
    {
        var first = left.Evaluate(scope);
        return logic switch
        {
            Logic.And => JavaScriptValue.IsTruthy(first) ? right.Evaluate(scope) : first,
            Logic.Or => JavaScriptValue.IsTruthy(first) ? first : right.Evaluate(scope),
            _ => first.IsNothing ? right.Evaluate(scope) : first,
        };
    }
}

internal sealed class ConditionalNode(CompiledExpression test, CompiledExpression then, CompiledExpression otherwise) : CompiledExpression
{
    public override Value Evaluate(ActivityExecution scope) =>
        JavaScriptValue.IsTruthy(test.Evaluate(scope)) ? then.Evaluate(scope) : otherwise.Evaluate(scope);
}

internal enum Sign
{
    Not,
    Minus,
    Plus,
    BitNot,
    TypeOf,
    Void,
}

internal sealed class UnaryNode(Sign sign, CompiledExpression operand) : CompiledExpression
{
    public override Value Evaluate(ActivityExecution scope)
    {
        var value = operand.Evaluate(scope);
        return sign switch
        {
            Sign.Not => !JavaScriptValue.IsTruthy(value),
            Sign.Minus => -JavaScriptValue.ToNumber(value),
            Sign.Plus => JavaScriptValue.ToNumber(value),
            Sign.BitNot => (double)~JavaScriptValue.ToInt32(value),
            Sign.Void => Value.Undefined,
            _ => JavaScriptValue.TypeOf(value),
        };
    }
}

internal sealed class ArrayNode(CompiledExpression[] items) : CompiledExpression
{
    public override Value Evaluate(ActivityExecution scope)
    {
        var values = new Value[items.Length];
        for (var i = 0; i < items.Length; i++)
        {
            values[i] = items[i].Evaluate(scope);
        }

        return scope.Execution.Made(Value.From(values));
    }
}

internal sealed class ObjectNode((string Name, CompiledExpression Value)[] members) : CompiledExpression
{
    private readonly bool _hasIndexes = Array.Exists(members, member => JavaScriptMembers.IsIndex(member.Name, out _));

    public override Value Evaluate(ActivityExecution scope)
    {
        var built = new ValueObject(members.Length);
        foreach (var (name, value) in members)
        {
            built.Set(name, value.Evaluate(scope));
        }

        return scope.Execution.Made(Value.From(_hasIndexes ? built.InScriptOrder() : built));
    }
}
