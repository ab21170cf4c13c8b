using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Expressions;

/// <summary>What a script has made leaves it: to .NET, its objects are objects from outside, and a member that is undefined is null.</summary>
internal sealed class LeavingNode(CompiledExpression expression) : CompiledExpression
{
    /// <summary>Around an expression that can make a list or an object; what is only read, or is no more than a number or text, is left alone.</summary>
    public static CompiledExpression Around(CompiledExpression expression) =>
        expression is ArrayNode or ObjectNode or ConditionalNode or LogicNode or FunctionNode or MethodNode ? new LeavingNode(expression) : expression;

    public override Value Evaluate(ActivityExecution scope) => Leave(expression.Evaluate(scope));

    public static Value Leave(Value value)
    {
        if (value.IsPlain)
        {
            return value;
        }

        if (value.Members is { } members)
        {
            return value.Origin == ValueOrigin.Script ? Value.From(Leave(members)).WithOrigin(ValueOrigin.Outside) : value;
        }

        var items = value.Items;
        for (var i = 0; i < items.Length; i++)
        {
            var left = Leave(items[i]);
            if (Differs(left, items[i]))
            {
                var made = items.ToArray();
                for (; i < made.Length; i++)
                {
                    made[i] = Leave(made[i]);
                }

                return Value.From(made).WithOrigin(value.Origin);
            }
        }

        return value;
    }

    private static ValueObject Leave(ValueObject members)
    {
        foreach (var (_, member) in members.Members)
        {
            if (member.IsUndefined || Differs(Leave(member), member))
            {
                var made = new ValueObject(members.Count);
                foreach (var (name, each) in members.Members)
                {
                    made.Set(name, each.IsUndefined ? Value.Null : Leave(each));
                }

                return made;
            }
        }

        return members;
    }

    private static bool Differs(Value left, Value from) => !left.IsPlain && (!left.SameReference(from) || left.Origin != from.Origin);
}
