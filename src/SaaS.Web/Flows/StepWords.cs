using System.Text.Json;
using Microsoft.Extensions.Localization;
using SaaS.Web.Kit;
using SaaS.Web.Texts;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Programmes;

namespace SaaS.Web.Flows;

/// <summary>What a step of a programme is called: the words of its definition where it has some, else the words of its kind.</summary>
public sealed class StepWords(IStringLocalizer<SharedTexts> texts)
{
    public string Title(ActivityDefinition activity)
    {
        if (OwnWords(activity) is { Length: > 0 } own)
        {
            return own;
        }

        return activity.Type switch
        {
            "Grant.CommitShare" => texts["step.commit", Funder(Text(activity, "funder"))],
            "Grant.DisbursementStage" => texts["step.disbursement", Text(activity, "tranche") ?? ""],
            "Grant.InspectionStage" => texts["step.inspection." + (Text(activity, "kind") ?? "Final")],
            "Grant.ShareCost" when Text(activity, "tier") is { } tier => texts["step.share-cost", tier],
            _ => Known("step." + activity.Type) ?? activity.Name ?? activity.Id,
        };
    }

    public string Kind(ActivityDefinition activity) => Known("kind." + activity.Type) ?? texts["kind.step"];

    /// <summary>The word on the arrow of an outcome; null for an outcome that goes without saying.</summary>
    public string? Outcome(ActivityDefinition activity, string outcome)
    {
        if (outcome is "Done" or "Default")
        {
            return null;
        }

        var name = OutcomeNames.Of(activity, outcome);
        return Language.Of(name.Ko, name.En);
    }

    public string Funder(string? funder) => funder is null ? "" : Known("funder." + funder) ?? funder;

    private static string? OwnWords(ActivityDefinition activity)
    {
        var ko = activity.Type == "Grant.HumanTask" ? Text(activity, "titleKo") : activity.Property("metadata") is { } metadata ? Member(metadata, "displayText") : null;
        var en = activity.Type == "Grant.HumanTask" ? Text(activity, "titleEn") : activity.CustomProperty("displayTextEn") is { ValueKind: JsonValueKind.String } words ? words.GetString() : null;
        // A definition with words in one language only leaves the other to the words of the kind.
        return Language.IsKorean ? ko : en;
    }

    private string? Known(string key) => texts[key] is { ResourceNotFound: false } words ? words.Value : null;

    /// <summary>A property as text, whether it stands there bare or as an Elsa input with a literal.</summary>
    internal static string? Text(ActivityDefinition activity, string property)
    {
        var value = activity.Property(property);
        if (value is { ValueKind: JsonValueKind.Object } input && input.TryGetProperty("expression", out var expression) && expression.TryGetProperty("value", out var literal))
        {
            value = literal;
        }

        return value?.ValueKind switch
        {
            JsonValueKind.String => value.Value.GetString(),
            JsonValueKind.Number => value.Value.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => null,
        };
    }

    private static string? Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
