namespace SaaS.Web.Kit;

/// <summary>A business number as people write it: <c>124-81-00998</c>.</summary>
public static class BusinessNumberText
{
    public static string Of(string digits) => digits.Length == 10 ? $"{digits[..3]}-{digits[3..5]}-{digits[5..]}" : digits;
}
