using System.Globalization;

namespace SaaS.Domain.Money;

/// <summary>Reads amounts as officials write them: 1억 2천만 원, 2억5000만, 1.5억, 10조.</summary>
public static class WonWords
{
    private static readonly (char Unit, decimal Worth)[] Large = [('조', 1_000_000_000_000m), ('억', 100_000_000m), ('만', 10_000m)];
    private static readonly (char Unit, decimal Worth)[] Small = [('천', 1_000m), ('백', 100m), ('십', 10m)];

    /// <summary>False where no such unit is written, or the text is no whole amount below ten thousand trillion won.</summary>
    public static bool TryRead(string text, out long won)
    {
        won = 0;
        var rest = string.Concat(text.Where(letter => !char.IsWhiteSpace(letter) && letter is not (',' or '₩' or '원')));
        if (rest.Length is 0 or > 40 || !rest.Any(letter => Large.Concat(Small).Any(each => each.Unit == letter)))
        {
            return false;
        }

        var total = 0m;
        foreach (var (unit, worth) in Large)
        {
            if (rest.IndexOf(unit, StringComparison.Ordinal) is >= 0 and var at)
            {
                if (!TryReadSmall(rest[..at], out var count))
                {
                    return false;
                }

                total += count * worth;
                rest = rest[(at + 1)..];
            }
        }

        if (rest.Length > 0)
        {
            if (!TryReadSmall(rest, out var left))
            {
                return false;
            }

            total += left;
        }

        if (total != decimal.Truncate(total) || total >= 10_000_000_000_000_000m)
        {
            return false;
        }

        won = (long)total;
        return true;
    }

    // 2천5백, 1500, 1.5; 천 alone is one thousand.
    private static bool TryReadSmall(string text, out decimal count)
    {
        count = 0;
        var rest = text;
        foreach (var (unit, worth) in Small)
        {
            if (rest.IndexOf(unit, StringComparison.Ordinal) is >= 0 and var at)
            {
                var each = 1m;
                if (at > 0 && !IsCount(rest[..at], out each))
                {
                    return false;
                }

                count += each * worth;
                rest = rest[(at + 1)..];
            }
        }

        if (rest.Length == 0)
        {
            return text.Length > 0;
        }

        if (!IsCount(rest, out var last))
        {
            return false;
        }

        count += last;
        return true;
    }

    private static bool IsCount(string text, out decimal count)
        => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out count) && count < 10_000_000_000m;
}
