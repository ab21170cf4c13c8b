using System.Text.Json;
using SaaS.Domain.Money;
using SaaS.Web.Kit;
using SaaS.Workflows.Definitions;

namespace SaaS.Web.Pages.Company;

/// <summary>What a programme lets an applicant choose.</summary>
public static class CallChoices
{
    public static IReadOnlyList<Choice> Tiers(WorkflowDefinition definition) => Read(definition, "Grant.ChooseTier", "tiers", "tier");

    public static IReadOnlyList<Choice> Documents(WorkflowDefinition definition) => Read(definition, "Grant.ApplicationStage", "documents", "code");

    /// <summary>Whether it matters what of the firm's part is no money.</summary>
    public static bool AsksInKind(WorkflowDefinition definition)
        => definition.Json.GetRawText() is var text && (text.Contains(nameof(ShareBase.FirmCashShare), StringComparison.Ordinal) || text.Contains("firmInKind", StringComparison.Ordinal));

    /// <summary>Whether a rule takes only those who name something for a fact, as a supplier or equipment.</summary>
    public static bool Demands(WorkflowDefinition definition, params string[] facts) => definition.Root.Flowchart.Activities
        .Where(step => step.Type == "Grant.CheckEligibility")
        .Select(step => step.Property("rules"))
        .Where(rules => rules is { ValueKind: JsonValueKind.Array })
        .SelectMany(rules => rules!.Value.EnumerateArray())
        .Any(rule => facts.Contains(Text(rule, "field")) && Text(rule, "operator") switch
        {
            "contains" or "in" => true,
            "ne" => Text(rule, "value").Length == 0,
            "eq" => !(rule.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is ""),
            _ => false,
        });

    private static IReadOnlyList<Choice> Read(WorkflowDefinition definition, string type, string list, string code)
    {
        var found = definition.Root.Flowchart.Activities.FirstOrDefault(activity => activity.Type == type)?.Property(list);
        return found is not { ValueKind: JsonValueKind.Array } entries
            ? []
            : [.. entries.EnumerateArray().Select(entry => new Choice(Text(entry, code), Language.Of(Text(entry, "ko"), Text(entry, "en")))).DistinctBy(choice => choice.Value)];
    }

    private static string Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
