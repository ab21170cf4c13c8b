using System.Text.Json;

namespace SaaS.Platform.Inspections;

/// <summary>One thing that an inspector looks at.</summary>
/// <param name="Code">Stable within the programme.</param>
/// <param name="Ko">What must be so.</param>
/// <param name="En">The same in English.</param>
public sealed record ChecklistItem(string Code, string Ko, string En)
{
    internal static IReadOnlyList<ChecklistItem> ReadAll(string json)
        => JsonSerializer.Deserialize<List<ChecklistItem>>(json, JsonSerializerOptions.Web) ?? [];
}
