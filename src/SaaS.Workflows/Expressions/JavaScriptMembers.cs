using System.Globalization;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Expressions;

/// <summary>What a value itself has: members, elements, a length. Nothing of the language behind it.</summary>
internal static class JavaScriptMembers
{
    /// <summary>Undefined when there is no such member.</summary>
    /// <exception cref="ExpressionException">The name leads to the language behind the value.</exception>
    public static Value Read(Value value, string member)
    {
        if (value.Members is { } members)
        {
            if (members.TryGet(member, out var found))
            {
                return value.Origin == ValueOrigin.Outside ? JavaScriptValue.FromMemory(found) : found;
            }

            // To Elsa's engine, an object from outside is a collection of its members too, and reads a length that is never set.
            return member == "length" && value.Origin is ValueOrigin.Outside or ValueOrigin.Json ? 0 : Missing(member);
        }

        if (value.Typed?.Members is { } typed)
        {
            return typed.TryGet(member, out var part) || typed.TryGet(char.ToUpperInvariant(member.FirstOrDefault()) + member[Math.Min(1, member.Length)..], out part) ? part : Missing(member);
        }

        if (value.Kind is ValueKind.String or ValueKind.Array && value.Typed is null)
        {
            var length = value.Text?.Length ?? value.Items.Length;
            if (member == "length")
            {
                return length;
            }

            if (IsIndex(member, out var index))
            {
                return index >= length ? Value.Undefined : value.Text is { } text ? text[(int)index].ToString() : value.Items[(int)index];
            }
        }

        return Missing(member);
    }

    public static bool HasOwn(Value value, string member) =>
        (value.Members ?? value.Typed?.Members)?.TryGet(member, out _)
        ?? (value.Kind is ValueKind.String or ValueKind.Array && value.Typed is null && (member == "length" || (IsIndex(member, out var index) && index < (value.Text?.Length ?? value.Items.Length))));

    /// <summary>A member that is known to be there.</summary>
    public static Value Own(Value value, string member) =>
        value.Members is { } members ? members.TryGet(member, out var found) ? found : Value.Undefined : Read(value, member);

    /// <summary>The operator <c>in</c>.</summary>
    public static bool Has(Value value, Value member)
    {
        var name = JavaScriptValue.ToText(member);
        if (value.Kind is not (ValueKind.Array or ValueKind.Object) && value.Typed?.Text is null)
        {
            throw new ExpressionException($"Cannot use 'in' operator to search for '{name}' in {JavaScriptValue.ToText(value)}");
        }

        return HasOwn(value, name) || !Missing(name).IsUndefined;
    }

    /// <summary>The names of what a value has itself, in JavaScript's order; a list and a text have their places.</summary>
    public static string[] Keys(Value value)
    {
        if (value.IsNothing)
        {
            throw new ExpressionException("Cannot convert undefined or null to object");
        }

        if (value.Members is { } members || (members = value.Typed?.Members) is not null)
        {
            return [.. members.Members.ToArray().Select(member => member.Key)];
        }

        var length = value.Typed is not null ? 0 : value.Text?.Length ?? value.Items.Length;
        return length > ValueLimits.Elements
            ? throw JavaScriptMethods.TooMany()
            : [.. Enumerable.Range(0, length).Select(place => place.ToString(CultureInfo.InvariantCulture))];
    }

    /// <summary>Whether a name is the place of an element: JavaScript puts these before all other members, in the order of numbers.</summary>
    public static bool IsIndex(string name, out uint index)
    {
        index = 0;
        return name.Length is > 0 and <= 10 && char.IsAsciiDigit(name[0]) && (name.Length == 1 || name[0] != '0')
            && uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out index) && index != uint.MaxValue;
    }

    private static Value Missing(string member) =>
        JavaScriptCompiler.IsForbiddenMember(member) || JavaScriptMethods.Names.Contains(member) ? throw new ExpressionException($"The member '{member}' cannot be read.") : Value.Undefined;
}

/// <summary>What follows <c>?.</c> and may end early: then the whole is undefined.</summary>
internal sealed class ChainNode(CompiledExpression links) : CompiledExpression
{
    public override Value Evaluate(ActivityExecution scope)
    {
        var value = links.Evaluate(scope);
        return value.IsChainEnd ? Value.Undefined : value;
    }
}

/// <summary>A member by a fixed name or a computed key.</summary>
internal sealed class MemberNode(CompiledExpression target, string? name, CompiledExpression? key, bool isOptional) : CompiledExpression
{
    public override Value Evaluate(ActivityExecution scope)
    {
        var value = target.Evaluate(scope);
        if (value.IsNothing)
        {
            return isOptional
                ? Value.ChainEnd
                : throw new ExpressionException($"Cannot read properties of {(value.IsUndefined ? "undefined" : "null")} (reading '{name ?? JavaScriptValue.ToText(key!.Evaluate(scope))}')");
        }

        return value.IsChainEnd ? value : JavaScriptMembers.Read(value, name ?? JavaScriptValue.ToText(key!.Evaluate(scope)));
    }
}

/// <summary>A method of the closed list.</summary>
internal sealed class MethodNode(string name, CompiledExpression target, CompiledExpression[] arguments, bool isOptional) : CompiledExpression
{
    public override Value Evaluate(ActivityExecution scope)
    {
        var value = target.Evaluate(scope);
        if (value.IsNothing)
        {
            return isOptional ? Value.ChainEnd : throw new ExpressionException($"Cannot read property '{name}' of {(value.IsUndefined ? "undefined" : "null")}");
        }

        if (value.IsChainEnd)
        {
            return value;
        }

        var values = arguments.Length == 0 ? [] : new Value[arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = arguments[i].Evaluate(scope);
            scope.Execution.Handle(values[i]);
        }

        scope.Execution.Handle(value);
        return scope.Execution.Made(JavaScriptMethods.Call(name, value, values));
    }
}

/// <summary>A call of a method that is not in the list: it fails, as in JavaScript once what it is called on is there.</summary>
internal sealed class MissingMethodNode(string name, CompiledExpression? target, bool isOptional) : CompiledExpression
{
    public override Value Evaluate(ActivityExecution scope)
    {
        var value = target?.Evaluate(scope) ?? Value.True;
        return value.IsChainEnd || (isOptional && value.IsNothing) ? Value.ChainEnd
            : value.IsNothing ? throw new ExpressionException($"Cannot read property '{name}' of {(value.IsUndefined ? "undefined" : "null")}")
            : throw JavaScriptMethods.Missing(name);
    }
}
