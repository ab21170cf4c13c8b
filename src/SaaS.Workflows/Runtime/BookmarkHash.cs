using System.Security.Cryptography;
using System.Text;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Runtime;

/// <summary>Elsa's hash of a bookmark or trigger: SHA-256 in upper-case hexadecimal of name, payload and instance, joined by a bar.</summary>
public static class BookmarkHash
{
    /// <param name="name">The name of the stimulus, usually the activity's type.</param>
    /// <param name="payload">The payload; an object's members are written in Pascal case, as Elsa's classes are.</param>
    /// <param name="activityInstance">The running activity, when the stimulus is meant for it alone.</param>
    public static string Of(string name, Value payload, string? activityInstance)
    {
        var text = new StringBuilder(name);
        if (!payload.IsNothing)
        {
            text.Append('|').Append(PascalCase(payload).ToJson());
        }

        if (activityInstance is not null)
        {
            text.Append('|').Append(activityInstance);
        }

        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
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
            pascal.Set(name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..], value);
        }

        return Value.From(pascal);
    }
}
