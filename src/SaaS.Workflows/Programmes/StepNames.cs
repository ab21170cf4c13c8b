using System.Text.Json;
using SaaS.Workflows.Activities;
using SaaS.Workflows.Definitions;

namespace SaaS.Workflows.Programmes;

/// <summary>What people call a step: the definition's own words, as the designer and Studio show them, else those of its type.</summary>
public static class StepNames
{
    /// <summary>Korean stands in <c>metadata.displayText</c>, English in <c>customProperties.displayTextEn</c>.</summary>
    public static Words Of(ActivityDefinition activity)
    {
        var type = ActivityCatalogue.Standard.Find(activity.Type)?.Descriptor.DisplayName;
        var own = activity.Property("metadata") is { } metadata ? ActivityDefinition.Text(metadata, "displayText") : null;
        var ko = Filled(own) ?? Filled(type?.Ko) ?? activity.Name ?? activity.Type;
        return new Words(ko, Text(activity.CustomProperty("displayTextEn")) ?? (Filled(own) is null ? Filled(type?.En) : null) ?? own ?? ko);
    }

    private static string? Text(JsonElement? element) => element is { ValueKind: JsonValueKind.String } text ? Filled(text.GetString()) : null;

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
