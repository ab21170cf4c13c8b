using System.Globalization;
using System.Text.Json;
using SaaS.Workflows.Expressions;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Compilation;

/// <summary>Turns a value into the type of an input, output or variable, as Elsa's ObjectConverter does (not strict): what has no way becomes the type's default.</summary>
internal static class ValueConversion
{
    /// <summary>Whether Elsa knows a type of that name; it drops a variable of any other.</summary>
    public static bool IsKnown(string typeName)
    {
        var name = typeName.EndsWith("[]", StringComparison.Ordinal) ? typeName[..^2] : typeName;
        return name.Contains('.', StringComparison.Ordinal)
            || name is "Object" or "Stream" or "JsonElement" or "JsonNode" or "JsonObject" or "JsonArray"
            || TypeOf(name, isArray: false) != TypeKind.Object;
    }

    public static TypeKind TypeOf(string typeName, bool isArray)
    {
        if (typeName.EndsWith("[]", StringComparison.Ordinal))
        {
            return TypeKind.List | TypeOf(typeName[..^2], isArray: false);
        }

        var simple = typeName.Split(',')[0];
        var type = simple switch
        {
            "String" or "System.String" => TypeKind.Text,
            "Boolean" or "System.Boolean" => TypeKind.Boolean,
            "Int16" or "System.Int16" => TypeKind.Int16,
            "Int32" or "System.Int32" => TypeKind.Int32,
            "Int64" or "System.Int64" or "Long" => TypeKind.Int64,
            "Single" or "System.Single" => TypeKind.Single,
            "Double" or "System.Double" => TypeKind.Double,
            "Decimal" or "System.Decimal" => TypeKind.Decimal,
            "TimeSpan" or "System.TimeSpan" => TypeKind.TimeSpan,
            "Guid" or "System.Guid" => TypeKind.Guid,
            "DateTime" or "System.DateTime" => TypeKind.DateTime,
            "DateTimeOffset" or "System.DateTimeOffset" => TypeKind.DateTimeOffset,
            "ByteArray" => TypeKind.Bytes,
            "JSON" or "ObjectDictionary" or "ObjectMap" => TypeKind.Dictionary,
            "StringDictionary" or "StringMap" => TypeKind.TextDictionary,
            _ when simple.EndsWith("FlowJoinMode", StringComparison.Ordinal) || simple.EndsWith("SwitchMode", StringComparison.Ordinal) || simple.EndsWith("ForkJoinMode", StringComparison.Ordinal) => TypeKind.Choice,
            _ => TypeKind.Object,
        };
        return isArray ? TypeKind.List | type : type;
    }

