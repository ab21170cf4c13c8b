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
        return (name.Contains('.', StringComparison.Ordinal) && name.Contains(',', StringComparison.Ordinal))
            || name is "Object" or "object" or "Stream" or "JsonElement" or "JsonNode" or "JsonObject" or "JsonArray"
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
            "JSON" => TypeKind.Expando,
            "ObjectMap" => TypeKind.Map,
            "StringMap" => TypeKind.TextMap,
            "ObjectDictionary" => TypeKind.Dictionary,
            "StringDictionary" => TypeKind.TextDictionary,
            _ when simple.EndsWith("FlowJoinMode", StringComparison.Ordinal) => TypeKind.JoinMode,
            _ when simple.EndsWith("SwitchMode", StringComparison.Ordinal) => TypeKind.SwitchMode,
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
            TypeKind.Decimal => NumberConversion.ToDecimal(RefuseJson(value, "System.Decimal")),
            TypeKind.Guid => Guid.TryParse(RefuseJson(value, "System.Guid").Text, out var id) ? TypedScalar.From(id) : Default(value, TypedScalar.From(Guid.Empty)),
            TypeKind.TimeSpan => TimeSpan.TryParse(RefuseJson(value, "System.TimeSpan").Text, CultureInfo.InvariantCulture, out var span) ? TypedScalar.From(span) : Default(value, TypedScalar.From(TimeSpan.Zero)),
            TypeKind.DateTime => TimeConversion.ToDateTime(RefuseJson(value, "System.DateTime")),
            TypeKind.DateTimeOffset => TimeConversion.ToDateTimeOffset(RefuseJson(value, "System.DateTimeOffset")),
            TypeKind.Bytes => ToBytes(value),
            TypeKind.JoinMode => ChoiceConversion.To(value, ChoiceConversion.JoinModes),
            TypeKind.SwitchMode => ChoiceConversion.To(value, ChoiceConversion.SwitchModes),
            TypeKind.Expando or TypeKind.Map or TypeKind.TextMap or TypeKind.Dictionary or TypeKind.TextDictionary => ToDictionary(value, type),
            _ when (type & TypeKind.List) != 0 => ToList(value, type & ~(TypeKind.List | TypeKind.Collection), (type & TypeKind.Collection) != 0),
            _ => value,
        };
    }

    /// <summary>What a value without a way becomes: text of nothing but blanks is nothing, everything else the default of the type.</summary>
    public static Value Default(Value value, Value otherwise) => value.Text is { } text && string.IsNullOrWhiteSpace(text) ? Value.Null : otherwise;

    private static Value ToText(Value value) => value.Kind switch
    {
        ValueKind.Boolean => value.IsTrue ? "True" : "False",
        ValueKind.Number or ValueKind.String => value.Typed is { } typed ? typed.ToElsaText() : value.Number.ToString("R", CultureInfo.InvariantCulture),
        ValueKind.Object when value.Origin == ValueOrigin.Json => ValueJson.ToIndentedText(value),
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
        var isOfTexts = type is TypeKind.TextMap or TypeKind.TextDictionary;
        var isInterface = type is TypeKind.Dictionary or TypeKind.TextDictionary;
        var name = type == TypeKind.Expando ? "System.Dynamic.ExpandoObject" : $"System.Collections.Generic.{(isInterface ? "I" : "")}Dictionary`2[System.String,System.{(isOfTexts ? "String" : "Object")}]";
        var text = value.Text;
        var isJson = text is not null && StartsAsJson(text);
        var made = isJson ? Parse(text!, name) : value;
        if (made.Members is not { } members)
        {
            return isJson ? throw Unreadable(text!, name)
                : isInterface && (text is null || !string.IsNullOrWhiteSpace(text)) ? throw new ExpressionException($"Cannot dynamically create an instance of type '{name}'. Reason: Cannot create an instance of an interface.")
                : Value.Null;
        }

        foreach (var (_, member) in isOfTexts ? members.Members : [])
        {
            if (member.Kind is not (ValueKind.String or ValueKind.Null))
            {
                throw Unreadable(text ?? ValueJson.ToElsaText(value), name);
            }
        }

        return made.WithOrigin(type == TypeKind.Expando ? ValueOrigin.Outside : isOfTexts ? ValueOrigin.TextDictionary : ValueOrigin.Dictionary);
    }

    /// <summary>A list of texts takes a text as its only element; to any other list, a text is a row of characters.</summary>
    private static Value ToList(Value value, TypeKind element, bool isInterface)
    {
        var name = $"System.{(element == TypeKind.Text ? "String" : Enum.GetName(element))}[]";
        if (value.Typed is not null)
        {
            return Value.Null;
        }

        if (value.Text is { } text)
        {
            if (StartsAsJson(text))
            {
                return Parse(text, name) is { Kind: ValueKind.Array } parsed && AllFit(parsed, element)
                    ? ToElements(parsed, element)
                    : throw Unreadable(text, name);
            }

            return string.IsNullOrWhiteSpace(text) ? Value.Null
                : element == TypeKind.Text ? Value.From([value])
                : Value.From([.. text.Select(character => OfCharacter(character, element))]);
        }

        return value.Kind switch
        {
            ValueKind.Array => ToElements(value, element),
            ValueKind.Object => throw Unreadable(ValueJson.ToElsaText(value), name),
            _ => isInterface ? throw new ExpressionException($"Cannot dynamically create an instance of type '{name}'. Reason: Cannot create an instance of an interface.") : Value.Null,
        };
    }

    private static Value ToElements(Value list, TypeKind element)
    {
        if (element == TypeKind.Object)
        {
            return list.WithOrigin(ValueOrigin.Script);
        }

        var made = new Value[list.Items.Length];
        for (var i = 0; i < made.Length; i++)
        {
            made[i] = To(list.Items[i], element);
            if (made[i].IsNothing)
            {
                made[i] = OfNothing(element);
            }
        }

        return Value.From(made);
    }

    /// <summary>A number, a truth value, a date or an id has a default where nothing stands in a list.</summary>
    private static Value OfNothing(TypeKind element) => element switch
    {
        TypeKind.Int16 or TypeKind.Int32 or TypeKind.Int64 or TypeKind.Single or TypeKind.Double or TypeKind.Decimal => 0,
        TypeKind.Boolean => Value.False,
        TypeKind.Guid => TypedScalar.From(Guid.Empty),
        TypeKind.TimeSpan => TypedScalar.From(TimeSpan.Zero),
        TypeKind.DateTime => TypedScalar.From(DateTime.MinValue),
        TypeKind.DateTimeOffset => TypedScalar.From(DateTimeOffset.MinValue),
        _ => Value.Null,
    };

    private static Value OfCharacter(char character, TypeKind element) => element switch
    {
        TypeKind.Object => character.ToString(),
        TypeKind.Int16 or TypeKind.Int32 or TypeKind.Int64 => character,
        TypeKind.Single or TypeKind.Double or TypeKind.Decimal => 0,
        TypeKind.Boolean => Value.False,
        _ => Value.Null,
    };

    /// <summary>JSON is read into a typed list without any conversion: each element must be of its type.</summary>
    public static bool AllFit(Value list, TypeKind element)
    {
        foreach (var item in list.Items)
        {
            if (!Fits(item, element))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Fits(Value item, TypeKind element) => element switch
    {
        TypeKind.Text => item.Kind is ValueKind.String or ValueKind.Null,
        TypeKind.Boolean => item.IsBoolean,
        TypeKind.Int16 or TypeKind.Int32 or TypeKind.Int64 => item.Whole is not null && NumberConversion.Fits(item.Number, element),
        TypeKind.Single or TypeKind.Double or TypeKind.Decimal => item.IsNumber,
        TypeKind.Expando or TypeKind.Map or TypeKind.Dictionary => item.Kind is ValueKind.Object or ValueKind.Null,
        _ => true,
    };

    /// <summary>Text that begins like JSON is read as JSON, and no date or decimal is written so.</summary>
    private static Value RefuseJson(Value value, string type) => value.Text is { } text && StartsAsJson(text) ? throw Unreadable(text, type) : value;

    private static ExpressionException Unreadable(string text, string type) => new($"Failed to deserialize {text} to {type}");

    private static bool StartsAsJson(string text) => text.AsSpan().TrimStart() is ['{' or '[', ..];

    private static Value Parse(string text, string type)
    {
        try
        {
            return Value.Parse(text, ValueOrigin.Json);
        }
        catch (JsonException)
        {
            throw Unreadable(text, type);
        }
    }
}
