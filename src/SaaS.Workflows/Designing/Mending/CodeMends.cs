using System.Globalization;
using System.Text.Json.Nodes;
using SaaS.Domain.Codes;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Programmes;

namespace SaaS.Workflows.Designing.Mending;

/// <summary>Fields and codes that nobody knows, or that hold at another time.</summary>
internal static class CodeMends
{
    public static IEnumerable<Mend> For(Problem problem, Design design)
    {
        var written = (string?)design.At(problem.Pointer) ?? "";
        var closest = problem.Code == "code-not-valid-then"
            ? Neighbours(written)
            : problem.Code == "unknown-field" ? Closest(written, FactNames.All) : [];
        foreach (var code in closest)
        {
            var name = problem.Code == "unknown-field" ? FactNames.Of(code) : ShareWords.Place(code);
            yield return new(new($"‘{written}’ 대신 {name.Ko}({code})", $"{name.En} ({code}) in place of '{written}'"), design.SetAt(problem.Pointer, code));
        }

        yield return Remove(problem, design, written);
    }

    // What the code was before or became after.
    private static IEnumerable<string> Neighbours(string code)
    {
        var successor = Regions.Find(code[..2])?.SucceededBy;
        foreach (var region in Regions.All.Where(region => region.Code == successor || region.SucceededBy == code[..2]))
        {
            var other = region.Code + code[2..];
            if (other.Length == 2 || Municipalities.Find(other) is not null)
            {
                yield return other;
            }
        }
    }

    private static IEnumerable<string> Closest(string written, IEnumerable<string> known)
        => known.Select(name => (Name: name, Distance: Distance(written, name))).Where(each => each.Distance <= 3).OrderBy(each => each.Distance).Select(each => each.Name).Take(2);

    // The last code of a list takes its condition along, and the last condition of an "or" its rule.
    private static Mend Remove(Problem problem, Design design, string written)
    {
        var parts = problem.Pointer.Split('/');
        var isCode = parts[^2] == "value";
        if (isCode && design.At(string.Join('/', parts[..^1])) is JsonArray { Count: > 1 })
        {
            return new(new($"코드 ‘{written}’ 빼기", $"Take the code '{written}' out"), design.SetAt(problem.Pointer, null));
        }

        var row = Array.FindLastIndex(parts, part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _) && !(isCode && part == parts[^1]));
        var pointer = string.Join('/', parts[..(row + 1)]);
        if (parts[row - 1] == "value")
        {
            var holder = string.Join('/', parts[..(row - 1)]);
            var rule = design.At(holder)!.AsObject();
            ConditionRow.RemoveAlternative(rule, int.Parse(parts[row], CultureInfo.InvariantCulture));
            return new(new("이 조건 빼기", "Take this condition out"), design.SetAt(holder, rule));
        }

        return parts[row - 1] == "overrides"
            ? new(new($"이 지역({written}) 예외 빼기", $"Take the exception for {written} out"), design.SetAt(pointer, null))
            : new(new("이 조건 빼기", "Take this condition out"), design.SetAt(pointer, null));
    }

    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (char.ToLowerInvariant(one[i - 1]) == char.ToLowerInvariant(other[j - 1]) ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
