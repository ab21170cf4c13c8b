using SaaS.Platform.Data;
using SaaS.Platform.Identity;

namespace SaaS.Web.Layout;

/// <summary>The first pages that are open to a membership: where its work is.</summary>
public static class PlaneHomes
{
    private static readonly (string Key, string Href)[] Fixed =
    [
        ("Company", "/company"),
        ("Supplier", "/supplier"),
        ("Centre", "/centre"),
        ("Assess", "/assess"),
        ("Oversight", "/oversight"),
    ];

    public static IEnumerable<(string Key, string Href)> Of(ActorMembership membership)
    {
        foreach (var (key, href) in Fixed.Where(home => PlanePath.Of(home.Href).Fits(membership)))
        {
            yield return (key, href);
        }

        if (membership.TenantId is { } tenant && new PlanePath(Plane.Tenant, tenant).Fits(membership))
        {
            yield return ("Tenant", "/t/" + tenant);
        }

        if (PlanePath.Of("/funder").Fits(membership))
        {
            yield return ("Funder", "/funder");
        }
    }

    public static string First(ActorMembership? membership) => membership is null ? "/" : Of(membership).Select(home => home.Href).FirstOrDefault("/");
}
