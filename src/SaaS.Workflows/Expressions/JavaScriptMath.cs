using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Expressions;

/// <summary>The functions of <c>Math</c>, without random: the same expression always gives the same.</summary>
internal static class JavaScriptMath
{
    public static readonly IReadOnlyDictionary<string, Func<ActivityExecution, Value[], Value>> Functions = new Dictionary<string, Func<ActivityExecution, Value[], Value>>
    {
        ["Math.abs"] = Of(Math.Abs),
        ["Math.ceil"] = Of(Math.Ceiling),
        ["Math.floor"] = Of(Math.Floor),
        ["Math.round"] = Of(Round),
        ["Math.trunc"] = Of(Math.Truncate),
        ["Math.sign"] = Of(number => number == 0 || double.IsNaN(number) ? number : Math.Sign(number)),
        ["Math.fround"] = Of(number => (float)number),
        ["Math.clz32"] = (_, a) => System.Numerics.BitOperations.LeadingZeroCount(unchecked((uint)JavaScriptValue.ToInt32(At(a, 0)))),
        ["Math.imul"] = (_, a) => unchecked(JavaScriptValue.ToInt32(At(a, 0)) * JavaScriptValue.ToInt32(At(a, 1))),
        ["Math.sqrt"] = Of(Math.Sqrt),
        ["Math.cbrt"] = Of(number => Math.CopySign(Math.Pow(Math.Abs(number), 1.0 / 3), number)),
        ["Math.exp"] = Of(Math.Exp),
        ["Math.expm1"] = Of(number => Math.Abs(number) < 1e-5 ? number + (0.5 * number * number) : Math.Exp(number) - 1),
        ["Math.log"] = Of(Math.Log),
        ["Math.log1p"] = Of(number => Math.Log(1 + number)),
        ["Math.log10"] = Of(Math.Log10),
        ["Math.log2"] = Of(number => Math.Log(number, 2)),
        ["Math.sin"] = Of(Math.Sin),
        ["Math.cos"] = Of(Math.Cos),
        ["Math.tan"] = Of(Math.Tan),
        ["Math.asin"] = Of(Math.Asin),
        ["Math.acos"] = Of(Math.Acos),
        ["Math.atan"] = Of(Math.Atan),
        ["Math.sinh"] = Of(Math.Sinh),
        ["Math.cosh"] = Of(Math.Cosh),
        ["Math.tanh"] = Of(Math.Tanh),
        ["Math.asinh"] = Of(Math.Asinh),
        ["Math.acosh"] = Of(Math.Acosh),
        ["Math.atanh"] = Of(Math.Atanh),
        ["Math.atan2"] = (_, a) => Math.Atan2(NumberAt(a, 0), NumberAt(a, 1)),
        ["Math.pow"] = (_, a) => BinaryNode.Power(NumberAt(a, 0), NumberAt(a, 1)),
        ["Math.hypot"] = (_, a) => Hypotenuse(a),
        ["Math.min"] = (_, a) => a.Aggregate(double.PositiveInfinity, (least, next) => Math.Min(least, JavaScriptValue.ToNumber(next))),
        ["Math.max"] = (_, a) => a.Aggregate(double.NegativeInfinity, (most, next) => Math.Max(most, JavaScriptValue.ToNumber(next))),
    };

    private static Func<ActivityExecution, Value[], Value> Of(Func<double, double> function) => (_, a) => function(NumberAt(a, 0));

    private static Value At(Value[] arguments, int at) => at < arguments.Length ? arguments[at] : Value.Undefined;

    private static double NumberAt(Value[] arguments, int at) => JavaScriptValue.ToNumber(At(arguments, at));

    /// <summary>Halves go up, also below zero; what rounds up to nothing stays below zero.</summary>
    private static double Round(double number)
    {
        if (!double.IsFinite(number) || Math.Abs(number) >= 4503599627370496)
        {
            return number;
        }

        var floor = Math.Floor(number);
        return number - floor >= 0.5 ? Math.CopySign(floor + 1, number) : floor;
    }

    private static double Hypotenuse(Value[] sides)
    {
        var sum = 0.0;
        var isInfinite = false;
        foreach (var side in sides)
        {
            var number = JavaScriptValue.ToNumber(side);
            isInfinite |= double.IsInfinity(number);
            sum += number * number;
        }

        return isInfinite ? double.PositiveInfinity : Math.Sqrt(sum);
    }
}
