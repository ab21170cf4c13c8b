using System.Text.Json.Nodes;

namespace SaaS.Platform.Onboarding;

/// <summary>How a tenant's pages are marked, from its settings.</summary>
/// <param name="Ko">The name shown at the top of its pages; null shows the tenant's own.</param>
/// <param name="En">The same in English.</param>
/// <param name="Colour">One of <see cref="Colours"/>.</param>
public sealed record Branding(string? Ko, string? En, string Colour)
{
    public const string Plain = "blue";

    /// <summary>Each stands out from white by 4.5 to 1 and more; the style sheet has their values.</summary>
    public static readonly IReadOnlyList<string> Colours = [Plain, "teal", "green", "purple", "red", "brown"];

    /// <summary>Reads a tenant's settings; what is not there is plain.</summary>
    public static Branding Of(string? settings)
    {
        var brand = (settings is null ? null : JsonNode.Parse(settings))?["brand"];
        return new Branding((string?)brand?["ko"], (string?)brand?["en"], Colours.FirstOrDefault(colour => colour == (string?)brand?["colour"], Plain));
    }

    internal JsonObject ToJson() => new() { ["ko"] = Ko, ["en"] = En, ["colour"] = Colour };
}
