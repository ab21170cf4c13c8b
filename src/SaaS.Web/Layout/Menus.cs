using SaaS.Web.Hosting;

namespace SaaS.Web.Layout;

/// <summary>What the main menu offers on each plane, by the first part of the path.</summary>
public static class Menus
{
    /// <param name="path">Of the request.</param>
    /// <param name="runsJobs">The reader may open the jobs' dashboard; nobody else is offered it.</param>
    public static (string Plane, IReadOnlyList<MenuItem> Items) For(string path, bool runsJobs)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.FirstOrDefault() switch
        {
            "company" => ("Company", [new("nav.overview", "/company"), new("nav.calls", "/calls"), new("nav.my-applications", "/company/applications"), new("nav.tasks", "/company/tasks"), new("nav.firm", "/company/firm")]),
            "t" when parts.Length > 1 => ("Tenant", TenantMenu("/t/" + parts[1])),
            "funder" => ("Funder", [new("nav.overview", "/funder"), new("nav.shares", "/funder/shares"), new("nav.agreements", "/funder/agreements"), new("nav.payments", "/funder/payments")]),
            "assess" => ("Assess", [new("nav.assignments", "/assess")]),
            "oversight" => ("Oversight", [new("nav.overview", "/oversight"), new("nav.cases", "/oversight/cases"), new("nav.publications", "/oversight/publications"), new("nav.grants", "/oversight/grants"), new("nav.guard-rails", "/oversight/guard-rails"), new("nav.suppliers", "/oversight/suppliers"), new("nav.tenants", "/oversight/tenants"), new("nav.tasks", "/oversight/tasks"), new("nav.workflows", "/oversight/workflows"), .. runsJobs ? [new MenuItem("nav.jobs", JobsDashboard.Path)] : Array.Empty<MenuItem>()]),
            "centre" => ("Centre", [new("nav.applications", "/centre"), new("nav.tasks", "/centre/tasks")]),
            "supplier" => ("Supplier", [new("nav.agreements", "/supplier")]),
            _ => ("Public", [new("nav.calls", "/calls"), new("nav.how", "/guide")]),
        };
    }

    private static IReadOnlyList<MenuItem> TenantMenu(string root) =>
        [new("nav.overview", root), new("nav.applications", root + "/applications"), new("nav.tasks", root + "/tasks"), new("nav.programmes", root + "/programmes"), new("nav.people", root + "/people"), new("nav.workflows", root + "/workflows")];
}
