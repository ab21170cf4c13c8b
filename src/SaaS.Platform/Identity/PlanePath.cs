using SaaS.Platform.Data;
using SaaS.Platform.Organisations;

namespace SaaS.Platform.Identity;

/// <summary>Which plane a path belongs to; the same under <c>/api</c>.</summary>
/// <param name="Plane">The plane.</param>
/// <param name="Tenant">The tenant's slug on <c>/t/{tenant}</c>; null elsewhere, also where the session says which tenant.</param>
public sealed record PlanePath(Plane Plane, string? Tenant)
{
    private static readonly Dictionary<string, Plane> Prefixes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["t"] = Plane.Tenant,
        ["company"] = Plane.Company,
        ["supplier"] = Plane.Supplier,
        ["funder"] = Plane.Funder,
        ["centre"] = Plane.Region,
        ["assess"] = Plane.Assessor,
        ["oversight"] = Plane.Oversight,
        ["inbox"] = Plane.Inbox,
    };

    /// <summary>Anything that has no plane of its own is public.</summary>
    public static PlanePath Of(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries).AsSpan();
        if (segments.Length > 0 && segments[0].Equals("api", StringComparison.OrdinalIgnoreCase))
        {
            segments = segments[1..];
        }

        if (segments.Length > 0 && segments[0].Equals("elsa", StringComparison.OrdinalIgnoreCase))
        {
            return new PlanePath(Plane.Tenant, null);
        }

        if (segments.Length == 0 || !Prefixes.TryGetValue(segments[0], out var plane))
        {
            return new PlanePath(Plane.Public, null);
        }

        return new PlanePath(plane, plane is Plane.Tenant ? (segments.Length > 1 ? segments[1] : "") : null);
    }

    /// <summary>True when the membership lets a person onto this path. Who only judges for an organisation does not act for it.</summary>
    public bool Fits(ActorMembership membership) => Plane switch
    {
        Plane.Inbox => true,
        Plane.Assessor => membership.Roles.Overlaps(AssessorRoles),
        _ when membership.Roles.IsSubsetOf(AssessorRoles) => false,
        Plane.Tenant => membership.TenantId is not null && (Tenant is null || membership.TenantId == Tenant),
        Plane.Company => membership.Kind is OrganisationKind.Firm,
        Plane.Supplier => membership.Kind is OrganisationKind.Supplier,
        Plane.Funder => membership.Kind is OrganisationKind.Municipality or OrganisationKind.Province or OrganisationKind.LargeFirm or OrganisationKind.Kosmo,
        Plane.Region => membership.Kind is OrganisationKind.Centre,
        Plane.Oversight => membership.Kind is OrganisationKind.Kosmo or OrganisationKind.Ministry,
        _ => false,
    };

    private static readonly HashSet<MemberRole> AssessorRoles = [MemberRole.Evaluator, MemberRole.Inspector];
}
