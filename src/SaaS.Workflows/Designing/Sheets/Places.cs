using SaaS.Domain.Codes;

namespace SaaS.Workflows.Designing.Sheets;

/// <summary>Regions and municipalities that exceptions may name.</summary>
internal static class Places
{
    public static IReadOnlyList<string> Codes { get; } = [.. Regions.All.Select(region => region.Code), .. Municipalities.All.Select(municipality => municipality.Code)];
}
