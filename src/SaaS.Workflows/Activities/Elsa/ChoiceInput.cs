using System.Globalization;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Activities.Elsa;

/// <summary>An input that is one of several names.</summary>
internal static class ChoiceInput
{
    /// <summary>The number of the choice: by its exact name or by a number, which is not checked; the first when nothing is given.</summary>
    /// <exception cref="ActivityFaultException">It is some other text.</exception>
    public static int Of(Value value, string input, ReadOnlySpan<string> names)
    {
        if (value.Text is not { } text)
        {
            return value.Whole is >= 0 and <= int.MaxValue and var whole ? (int)whole : 0;
        }

        var named = names.IndexOf(text);
        return named >= 0 || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out named)
            ? named
            : throw new ActivityFaultException($"Failed to evaluate activity input '{input}'");
    }
}
