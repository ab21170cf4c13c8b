using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SaaS.Workflows.Definitions;

namespace SaaS.Web.Designer;

/// <summary>The grant as a whole of a step that shares a cost, and percentages as they are typed.</summary>
internal static class ShareInput
{
    public static JsonObject? GrantOf(ActivityDefinition? step)
        => step?.Property("grant") is { ValueKind: JsonValueKind.Object } grant ? JsonObject.Create(grant)!.DeepClone().AsObject() : null;

    /// <summary>What it is of the cost; 0 without one.</summary>
    public static int GrantBasisPoints(ActivityDefinition? step) => (int?)GrantOf(step)?["targetBp"] ?? 0;

    public static string Percent(int basisPoints) => (basisPoints / 100m).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>From 0 to 100 with at most two decimals.</summary>
    public static bool TryRead(string? typed, out int basisPoints)
    {
        basisPoints = 0;
        if (!decimal.TryParse((typed ?? "").Replace("%", "", StringComparison.Ordinal).Trim(), NumberStyles.Number, CultureInfo.InvariantCulture, out var percent)
            || percent is < 0 or > 100 || percent * 100 != decimal.Truncate(percent * 100))
        {
            return false;
        }

        basisPoints = (int)(percent * 100);
        return true;
    }
}
