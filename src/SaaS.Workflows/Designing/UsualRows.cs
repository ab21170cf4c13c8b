using System.Text.Json;
using System.Text.Json.Nodes;
using SaaS.Workflows.Templates;

namespace SaaS.Workflows.Designing;

/// <summary>A list that programmes have used before: documents, a score sheet, a checklist. Whoever starts from nothing need not write it again.</summary>
/// <param name="Title">How many rows, and which programmes have it.</param>
public sealed record UsualRows(Words Title, JsonArray Rows)
{
    private static readonly Lazy<ILookup<string, UsualRows>> Read = new(() => new[] { "documents", "criteria", "checklist" }
        .SelectMany(input => In(input).Select(rows => (input, rows)))
        .ToLookup(pair => pair.input, pair => pair.rows, StringComparer.Ordinal));

    /// <summary>The different lists of an input, the one that most programmes have first; empty where it holds no such list.</summary>
    public static IReadOnlyList<UsualRows> Of(string input) => [.. Read.Value[input]];

    /// <summary>Documents come beside those that are asked already; any other list takes the place of the old one, because its weights belong together.</summary>
    public JsonArray Onto(JsonArray rows)
    {
        if (!Rows.OfType<JsonObject>().All(row => row.ContainsKey("required")))
        {
            return Rows.DeepClone().AsArray();
        }

        var together = rows.DeepClone().AsArray();
        var known = together.Select(row => (string?)row!["code"]).ToHashSet();
        foreach (var row in Rows.Where(row => !known.Contains((string?)row!["code"])))
        {
            together.Add(row!.DeepClone());
        }

        return together;
    }

    private static IEnumerable<UsualRows> In(string input) => ProgrammeTemplates.All
        .Where(template => template.Name != "blank")
        .SelectMany(template => template.Definition.Root.Flowchart.Activities
            .Where(step => step.Json.TryGetProperty(input, out var rows) && rows.ValueKind == JsonValueKind.Array)
            .Select(step => (template.Title, Rows: step.Json.GetProperty(input).GetRawText())))
        .GroupBy(list => JsonNode.Parse(list.Rows)!.ToJsonString())
        .Select(group => (Lists: group.DistinctBy(list => list.Title.Ko).ToList(), Rows: JsonNode.Parse(group.Key)!.AsArray()))
        .OrderByDescending(group => group.Lists.Count)
        .Select(group => new UsualRows(Name(group.Lists[^1].Title, group.Lists.Count - 1, group.Rows.Count), group.Rows));

    private static Words Name(Words programme, int others, int rows) => new(
        $"{rows}개 - {programme.Ko}{(others > 0 ? $" 등 {others + 1}개 사업" : "")}",
        $"{rows} rows - {programme.En}{(others > 0 ? $" and {others} more" : "")}");
}
