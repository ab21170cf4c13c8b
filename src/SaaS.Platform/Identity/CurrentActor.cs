using SaaS.Platform.Data;

namespace SaaS.Platform.Identity;

/// <summary>
/// Who acts in this request, for which organisation and on which plane. Set once, by the middleware of <c>UsePlanes()</c>; before that
/// it is nobody on the public plane.
/// </summary>
public sealed class CurrentActor
{
    public PlaneContext Context { get; internal set; } = new(Plane.Public);

    /// <summary>All that the signed-in person may act for; empty when nobody is signed in.</summary>
    public IReadOnlyList<ActorMembership> Memberships { get; internal set; } = [];

    /// <summary>The organisation chosen in the header.</summary>
    public ActorMembership? Chosen { get; internal set; }

    public Guid? UserId => Context.UserId;

    public Guid? OrganisationId => Context.OrganisationId;

    public string? NameKo { get; internal set; }

    public string? NameEn { get; internal set; }

    /// <summary>The roles that the person has in the organisation acted for.</summary>
    public IReadOnlySet<MemberRole> Roles { get; internal set; } = new HashSet<MemberRole>();

    /// <summary>True when the person has the role in the organisation acted for.</summary>
    public bool Is(MemberRole role) => Roles.Contains(role);
}

/// <summary>One organisation that a person may act for, with all roles there.</summary>
public sealed record ActorMembership(
    Guid OrganisationId, Organisations.OrganisationKind Kind, string Ko, string En, string? TenantId, IReadOnlySet<MemberRole> Roles)
{
    /// <summary>The tenant's settings as JSON text; null where it is no tenant.</summary>
    public string? Settings { get; init; }
}
