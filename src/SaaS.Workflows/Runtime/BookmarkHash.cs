using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Runtime;

/// <summary>Elsa's hash of a bookmark or trigger: SHA-256 in upper-case hexadecimal of name, payload and instance, joined by a bar.</summary>
public static class BookmarkHash
{
    /// <param name="name">The name of the stimulus, usually the activity's type.</param>
    /// <param name="payload">The payload; an object's members are written in Pascal case, as Elsa's classes are, and left out when null.</param>
    /// <param name="activityInstance">The running activity, when the stimulus is meant for it alone.</param>
    public static string Of(string name, Value payload, string? activityInstance)
    {
        var text = new StringBuilder(name);
        if (!payload.IsNothing)
        {
            text.Append('|').Append(Json(PascalCase(payload)));
        }

        if (activityInstance is not null)
        {
            text.Append('|').Append(activityInstance);
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <summary>System.Text.Json's own way of escaping counts here, so Hangul is hashed as escapes.</summary>
    private static string Json(Value payload)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            payload.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static Value PascalCase(Value payload)
    {
        if (payload.Members is not { } members)
        {
            return payload;
        }

        var pascal = new ValueObject(members.Count);
        foreach (var (name, value) in members.Members)
        {
            if (value.IsNothing)
            {
                continue;
            }

            pascal.Set(name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..], value);
        }

        return Value.From(pascal);
    }
}
