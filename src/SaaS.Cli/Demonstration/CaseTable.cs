using System.Globalization;
using System.Text;
using SaaS.Domain.Money;
using SaaS.Platform.Oversight;

namespace SaaS.Cli.Demonstration;

/// <summary>A finished case as a table of won, and where it differs from what must come out.</summary>
internal static class CaseTable
{
    /// <summary>One line a difference between the ledger and the shares; empty when there is none.</summary>
    public static IReadOnlyList<string> Differences(DemoCase walked, ViewCaseMoney.CaseMoney money)
    {
        var wrong = new List<string>();
        Compare(wrong, "총사업비 / total", walked.Total, money.Funders.Sum(funder => funder.Paid + funder.InKind));
        foreach (var expected in walked.Shares)
        {
            var name = Name(expected.Funder);
            var found = money.Funders.FirstOrDefault(funder => funder.Funder == expected.Funder);
            Compare(wrong, name, expected.Amount, found is null ? 0 : found.Paid + found.InKind);
            Compare(wrong, $"{name} 현물 / in kind", expected.InKind, found?.InKind ?? 0);
            Compare(wrong, $"{name} 미지급 / not paid", 0, found is null ? 0 : found.Reserved + found.Committed);
            var tranches = found?.Tranches ?? [];
            for (var number = 1; number <= Math.Max(expected.Tranches.Count, tranches.Count); number++)
            {
                Compare(wrong, $"{name} {number}차 / tranche {number}", expected.Tranches.ElementAtOrDefault(number - 1), tranches.ElementAtOrDefault(number - 1));
            }
        }

        wrong.AddRange(money.Funders
            .Where(funder => !walked.Shares.Any(share => share.Funder == funder.Funder))
            .Select(funder => $"{Name(funder.Funder)}: 있어서는 안 되는 재원입니다 / has no share here"));
        return wrong;
    }

    /// <param name="walked">The case.</param>
    /// <param name="money">What the ledger says.</param>
    /// <param name="closedTier">How the application was refused before KOSMO's grant.</param>
    public static string Print(DemoCase walked, ViewCaseMoney.CaseMoney money, string? closedTier)
    {
        var tranches = money.Funders.Max(funder => funder.Tranches.Count);
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{walked.Ko} / {walked.En}");
        text.AppendLine(CultureInfo.InvariantCulture, $"{money.ReceiptNumber} · {money.Status} · 총사업비 / total {walked.Total:N0}원");
        if (closedTier is not null)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  국비 배정 전 신청은 거절되었습니다 / refused until KOSMO granted: {closedTier}");
        }

        Row(text, "재원 / funder", "부담 / share", [.. Enumerable.Range(1, tranches).Select(number => $"{number}차 / tranche {number}")], "현물 / in kind", "지급 / paid");
        foreach (var funder in money.Funders)
        {
            Row(
                text,
                $"{Name(funder.Funder)} {funder.OrganisationKo}",
                Won(funder.Paid + funder.InKind + funder.Committed + funder.Reserved),
                [.. Enumerable.Range(0, tranches).Select(index => Won(funder.Tranches.ElementAtOrDefault(index)))],
                Won(funder.InKind),
                Won(funder.Paid));
        }

        Row(
            text,
            "합계 / sum",
            Won(money.Funders.Sum(funder => funder.Paid + funder.InKind + funder.Committed + funder.Reserved)),
            [.. Enumerable.Range(0, tranches).Select(index => Won(money.Funders.Sum(funder => funder.Tranches.ElementAtOrDefault(index))))],
            Won(money.Funders.Sum(funder => funder.InKind)),
            Won(money.Funders.Sum(funder => funder.Paid)));
        return text.ToString();
    }

    private static void Compare(List<string> wrong, string what, long expected, long found)
    {
        if (expected != found)
        {
            wrong.Add($"{what}: {expected:N0}원이어야 하는데 원장에는 {found:N0}원입니다 / must be {expected:N0}, the ledger says {found:N0}");
        }
    }

    private static string Name(Funder funder) => $"{FunderNames.Ko(funder)} / {FunderNames.En(funder)}";

    private static string Won(long amount) => amount.ToString("N0", CultureInfo.InvariantCulture);

    private static void Row(StringBuilder text, string name, string share, IReadOnlyList<string> tranches, string inKind, string paid)
    {
        text.Append("  ").Append(name).Append(' ', Math.Max(1, 46 - Width(name)));
        foreach (var cell in tranches.Prepend(share).Append(inKind).Append(paid))
        {
            text.Append(' ', Math.Max(1, 17 - Width(cell))).Append(cell);
        }

        text.AppendLine();
    }

    /// <summary>Columns of a terminal: Hangul takes two.</summary>
    private static int Width(string text) => text.EnumerateRunes().Sum(rune => rune.Value is (>= 0x1100 and <= 0x11FF) or (>= 0x3000 and <= 0xD7FF) or (>= 0xFF00 and <= 0xFF60) ? 2 : 1);
}
