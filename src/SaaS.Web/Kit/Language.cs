using System.Globalization;

namespace SaaS.Web.Kit;

/// <summary>Which of a pair of sentences the reader sees. Korean is the first language and the answer when English is missing.</summary>
public static class Language
{
    public static bool IsKorean => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ko";

    public static string Code => IsKorean ? "ko" : "en";

    public static string Of(string? ko, string? en) => (IsKorean || string.IsNullOrWhiteSpace(en) ? ko : en) ?? "";
}
