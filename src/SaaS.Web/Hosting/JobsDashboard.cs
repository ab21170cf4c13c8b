using Hangfire;
using Hangfire.Dashboard;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;

namespace SaaS.Web.Hosting;

/// <summary>Hangfire's own dashboard, for the national operator's people with role Operator alone. It can retry and delete jobs.</summary>
public static class JobsDashboard
{
    public const string Path = "/oversight/jobs";

    public static void MapJobsDashboard(this IEndpointRouteBuilder routes) => routes.MapHangfireDashboard(Path, new DashboardOptions
    {
        Authorization = [new OperatorsOnly()],
        AppPath = "/oversight",
        DashboardTitle = "Jobs",
        DisplayStorageConnectionString = false,
    });

    private sealed class OperatorsOnly : IDashboardAuthorizationFilter
    {
        public bool Authorize(DashboardContext context)
        {
            var actor = context.GetHttpContext().RequestServices.GetRequiredService<CurrentActor>();
            return actor.Context.Plane is Plane.Oversight && actor.Is(MemberRole.Operator);
        }
    }
}
