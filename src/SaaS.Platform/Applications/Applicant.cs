using SaaS.Platform.Calls;
using SaaS.Platform.Firms;
using SaaS.Platform.Organisations;

namespace SaaS.Platform.Applications;

/// <summary>All that is known when a firm applies to a call: read on the company's own plane.</summary>
internal sealed record Applicant
{
    public required Call Call { get; init; }

    public required Tenant Tenant { get; init; }

    public required Organisation Organisation { get; init; }

    public required Firm Firm { get; init; }

    /// <summary>Null when the firm has no such facility.</summary>
    public Facility? Facility { get; init; }

    /// <summary>Null when none was named, or none has the number.</summary>
    public Organisation? SupplierOrganisation { get; init; }

    public Supplier? Supplier { get; init; }

    /// <summary>Tiers that the firm has finished before, in any tenant.</summary>
    public IReadOnlyList<string> CompletedTiers { get; init; } = [];

    /// <summary>What it was awarded before; null where the programme does not ask.</summary>
    public Awards? Awards { get; init; }

    /// <summary>Whether the programme adds to an award that the firm has, or looks at it.</summary>
    public bool TopsUp { get; init; }

    /// <summary>Bodies that may fund or look after a facility there: KOSMO, province, municipality, centres.</summary>
    public IReadOnlyList<Organisation> PublicBodies { get; init; } = [];

    /// <summary>What was submitted before under the same idempotency key.</summary>
    public GrantApplication? Earlier { get; init; }

    /// <summary>The version whose terms the firm knew when it kept a form for this call; null when it kept none.</summary>
    public Guid? DraftVersionId { get; init; }

    /// <summary>The large firm that bears a share in the call; null in calls without one.</summary>
    public Organisation? LeadFirm { get; init; }

    public Guid? CentreId => PublicBodies
        .Where(body => body.Kind == OrganisationKind.Centre)
        .OrderByDescending(body => body.MunicipalityCode == Facility?.MunicipalityCode)
        .FirstOrDefault()?.Id;
}
