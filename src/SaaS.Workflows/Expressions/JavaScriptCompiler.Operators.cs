using Acornima;
using Acornima.Ast;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Expressions;

/// <summary>Literals and operators.</summary>
internal sealed partial class JavaScriptCompiler
{
    private static Value ConstantOf(Literal literal) => literal switch
    {
        StringLiteral text => text.Value.Length > ValueLimits.TextLength ? throw Refused(literal, "글이 너무 깁니다.", "The text is too long.") : text.Value,
        NumericLiteral number => number.Value,
        BooleanLiteral boolean => boolean.Value,
        NullLiteral => Value.Null,
        _ => throw Refused(literal, "이 값은 쓸 수 없습니다.", "This literal is not accepted."),
    };

    private static Logic LogicOf(LogicalExpression logical) => logical.Operator switch
    {
        Operator.LogicalAnd => Logic.And,
        Operator.LogicalOr => Logic.Or,
        _ => Logic.Coalesce,
    };

    private static Operation OperationOf(BinaryExpression binary) => binary.Operator switch
    {
        Operator.Addition => Operation.Add,
        Operator.Subtraction => Operation.Subtract,
        Operator.Multiplication => Operation.Multiply,
        Operator.Division => Operation.Divide,
        Operator.Remainder => Operation.Remainder,
        Operator.Exponentiation => Operation.Power,
        Operator.Equality => Operation.Equal,
        Operator.Inequality => Operation.NotEqual,
        Operator.StrictEquality => Operation.StrictEqual,
        Operator.StrictInequality => Operation.StrictNotEqual,
        Operator.LessThan => Operation.Less,
        Operator.LessThanOrEqual => Operation.LessOrEqual,
        Operator.GreaterThan => Operation.Greater,
        Operator.GreaterThanOrEqual => Operation.GreaterOrEqual,
        Operator.BitwiseAnd => Operation.BitAnd,
        Operator.BitwiseOr => Operation.BitOr,
        Operator.BitwiseXor => Operation.BitXor,
        Operator.LeftShift => Operation.ShiftLeft,
        Operator.RightShift => Operation.ShiftRight,
        Operator.UnsignedRightShift => Operation.ShiftRightUnsigned,
        Operator.In => Operation.In,
        _ => throw Refused(binary, "이 연산자는 쓸 수 없습니다.", $"The operator {binary.Operator} is not accepted."),
    };

    private static Sign SignOf(UnaryExpression unary) => unary.Operator switch
    {
        Operator.LogicalNot => Sign.Not,
        Operator.UnaryNegation => Sign.Minus,
        Operator.UnaryPlus => Sign.Plus,
        Operator.BitwiseNot => Sign.BitNot,
        Operator.TypeOf => Sign.TypeOf,
        Operator.Void => Sign.Void,
        _ => throw Refused(unary, "이 연산자는 쓸 수 없습니다.", $"The operator {unary.Operator} is not accepted."),
    };
}
