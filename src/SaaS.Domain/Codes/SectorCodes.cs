using System.Text.RegularExpressions;

namespace SaaS.Domain.Codes;

/// <summary>Sectors as people write them: <c>C10, C11</c> or <c>C10~C34</c>.</summary>
public static partial class SectorCodes
{
    /// <summary>The codes one by one, each once; what is no code is kept as it was written, for whoever checks it.</summary>
    public static IReadOnlyList<string> Read(string? text)
        => [.. Range().Replace(text ?? "", "$1~$2")
            .Split([',', ' ', '·', '/', ';', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .SelectMany(part => Between(part.ToUpperInvariant()))
            .Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> Between(string part)
    {
        var ends = part.Split('~');
        var codes = Sectors.All.Select(sector => sector.Code).ToList();
        return ends.Length == 2 && codes.IndexOf(ends[0]) is >= 0 and var first && codes.IndexOf(ends[1]) is var last && last >= first
            ? codes[first..(last + 1)]
            : [part];
    }

    // A dash of any length, or a tilde, with or without blanks around it.
    [GeneratedRegex(@"(\w+)\s*[~\u223C\uFF5E\-\u2013\u2014]\s*(\w+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Range();
}
