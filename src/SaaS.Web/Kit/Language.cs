using System.Globalization;

namespace SaaS.Web.Kit;

/// <summary>Which of a pair of sentences the reader sees. Korean is the first language and the answer when English is missing.</summary>
public static class Language
{
    public static bool IsKorean => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "ko";

    public static string Code => IsKorean ? "ko" : "en";

    public static string Of(string? ko, string? en) => (IsKorean || string.IsNullOrWhiteSpace(en) ? ko : en) ?? "";

    /// <summary>Words that elsewhere stand inside a sentence, as a label of their own: with a capital, where the language has such.</summary>
    public static string Label(string words) => words.Length == 0 ? words : char.ToUpper(words[0], CultureInfo.CurrentUICulture) + words[1..];
}
