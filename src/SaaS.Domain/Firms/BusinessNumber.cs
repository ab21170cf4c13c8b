using System.Diagnostics.CodeAnalysis;

namespace SaaS.Domain.Firms;

/// <summary>A Korean business registration number (사업자등록번호): ten digits, the last one a check digit. Written 124-81-00998.</summary>
/// <remarks>A right check digit says that it was not mistyped, not that the business exists.</remarks>
public readonly record struct BusinessNumber
{
    private static readonly int[] Weights = [1, 3, 7, 1, 3, 7, 1, 3, 5];

    private BusinessNumber(string digits) => Digits = digits;

    /// <summary>Ten digits without hyphens.</summary>
    public string Digits { get; }

    /// <summary>Reads what a person typed: spaces and hyphens do not matter.</summary>
    /// <returns>False with the reason in words.</returns>
    public static bool TryParse(string? typed, out BusinessNumber number, [NotNullWhen(false)] out Reason? problem)
    {
        number = default;
        var digits = string.Concat((typed ?? "").Where(character => character is not ('-' or ' ')));
        if (digits.Length != 10 || !digits.All(char.IsAsciiDigit))
        {
            problem = new Reason(
                "business-number-form",
                "사업자등록번호는 숫자 10자리입니다. 예: 124-81-00998",
                "A business registration number has 10 digits, for example 124-81-00998.")
            { Field = "businessNumber" };
            return false;
        }

        if (digits.All(digit => digit == '0') || CheckDigit(digits) != digits[9] - '0')
        {
            problem = new Reason(
                "business-number-check",
                "사업자등록번호가 올바르지 않습니다. 잘못 적은 숫자가 없는지 확인해 주세요.",
                "This business registration number is not valid. Please look for a mistyped digit.")
            { Field = "businessNumber" };
            return false;
        }

        number = new BusinessNumber(digits);
        problem = null;
        return true;
    }

    /// <summary>The check digit that belongs to the first nine digits.</summary>
    public static int CheckDigit(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var index = 0; index < 9; index++)
        {
            sum += (digits[index] - '0') * Weights[index];
        }

        sum += (digits[8] - '0') * 5 / 10;
        return (10 - (sum % 10)) % 10;
    }

    /// <summary>As people write it: 124-81-00998.</summary>
    public override string ToString() => Digits is null ? "" : $"{Digits[..3]}-{Digits[3..5]}-{Digits[5..]}";
}
