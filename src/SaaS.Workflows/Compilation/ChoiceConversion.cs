using System.Globalization;
using SaaS.Workflows.Expressions;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Compilation;

/// <summary>Into one of several names, as .NET reads the enumerations behind them.</summary>
internal static class ChoiceConversion
{
    /// <summary>How a join of a flowchart waits, in the order in which Elsa numbers them.</summary>
    public static readonly string[] JoinModes = ["WaitAll", "WaitAllActive", "WaitAny"];

    /// <summary>Whether the first case that holds is taken or all of them.</summary>
    public static readonly string[] SwitchModes = ["MatchFirst", "MatchAny"];

    /// <summary>Whether a fork that is no step of a flowchart waits for all its branches or for one.</summary>
    public static readonly string[] ForkModes = ["WaitAll", "WaitAny"];

    /// <summary>The name; a number where none has it. What has no way to a name becomes the first, for example a truth value.</summary>
    /// <exception cref="ExpressionException">It is text that no name or number stands in, or a number beyond 32 bits.</exception>
    public static Value To(Value value, string[] names)
    {
        if (value.Text is { } text && value.Typed is null)
        {
            return names.Contains(text, StringComparer.Ordinal) ? value : Named(Parse(text, names), names);
        }

        return value.IsPlain && value.IsNumber
            ? Math.Round(value.Number, MidpointRounding.ToEven) is >= int.MinValue and <= int.MaxValue and var number ? Named((int)number, names) : throw new ExpressionException("Value was either too large or too small for an Int32.")
            : names[0];
    }

    /// <summary>The number behind one of the names. Names with commas between them are the bits of all of them.</summary>
    /// <exception cref="ExpressionException">There is no such name.</exception>
    public static int Parse(string text, string[] names, StringComparison comparison = StringComparison.Ordinal)
    {
        if (int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        foreach (var part in text.Split(','))
        {
            var index = Array.FindIndex(names, name => name.Equals(part.Trim(), comparison));
            number |= index >= 0 ? index : throw new ExpressionException($"Requested value '{text}' was not found.");
        }

        return number;
    }

    private static Value Named(int number, string[] names) => number >= 0 && number < names.Length ? names[number] : number;
}