    /// <exception cref="ExpressionException">The value cannot become that type.</exception>
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
            TypeKind.Text => value.Kind == ValueKind.String && value.Typed is null ? value : ToText(value),
            TypeKind.Boolean => ToBoolean(value),
            TypeKind.Int16 => NumberConversion.ToInteger(value, short.MinValue, short.MaxValue, 16),
            TypeKind.Int32 => NumberConversion.ToInteger(value, int.MinValue, int.MaxValue, 32),
            TypeKind.Int64 => NumberConversion.ToInteger(value, long.MinValue, long.MaxValue, 64),
            TypeKind.Single => NumberConversion.ToSingle(value),
            TypeKind.Double => NumberConversion.ToDouble(value),
            TypeKind.Decimal => NumberConversion.ToDecimal(RefuseJson(value)),
            TypeKind.Guid => Guid.TryParse(RefuseJson(value).Text, out var id) ? TypedScalar.From(id) : Default(value, TypedScalar.From(Guid.Empty)),
            TypeKind.TimeSpan => TimeSpan.TryParse(RefuseJson(value).Text, CultureInfo.InvariantCulture, out var span) ? TypedScalar.From(span) : Default(value, TypedScalar.From(TimeSpan.Zero)),
            TypeKind.DateTime => TimeConversion.ToDateTime(RefuseJson(value)),
            TypeKind.DateTimeOffset => TimeConversion.ToDateTimeOffset(RefuseJson(value)),
            TypeKind.Bytes => ToBytes(value),
            TypeKind.Dictionary or TypeKind.TextDictionary => ToDictionary(value, type),
            _ when (type & TypeKind.List) != 0 => ToList(value, type & ~TypeKind.List),
            _ => value,
        };
    }

    /// <summary>What a value without a way becomes: text of nothing but blanks is nothing, everything else the default of the type.</summary>
    public static Value Default(Value value, Value otherwise) => value.Text is { } text && string.IsNullOrWhiteSpace(text) ? Value.Null : otherwise;

    private static Value ToText(Value value) => value.Kind switch
    {
        ValueKind.Boolean => value.IsTrue ? "True" : "False",
        ValueKind.Number or ValueKind.String => value.Typed is { } typed ? typed.ToElsaText() : value.Number.ToString("R", CultureInfo.InvariantCulture),
        _ => ValueJson.ToElsaText(value),
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

    private static Value ToBytes(Value value)
    {
        if (value.Text is not { } text)
        {
            return Value.Null;
        }

        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var written)
            ? TypedScalar.From(bytes[..written])
            : throw new ExpressionException("The input is not a valid Base-64 string.");
    }

    private static Value ToDictionary(Value value, TypeKind type)
    {
        var made = value.Text is { } text ? (StartsAsJson(text) ? Parse(text) : Value.Null) : value;
        if (made.Members is not { } members)
        {
            return made.Kind == ValueKind.Array && value.Text is not null ? throw new ExpressionException($"Failed to deserialize {value.Text}") : Value.Null;
        }

        foreach (var (_, member) in type == TypeKind.TextDictionary ? members.Members : [])
        {
            if (member.Kind is not (ValueKind.String or ValueKind.Null))
            {
                throw new ExpressionException("The members must be texts.");
            }
        }

        return made;
    }

    /// <summary>A list of texts takes a text as its only element; to any other list, a text is a row of characters.</summary>
    private static Value ToList(Value value, TypeKind element)
    {
        if (value.Text is { } text)
        {
            if (StartsAsJson(text))
            {
                return Parse(text) is { Kind: ValueKind.Array } parsed ? Checked(parsed, element) : throw new ExpressionException($"Failed to deserialize {text}");
            }

            return string.IsNullOrWhiteSpace(text) ? Value.Null
                : element == TypeKind.Text ? Value.From([value])
                : Value.From([.. text.Select(character => OfCharacter(character, element))]);
        }

        if (value.Kind != ValueKind.Array)
        {
            return value.Kind == ValueKind.Object ? value : Value.Null;
        }

        if (element == TypeKind.Object)
        {
            return value;
        }

        var made = new Value[value.Items.Length];
        for (var i = 0; i < made.Length; i++)
        {
            made[i] = To(value.Items[i], element);
        }

        return Value.From(made);
    }

    private static Value OfCharacter(char character, TypeKind element) => element switch
    {
        TypeKind.Object => character.ToString(),
        TypeKind.Int16 or TypeKind.Int32 or TypeKind.Int64 => character,
        TypeKind.Single or TypeKind.Double or TypeKind.Decimal => 0,
        TypeKind.Boolean => Value.False,
        _ => Value.Null,
    };

    /// <summary>JSON is read into a typed list without any conversion: each element must be of its type.</summary>
    private static Value Checked(Value list, TypeKind element)
    {
        foreach (var item in list.Items)
        {
            var fits = element switch
            {
                TypeKind.Text => item.Kind is ValueKind.String or ValueKind.Null,
                TypeKind.Boolean => item.IsBoolean,
                TypeKind.Int16 or TypeKind.Int32 or TypeKind.Int64 => item.Whole is not null && NumberConversion.Fits(item.Number, element),
                TypeKind.Single or TypeKind.Double or TypeKind.Decimal => item.IsNumber,
                TypeKind.Dictionary => item.Kind is ValueKind.Object or ValueKind.Null,
                _ => true,
            };
            if (!fits)
            {
                throw new ExpressionException("An element of the list is not of its type.");
            }
        }

        return element is TypeKind.Single or TypeKind.Decimal or TypeKind.Guid or TypeKind.DateTime or TypeKind.DateTimeOffset or TypeKind.TimeSpan ? ToList(list, element) : list;
    }

    /// <summary>Text that begins like JSON is read as JSON, and no date or decimal is written so.</summary>
    private static Value RefuseJson(Value value) => value.Text is { } text && StartsAsJson(text) ? throw new ExpressionException($"Failed to deserialize {text}") : value;

    private static bool StartsAsJson(string text) => text.AsSpan().TrimStart() is ['{' or '[', ..];

    private static Value Parse(string text)
    {
        try
        {
            return Value.Parse(text);
        }
        catch (JsonException)
        {
            throw new ExpressionException($"Failed to deserialize {text}");
        }
    }
}
