using System.Globalization;

namespace SaaS.Web.Kit;

/// <summary>Amounts of won in words and figures.</summary>
public static class WonText
{
    private const long Man = 10_000;
    private const long Eok = 100_000_000;
    private const long Jo = 1_000_000_000_000;

    /// <summary><c>120,000,000</c>; the sign in front.</summary>
    public static string Figures(long won) => won.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary><c>120,000,000원</c>, in English <c>₩120,000,000</c>.</summary>
    public static string Full(long won) => Language.IsKorean ? Figures(won) + "원" : (won < 0 ? "−₩" : "₩") + Figures(won).TrimStart('-');

    /// <summary>
    /// The amount as it is spoken, because nobody counts nine digits: <c>1억 2,000만 원</c>, in English <c>₩120 million</c>.
    /// Empty when the figures are as short.
    /// </summary>
    public static string Spoken(long won)
    {
        if (won is > -Man and < Man)
        {
            return "";
        }

        return Language.IsKorean ? SpokenKorean(won) : SpokenEnglish(won);
    }

    private static string SpokenKorean(long won)
    {
        var rest = Math.Abs((decimal)won);
        var parts = new List<string>();
        foreach (var (unit, word) in new[] { (Jo, "조"), (Eok, "억"), (Man, "만"), (1L, "") })
        {
            var count = decimal.Floor(rest / unit);
            rest -= count * unit;
            if (count > 0)
            {
                parts.Add(count.ToString("#,0", CultureInfo.InvariantCulture) + word);
            }
        }

        return (won < 0 ? "−" : "") + string.Join(' ', parts) + " 원";
    }

    private static string SpokenEnglish(long won)
    {
        var amount = Math.Abs((decimal)won);
        var (value, word) = amount >= 1_000_000_000 ? (amount / 1_000_000_000, "billion") : amount >= 1_000_000 ? (amount / 1_000_000, "million") : (amount / 1_000, "thousand");
        return $"{(won < 0 ? "−" : "")}₩{decimal.Round(value, 3):0.###} {word}";
    }

    /// <summary>Basis points as a percentage without useless zeros: 1500 → <c>15%</c>, 3333 → <c>33.33%</c>.</summary>
    public static string Percent(int basisPoints) => (basisPoints / 100m).ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
