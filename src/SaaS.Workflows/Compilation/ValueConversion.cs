using System.Globalization;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Compilation;

/// <summary>Turns a value into the type of an input, output or variable, as Elsa's ObjectConverter does (not strict).</summary>
internal static class ValueConversion
{
    public static TypeKind TypeOf(string typeName, bool isArray)
    {
        if (isArray || typeName.EndsWith("[]", StringComparison.Ordinal))
        {
            return typeName.StartsWith("String", StringComparison.Ordinal) ? TypeKind.TextList : TypeKind.List;
        }

        var simple = typeName.Split(',')[0];
        return simple switch
        {
            "String" or "System.String" => TypeKind.Text,
            "Boolean" or "System.Boolean" => TypeKind.Boolean,
            "Int16" or "System.Int16" => TypeKind.Int16,
            "Int32" or "System.Int32" => TypeKind.Int32,
            "Int64" or "System.Int64" => TypeKind.Int64,
            "Single" or "Double" or "Decimal" or "System.Single" or "System.Double" or "System.Decimal" => TypeKind.Float,
            "TimeSpan" or "System.TimeSpan" => TypeKind.TimeSpan,
            "Guid" or "System.Guid" => TypeKind.Guid,
            "DateTime" or "DateTimeOffset" or "System.DateTime" or "System.DateTimeOffset" => TypeKind.DateTime,
            "JSON" or "ObjectDictionary" or "StringDictionary" or "ObjectMap" or "StringMap" => TypeKind.Dictionary,
            _ when simple.EndsWith("FlowJoinMode", StringComparison.Ordinal) || simple.EndsWith("SwitchMode", StringComparison.Ordinal) || simple.EndsWith("ForkJoinMode", StringComparison.Ordinal) => TypeKind.Choice,
            _ => TypeKind.Object,
        };
    }

    /// <exception cref="Expressions.ExpressionException">The value cannot become that type.</exception>
    public static Value To(Value value, TypeKind type)
    {
        if (type == TypeKind.Object)
        {
            return value.IsUndefined ? Value.Null : value;
        }

        if (value.IsNothing)
        {
            return Value.Null;
        }

        return type switch
        {
            TypeKind.Text => ToText(value),
            TypeKind.Boolean => ToBoolean(value),
            TypeKind.Int16 => ToInteger(value, short.MinValue, short.MaxValue),
            TypeKind.Int32 => ToInteger(value, int.MinValue, int.MaxValue),
            TypeKind.Int64 => ToInteger(value, long.MinValue, long.MaxValue),
            TypeKind.Float => ToFloat(value),
            TypeKind.List or TypeKind.TextList => ToList(value, type),
            TypeKind.Dictionary => value.Text is { } text && text.AsSpan().TrimStart() is ['{', ..] ? Parse(text) : value,
            _ => value,
        };
    }

    private static Value ToText(Value value) => value.Kind switch
    {
        ValueKind.String => value,
        ValueKind.Boolean => value.IsTrue ? "True" : "False",
        ValueKind.Number => value.Number.ToString("R", CultureInfo.InvariantCulture),
        _ => value.ToJson(),
    };

    private static Value ToBoolean(Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.Boolean:
                return value;
            case ValueKind.Number:
                return value.Number != 0;
            case ValueKind.String:
                var text = value.Text!.Trim();
                return text.Equals("true", StringComparison.OrdinalIgnoreCase) ? Value.True : text.Equals("false", StringComparison.OrdinalIgnoreCase) ? Value.False : text.Length == 0 ? Value.Null : Value.False;
            default:
                return Value.False;
        }
    }

    /// <summary>Halves are rounded to even; what does not fit fails, what is no number at all becomes 0.</summary>
    private static Value ToInteger(Value value, double least, double most)
    {
        double number;
        switch (value.Kind)
        {
            case ValueKind.Boolean:
            case ValueKind.Number:
                // Adding zero makes minus zero plain zero: whole numbers have only one.
                number = Math.Round(value.Number, MidpointRounding.ToEven) + 0.0;
                break;
            case ValueKind.String when string.IsNullOrWhiteSpace(value.Text):
                return Value.Null;
            case ValueKind.String:
                if (!TryReadInteger(value.Text!, out number))
                {
                    return Value.From(0);
                }

                break;
            default:
                return Value.From(0);
        }

        return number >= least && number <= most ? Value.From(number) : throw new Expressions.ExpressionException("Value was either too large or too small for a whole number of this type.");
    }

    private static bool TryReadInteger(string text, out double number)
    {
        var trimmed = text.AsSpan().Trim();
        var hex = trimmed.StartsWith("#") ? trimmed[1..] : trimmed.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? trimmed[2..] : default;
        if (hex.Length > 0 && long.TryParse(hex, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var fromHex))
        {
            number = fromHex;
            return true;
        }

        if (System.Numerics.BigInteger.TryParse(trimmed.Length > 40 ? default : trimmed, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole))
        {
            number = (double)whole;
            return true;
        }

        number = 0;
        return false;
    }

    private static Value ToFloat(Value value) => value.Kind switch
    {
        ValueKind.Boolean => Value.From(value.Number),
        ValueKind.Number => value,
        ValueKind.String when double.TryParse(value.Text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) => Value.From(number),
        ValueKind.String when string.IsNullOrWhiteSpace(value.Text) => Value.Null,
        _ => Value.From(0),
    };

    private static Value ToList(Value value, TypeKind type)
    {
        if (value.Text is { } text)
        {
            if (text.AsSpan().TrimStart() is ['[', ..])
            {
                return ToList(Parse(text), type);
            }

            return string.IsNullOrWhiteSpace(text) ? Value.Null : Value.From([value]);
        }

        if (value.Kind != ValueKind.Array || type != TypeKind.TextList)
        {
            return value;
        }

        var texts = new Value[value.Items.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = To(value.Items[i], TypeKind.Text);
        }

        return Value.From(texts);
    }

    private static Value Parse(string text)
    {
        try
        {
            return Value.Parse(text);
        }
        catch (System.Text.Json.JsonException)
        {
            throw new Expressions.ExpressionException($"Failed to deserialize {text}");
        }
    }
}
