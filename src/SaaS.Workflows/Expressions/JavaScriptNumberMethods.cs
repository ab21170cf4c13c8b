using System.Globalization;
using System.Numerics;
using System.Text;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Expressions;

/// <summary>The methods of numbers: how a number is written.</summary>
internal static class JavaScriptNumberMethods
{
    private const string DigitLetters = "0123456789abcdefghijklmnopqrstuvwxyz";

    public static Value Call(string name, double number, JavaScriptMethods.Arguments a) => name switch
    {
        "toString" => ToText(number, a[0]),
        "toFixed" => ToFixed(number, JavaScriptMethods.ToInteger(a[0])),
        "toPrecision" => a[0].IsUndefined ? JavaScriptNumber.Format(number) : ToPrecision(number, JavaScriptMethods.ToInteger(a[0])),
        "toExponential" => ToExponential(number, a[0]),
        _ => throw JavaScriptMethods.Missing(name),
    };

    private static string ToText(double number, Value radix)
    {
        var by = radix.IsUndefined ? 10 : JavaScriptMethods.ToInteger(radix);
        if (by is < 2 or > 36)
        {
            throw new ExpressionException("toString() radix argument must be between 2 and 36");
        }

        return by == 10 || !double.IsFinite(number) ? JavaScriptNumber.Format(number) : InBase(number, (int)by);
    }

    /// <summary>The whole part exactly, then at most 50 digits of the rest: the engine behind Elsa writes it so.</summary>
    private static string InBase(double number, int radix)
    {
        var size = Math.Abs(number);
        var whole = new BigInteger(Math.Truncate(size));
        var digits = new StringBuilder();
        do
        {
            digits.Insert(0, DigitLetters[(int)(whole % radix)]);
            whole /= radix;
        }
        while (!whole.IsZero);

        var rest = size - Math.Truncate(size);
        for (var places = 0; rest > 0 && places < 50; places++)
        {
            digits.Append(places == 0 ? "." : "");
            rest *= radix;
            digits.Append(DigitLetters[(int)rest]);
            rest -= Math.Truncate(rest);
        }

        return number < 0 ? $"-{digits}" : digits.ToString();
    }

    private static string ToFixed(double number, double digits)
    {
        if (digits is < 0 or > 100)
        {
            throw new ExpressionException("toFixed() digits argument must be between 0 and 100");
        }

        return !double.IsFinite(number) || Math.Abs(number) >= 1e21 ? JavaScriptNumber.Format(number) : JavaScriptNumber.Fixed(number, (int)digits);
    }

    private static string ToPrecision(double number, double precision)
    {
        if (!double.IsFinite(number))
        {
            return JavaScriptNumber.Format(number);
        }

        if (precision is < 1 or > 100)
        {
            throw new ExpressionException("toPrecision() argument must be between 1 and 100");
        }

        var (digits, exponent) = Significant(Math.Abs(number), (int)precision);
        var sign = number < 0 ? "-" : "";
        if (exponent < -6 || exponent >= precision)
        {
            return sign + Exponential(digits, exponent);
        }

        return sign + (exponent == precision - 1 ? digits
            : exponent >= 0 ? $"{digits[..(exponent + 1)]}.{digits[(exponent + 1)..]}"
            : $"0.{new string('0', -exponent - 1)}{digits}");
    }

    private static string ToExponential(double number, Value places)
    {
        var after = JavaScriptMethods.ToInteger(places);
        if (!double.IsFinite(number))
        {
            return JavaScriptNumber.Format(number);
        }

        if (after is < 0 or > 100)
        {
            throw new ExpressionException("toExponential() argument must be between 0 and 100");
        }

        string digits;
        int exponent;
        if (places.IsUndefined)
        {
            (digits, var point) = number == 0 ? ("0", 1) : JavaScriptNumber.Shortest(Math.Abs(number));
            exponent = point - 1;
        }
        else
        {
            (digits, exponent) = Significant(Math.Abs(number), (int)after + 1);
        }

        return (number < 0 ? "-" : "") + Exponential(digits, exponent);
    }

    private static string Exponential(string digits, int exponent) =>
        $"{(digits.Length == 1 ? digits : $"{digits[..1]}.{digits[1..]}")}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}";

    /// <summary>So many digits of the exact binary value, and the power of ten of the first; of two equally near, the larger is taken.</summary>
    private static (string Digits, int Exponent) Significant(double number, int count)
    {
        if (number == 0)
        {
            return (new string('0', count), 0);
        }

        var exponent = (int)Math.Floor(Math.Log10(number));
        while (true)
        {
            var digits = JavaScriptNumber.Scaled(number, count - 1 - exponent).ToString(CultureInfo.InvariantCulture);
            if (digits.Length == count)
            {
                return (digits, exponent);
            }

            exponent += digits.Length > count ? 1 : -1;
        }
    }
}
