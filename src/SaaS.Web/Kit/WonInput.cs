using System.Globalization;
using System.Numerics;
using SaaS.Domain.Money;

namespace SaaS.Web.Kit;

/// <summary>Reads an amount as people type it: <c>120,000,000</c>, <c>120000000원</c>, <c>1억 2천만 원</c>.</summary>
public static class WonInput
{
    /// <summary>False when it is no whole number or fits in no amount; the reason goes to <paramref name="errors"/>. An empty field gives null.</summary>
    public static bool TryRead(string? typed, string where, FormErrors errors, out long? won)
    {
        won = null;
        var digits = string.Concat((typed ?? "").Where(letter => !char.IsWhiteSpace(letter) && letter is not (',' or '원' or '₩')));
        if (digits.Length == 0)
        {
            return true;
        }

        if (WonWords.TryRead(digits, out var said))
        {
            won = said;
            return true;
        }

        if (digits.Length > 40 || !BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            errors.Add(where, "금액은 120,000,000이나 1억 2천만처럼 적어 주세요.", "Write the amount in digits, for example 120,000,000.");
            return false;
        }

        if (number > long.MaxValue || number < long.MinValue)
        {
            errors.Add(where, "금액이 너무 큽니다. 자릿수를 확인하세요.", "The amount is too large. Check its digits.");
            return false;
        }

        won = (long)number;
        return true;
    }

    /// <summary>What was typed, with separators when it is a number.</summary>
    public static string? Tidy(string? typed) => TryRead(typed, "", new FormErrors(), out var won) && won is { } amount ? WonText.Figures(amount) : typed;
}
