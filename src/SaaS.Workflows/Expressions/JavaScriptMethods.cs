using System.Collections.Frozen;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Expressions;

/// <summary>The methods of texts, lists, numbers and objects that expressions may call. None takes a function, none changes a value, none takes longer than its result.</summary>
internal static class JavaScriptMethods
{
    public static readonly FrozenSet<string> Names = new[]
    {
        "toString", "valueOf", "hasOwnProperty", "toFixed", "toPrecision", "toExponential", "toUpperCase", "toLowerCase", "trim", "trimStart", "trimEnd",
        "includes", "startsWith", "endsWith", "indexOf", "lastIndexOf", "slice", "substring", "substr", "charAt", "charCodeAt", "codePointAt", "at", "concat",
        "split", "join", "padStart", "padEnd", "repeat", "replace", "replaceAll", "flat", "toReversed", "toSorted", "with",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static Value Call(string name, Value target, Value[] arguments)
    {
        if (target.Members is { } members && members.TryGet(name, out _))
        {
            throw Missing(name);
        }

        switch (name)
        {
            case "valueOf":
                return target.Typed?.Content is DateTime ? JavaScriptValue.ToNumber(target) : target;
            case "hasOwnProperty":
                return JavaScriptMembers.HasOwn(target, JavaScriptValue.ToText(arguments.Length > 0 ? arguments[0] : Value.Undefined));
        }

        return target.Kind switch
        {
            ValueKind.String when target.Typed is null => JavaScriptTextMethods.Call(name, target.Text!, new Arguments(arguments)),
            ValueKind.Array => JavaScriptListMethods.Call(name, target, new Arguments(arguments)),
            ValueKind.Number => JavaScriptNumberMethods.Call(name, target.Number, new Arguments(arguments)),
            _ when name == "toString" => JavaScriptValue.ToText(target),
            _ => throw Missing(name),
        };
    }

    /// <summary>Where a range from one place to another lies in something of that length; a place below zero counts from the end.</summary>
    public static (int Start, int End) Range(int length, Value from, Value to)
    {
        var start = ToInteger(from);
        var end = to.IsUndefined ? length : ToInteger(to);
        start = start < 0 ? Math.Max(0, start + length) : Math.Min(start, length);
        end = end < 0 ? Math.Max(0, end + length) : Math.Min(end, length);
        return ((int)start, (int)end);
    }

    public static double ToInteger(Value value)
    {
        var number = JavaScriptValue.ToNumber(value);
        return double.IsNaN(number) ? 0 : Math.Truncate(number);
    }

    public static ExpressionException Missing(string name) => new($"Property '{name}' of object is not a function");

    public static ExpressionException TooMany() => new($"The list is longer than {ValueLimits.Elements} elements.");

    /// <summary>The arguments of a call; what was not given is undefined.</summary>
    internal readonly ref struct Arguments(Value[] given)
    {
        public ReadOnlySpan<Value> All { get; } = given;

        public Value this[int at] => at < All.Length ? All[at] : Value.Undefined;
    }
}
