using System.Globalization;
using System.Numerics;
using System.Text;

namespace SaaS.Workflows.Expressions;

/// <summary>Numbers as JavaScript writes and reads them (ECMA-262 §6.1.6.1.20 and §7.1.4.1).</summary>
internal static class JavaScriptNumber
{
    public static string Format(double number)
    {
        if (double.IsNaN(number))
        {
            return "NaN";
        }

        if (double.IsInfinity(number))
        {
            return number > 0 ? "Infinity" : "-Infinity";
        }

        if (number == 0)
        {
            return "0";
        }

        if (Math.Abs(number) < 1e15 && Math.Floor(number) == number)
        {
            return ((long)number).ToString(CultureInfo.InvariantCulture);
        }

        var (digits, point) = Shortest(Math.Abs(number));
        var sign = number < 0 ? "-" : "";
        if (point is > 0 and <= 21)
        {
            return sign + (digits.Length <= point ? digits.PadRight(point, '0') : digits[..point] + "." + digits[point..]);
        }

        if (point is > -6 and <= 0)
        {
            return sign + "0." + new string('0', -point) + digits;
        }

        var exponent = point - 1;
        var mantissa = digits.Length == 1 ? digits : digits[..1] + "." + digits[1..];
        return $"{sign}{mantissa}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}";
    }

    /// <summary>With a fixed number of digits after the point. The exact binary value counts; of two equally near, the larger is taken.</summary>
    public static string Fixed(double number, int digits)
    {
        var scaled = Scaled(Math.Abs(number), digits);
        var text = scaled.ToString(CultureInfo.InvariantCulture).PadLeft(digits + 1, '0');
        var point = digits == 0 ? text : $"{text[..^digits]}.{text[^digits..]}";
        return number < 0 ? "-" + point : point;
    }

    /// <summary>The number times that power of ten, rounded to whole; of two equally near, the larger is taken. The exact binary value counts.</summary>
    public static BigInteger Scaled(double number, int power)
    {
        var bits = BitConverter.DoubleToInt64Bits(number);
        var exponent = (int)(bits >> 52);
        var value = new BigInteger((bits & 0xFFFFFFFFFFFFF) | (exponent == 0 ? 0 : 1L << 52));
        var shift = Math.Max(exponent, 1) - 1075;
        value = (value << Math.Max(0, shift)) * BigInteger.Pow(10, Math.Max(0, power));
        var divisor = (BigInteger.One << Math.Max(0, -shift)) * BigInteger.Pow(10, Math.Max(0, -power));
        return ((value << 1) + divisor) / (divisor << 1);
    }

    /// <summary>The fewest digits that mean this number and no other, without zeros at either end, and the place of the decimal point relative to their beginning.</summary>
    public static (string Digits, int Point) Shortest(double number) => Digits(number.ToString("R", CultureInfo.InvariantCulture));

    public static double Parse(string text)
    {
        var trimmed = JavaScriptTextMethods.TrimEnd(JavaScriptTextMethods.TrimStart(text));
        if (trimmed.Length == 0)
        {
            return 0;
        }

        if (trimmed.Length > 2 && trimmed[0] == '0')
        {
            var radix = char.ToLowerInvariant(trimmed[1]) switch { 'x' => 16, 'o' => 8, 'b' => 2, _ => 0 };
            if (radix != 0)
            {
                return ParseRadix(trimmed[2..], radix);
            }
        }

        var unsigned = trimmed[0] is '+' or '-' ? trimmed[1..] : trimmed;
        if (unsigned is "Infinity")
        {
            return trimmed[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        }

        return unsigned.Length > 0 && (char.IsAsciiDigit(unsigned[0]) || unsigned[0] == '.')
            && double.TryParse(trimmed, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            ? number
            : double.NaN;
    }

    /// <summary>What parseFloat reads: the longest number at the beginning.</summary>
    public static double ParsePrefix(string text)
    {
        var span = JavaScriptTextMethods.TrimStart(text);
        var end = 0;
        if (end < span.Length && span[end] is '+' or '-')
        {
            end++;
        }

        if (span[end..].StartsWith("Infinity"))
        {
            return span[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
        }

        var digits = 0;
        while (end < span.Length && (char.IsAsciiDigit(span[end]) || (span[end] == '.' && !span[..end].Contains('.'))))
        {
            digits += span[end] == '.' ? 0 : 1;
            end++;
        }

        if (digits == 0)
        {
            return double.NaN;
        }

        var exponent = end;
        if (exponent < span.Length && span[exponent] is 'e' or 'E')
        {
            exponent++;
            if (exponent < span.Length && span[exponent] is '+' or '-')
            {
                exponent++;
            }

            var first = exponent;
            while (exponent < span.Length && char.IsAsciiDigit(span[exponent]))
            {
                exponent++;
            }

            end = exponent > first ? exponent : end;
        }

        return double.Parse(span[..end], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    /// <summary>What parseInt reads.</summary>
    public static double ParseInteger(string text, int radix)
    {
        var span = JavaScriptTextMethods.TrimStart(text);
        var negative = span.Length > 0 && span[0] == '-';
        if (span.Length > 0 && span[0] is '+' or '-')
        {
            span = span[1..];
        }

        if (radix is 0 or 16 && span.Length > 1 && span[0] == '0' && span[1] is 'x' or 'X')
        {
            span = span[2..];
            radix = 16;
        }

        radix = radix == 0 ? 10 : radix;
        if (radix is < 2 or > 36)
        {
            return double.NaN;
        }

        var end = 0;
        while (end < span.Length && DigitOf(span[end]) is var digit && digit >= 0 && digit < radix)
        {
            end++;
        }

        if (end == 0)
        {
            return double.NaN;
        }

        var value = radix == 10 ? double.Parse(span[..end], NumberStyles.None, CultureInfo.InvariantCulture) : ParseRadix(span[..end], radix);
        return negative ? -value : value;
    }

    private static double ParseRadix(ReadOnlySpan<char> digits, int radix)
    {
        double value = 0;
        foreach (var character in digits)
        {
            var digit = DigitOf(character);
            if (digit < 0 || digit >= radix)
            {
                return double.NaN;
            }

            value = (value * radix) + digit;
        }

        return digits.Length == 0 ? double.NaN : value;
    }

    private static int DigitOf(char character) => character switch
    {
        >= '0' and <= '9' => character - '0',
        >= 'a' and <= 'z' => character - 'a' + 10,
        >= 'A' and <= 'Z' => character - 'A' + 10,
        _ => -1,
    };

    /// <summary>The digits without zeros at either end, and the place of the decimal point relative to their beginning.</summary>
    private static (string Digits, int Point) Digits(string shortest)
    {
        var e = shortest.IndexOf('E', StringComparison.Ordinal);
        var exponent = e < 0 ? 0 : int.Parse(shortest.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? shortest : shortest[..e];
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var point = (dot < 0 ? mantissa.Length : dot) + exponent;
        var digits = new StringBuilder(mantissa).Replace(".", "").ToString();
        var leading = digits.Length - digits.TrimStart('0').Length;
        return (digits.Trim('0'), point - leading);
    }
}
