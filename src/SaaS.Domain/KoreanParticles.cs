namespace SaaS.Domain;

/// <summary>
/// Korean particles change with the sound before them, so a sentence with a name put in is written with both, <c>이(가)</c>, and settled when
/// the name is known: 평가 단계가, 협약 체결이.
/// </summary>
public static class KoreanParticles
{
    // After a final consonant, after a vowel. The last one counts ㄹ as a vowel: 서울로.
    private static readonly (string Written, string Closed, string Open)[] Pairs =
    [
        ("이(가)", "이", "가"),
        ("을(를)", "을", "를"),
        ("은(는)", "은", "는"),
        ("과(와)", "과", "와"),
        ("와(과)", "과", "와"),
        ("(으)로", "으로", "로"),
    ];

    /// <summary>Settles every particle that is written with both forms. After letters and signs whose sound nobody knows both stay.</summary>
    public static string Settle(string sentence)
    {
        if (sentence is null || !sentence.Contains('(', StringComparison.Ordinal))
        {
            return sentence!;
        }

        foreach (var (written, closed, open) in Pairs)
        {
            for (var at = sentence.IndexOf(written, StringComparison.Ordinal); at >= 0;)
            {
                var chosen = FinalOf(sentence.AsSpan(0, at)) switch
                {
                    Final.None => open,
                    Final.Rieul => written == "(으)로" ? open : closed,
                    Final.Other => closed,
                    _ => written,
                };
                sentence = string.Concat(sentence.AsSpan(0, at), chosen, sentence.AsSpan(at + written.Length));
                var next = at + chosen.Length;
                at = next < sentence.Length ? sentence.IndexOf(written, next, StringComparison.Ordinal) : -1;
            }
        }

        return sentence;
    }

    private static Final FinalOf(ReadOnlySpan<char> before)
    {
        before = WithoutEnclosed(before.TrimEnd("’‘'\"”“」』》〉"));
        return before is [.., var last] ? last switch
        {
            >= '가' and <= '힣' => ((last - '가') % 28) switch { 0 => Final.None, 8 => Final.Rieul, _ => Final.Other },
            '1' or '7' or '8' => Final.Rieul,
            '0' or '3' or '6' => Final.Other,
            '2' or '4' or '5' or '9' or '%' => Final.None,
            _ => Final.Unknown,
        }
        : Final.Unknown;
    }

    // What stands in brackets is not read aloud: the particle goes with the word before.
    private static ReadOnlySpan<char> WithoutEnclosed(ReadOnlySpan<char> before)
    {
        if (before is not [.., ')'])
        {
            return before;
        }

        var opens = before.LastIndexOf('(');
        return opens > 0 ? before[..opens].TrimEnd("’‘'\"”“」』》〉 ") : before[..^1];
    }

    private enum Final
    {
        Unknown,
        None,
        Rieul,
        Other,
    }
}
