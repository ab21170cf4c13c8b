using System.Text.Encodings.Web;
using System.Text.Json;

namespace SaaS.Platform.Data;

/// <summary>On whose behalf a command runs: the role that connects, and the three facts that the policies read with <c>ctx('…')</c>.</summary>
/// <param name="Plane">The database role.</param>
/// <param name="Tenant">The tenant's slug; needed on <see cref="Data.Plane.Tenant"/>, absent elsewhere.</param>
/// <param name="OrganisationId">The organisation that the signed-in person acts for.</param>
/// <param name="UserId">The signed-in person.</param>
public sealed record PlaneContext(Plane Plane, string? Tenant = null, Guid? OrganisationId = null, Guid? UserId = null)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private string? json;

    /// <summary>The value of the setting <c>app.ctx</c>.</summary>
    public string ToJson() => json ??= JsonSerializer.Serialize(
        new Dictionary<string, string?>
        {
            ["tenant"] = Tenant,
            ["org"] = OrganisationId?.ToString(),
            ["user"] = UserId?.ToString(),
        },
        Plain);
}
