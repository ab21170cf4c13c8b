using System.Globalization;
using SaaS.Workflows.Expressions;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Compilation;

/// <summary>Into whole numbers, floats and decimals: what does not fit fails, what is no number at all becomes 0.</summary>
internal static class NumberConversion
{
    /// <summary>Halves are rounded to even.</summary>
    public static Value ToInteger(Value value, long least, long most, int bits)
    {
        // What is whole already and fits is most of what comes by.
        if (value.IsPlain && value.Number >= least && value.Number <= most && unchecked((int)value.Number) == value.Number && value.Number != 0)
        {
            return Value.From(value.Number);
        }

        switch (value.Kind)
        {
            case ValueKind.Boolean:
                return value.Number;
            case ValueKind.Number when value.Typed?.Content is long whole:
                return whole >= least && whole <= most ? value : throw TooLarge($"an Int{bits}");
            case ValueKind.Number:
                // Adding zero makes minus zero plain zero: whole numbers have only one.
                var number = Math.Round(value.Number, MidpointRounding.ToEven) + 0.0;
                return number >= least && number <= most && number < 9.2233720368547758E18 ? Value.From(number)
                    : throw (bits == 64 ? new ExpressionException("Arithmetic operation resulted in an overflow.") : TooLarge($"an Int{bits}"));
            case ValueKind.String when value.Typed is null && TryReadInteger(value.Text!.Trim(), bits, out var read):
                return read >= least && read <= most ? TypedScalar.From((long)read) : throw TooLarge($"an Int{bits}");
            default:
                return ValueConversion.Default(value, 0);
        }
    }

    public static Value ToSingle(Value value) => value.Kind switch
    {
        ValueKind.Boolean => Value.From(value.Number),
        ValueKind.Number => TypedScalar.From((float)value.Number),
        ValueKind.String when value.Typed is null && float.TryParse(value.Text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) => TypedScalar.From(number),
        _ => ValueConversion.Default(value, 0),
    };

    public static Value ToDouble(Value value) => value.Kind switch
    {
        ValueKind.Boolean or ValueKind.Number => Value.From(value.Number),
        ValueKind.String when value.Typed is null && double.TryParse(value.Text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) => Value.From(number),
        _ => ValueConversion.Default(value, 0),
    };

    /// <summary>A double keeps 15 digits as a decimal.</summary>
    public static Value ToDecimal(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Boolean:
                return Value.From(value.Number);
            case ValueKind.Number when value.Typed?.Content is decimal:
                return value;
            case ValueKind.Number when value.Typed?.Content is long whole:
                return TypedScalar.From((decimal)whole);
            case ValueKind.Number:
                return Math.Abs(value.Number) < 7.9228162514264338E28 ? TypedScalar.From((decimal)value.Number) : throw TooLarge("a Decimal");
            case ValueKind.String when value.Typed is null && decimal.TryParse(value.Text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number):
                return TypedScalar.From(number);
            case ValueKind.String when value.Typed is null && double.TryParse(value.Text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var large) && double.IsFinite(large):
                throw TooLarge("a Decimal");
            default:
                return ValueConversion.Default(value, 0);
        }
    }

    public static bool Fits(double number, TypeKind type) => type switch
    {
        TypeKind.Int16 => number is >= short.MinValue and <= short.MaxValue,
        TypeKind.Int32 => number is >= int.MinValue and <= int.MaxValue,
        _ => true,
    };

    /// <summary>Decimal digits with a sign, or digits by sixteen after #, 0x or &amp;h, which are read as the bits of the number.</summary>
    private static bool TryReadInteger(string text, int bits, out Int128 whole)
    {
        var digits = text.AsSpan();
        var hex = digits.StartsWith("#") ? digits[1..] : digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase) || digits.StartsWith("&h", StringComparison.OrdinalIgnoreCase) ? digits[2..] : default;
        if (hex.Length is > 0 and <= 16 && ulong.TryParse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var pattern))
        {
            whole = bits switch
            {
                16 when pattern <= ushort.MaxValue => unchecked((short)pattern),
                32 when pattern <= uint.MaxValue => unchecked((int)pattern),
                64 => unchecked((long)pattern),
                _ => Int128.MaxValue,
            };
            return true;
        }

        if (Int128.TryParse(digits, NumberStyles.Integer, CultureInfo.InvariantCulture, out whole))
        {
            return true;
        }

        // More digits than any type holds are a number still: too large a one.
        whole = Int128.MaxValue;
        return digits.Length > 38 && digits.TrimStart("+-").IndexOfAnyExceptInRange('0', '9') < 0;
    }

    private static ExpressionException TooLarge(string type) => new($"Value was either too large or too small for {type}.");
}
