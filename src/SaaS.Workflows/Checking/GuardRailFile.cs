using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime.Text;

namespace SaaS.Workflows.Checking;

/// <summary>Guard rails as JSON: the file <c>workflows/guard-rails.json</c>, and the limits as a database keeps them.</summary>
public static class GuardRailFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(allowIntegerValues: false) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    private static readonly Lazy<IReadOnlyList<Written>> Built = new(() =>
    {
        using var reader = new StreamReader(typeof(GuardRailFile).Assembly.GetManifestResourceStream("guard-rails.json")!);
        return Read(reader.ReadToEnd(), out var problems) is { } rails && problems.Count == 0
            ? rails
            : throw new InvalidOperationException("The shipped guard rails cannot be read: " + string.Join(' ', problems.Select(problem => problem.En)));
    });

    /// <summary>Those of the product, in the order of the file.</summary>
    public static IReadOnlyList<Written> Shipped => Built.Value;

    /// <param name="Rail">What holds.</param>
    /// <param name="Reason">Why it was written.</param>
    public sealed record Written(GuardRail Rail, string Reason);

    private sealed record Document(IReadOnlyList<Row>? GuardRails);

    private sealed record Row(string? Model, bool NationalMoney, int FromYear, string? ValidFrom, string? Source, string? Reason, GuardRailLimits? Limits);

    public static string Write(GuardRailLimits limits) => JsonSerializer.Serialize(limits, Json);

    /// <exception cref="JsonException">It is not what <see cref="Write"/> wrote.</exception>
    public static GuardRailLimits ReadLimits(string json) => JsonSerializer.Deserialize<GuardRailLimits>(json, Json) ?? throw new JsonException("The limits are null.");

    /// <summary>Whether a text is such a file, so that a command that is given all files of a folder can tell.</summary>
    public static bool Looks(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("guardRails", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <param name="json">The text of the file.</param>
    /// <param name="problems">Everything wrong with it.</param>
    public static IReadOnlyList<Written> Read(string json, out IReadOnlyList<Problem> problems)
    {
        Document? document;
        try
        {
            document = JsonSerializer.Deserialize<Document>(json, Json);
        }
        catch (JsonException wrong)
        {
            problems = [new Problem("not-readable", "", null, Severity.Error, $"{wrong.LineNumber + 1}번째 줄을 읽을 수 없습니다.", $"Line {wrong.LineNumber + 1} cannot be read ({wrong.Path}).")];
            return [];
        }

        var found = new List<Problem>();
        var rails = new List<Written>();
        foreach (var (row, index) in (document?.GuardRails ?? []).Select((row, index) => (row, index)))
        {
            var at = $"/guardRails/{index}";
            var day = LocalDatePattern.Iso.Parse(row.ValidFrom ?? "");
            if (!day.Success)
            {
                found.Add(new Problem("day-unreadable", at + "/validFrom", null, Severity.Error, "시행일은 2025-03-04 형식이어야 합니다.", "The day is such as 2025-03-04."));
                continue;
            }

            var rail = new GuardRail(row.Model ?? "", row.NationalMoney, row.FromYear, day.Value, row.Limits ?? new GuardRailLimits(), row.Source ?? "");
            found.AddRange(GuardRailRules.Check(rail).Select(problem => problem with { Pointer = at + problem.Pointer }));
            rails.Add(new Written(rail, row.Reason ?? ""));
        }

        problems = found;
        return rails;
    }
}
