using System.Globalization;
using SaaS.Platform.Applications;
using SaaS.Web.Hosting;
using SaaS.Web.Kit;

namespace SaaS.Web.Cases;

/// <summary>The applications that the request's plane sees, as its query string asks: search, status, order, page; all of them for an export.</summary>
public sealed class CaseList(ListApplications list)
{
    /// <summary>An export stops here; nobody reads further, and the ministry has its own files.</summary>
    private const int MostExported = 20_000;

    public async Task<ListApplications.Result> ReadAsync(HttpContext context)
    {
        var asked = context.Request.Query;
        var query = new ListApplications.Query
        {
            Search = asked["q"],
            Status = Enum.TryParse<ApplicationStatus>(asked["status"], out var status) ? status : null,
            Call = Guid.TryParse(asked["call"], out var call) ? call : null,
            Tenant = asked["tenant"],
            Sort = asked["sort"],
            Page = int.TryParse(asked["page"], CultureInfo.InvariantCulture, out var page) ? page : 1,
            PageSize = DataTable<ListApplications.Row>.PageSize,
        };
        if (string.IsNullOrEmpty(asked[TableExport.Parameter]))
        {
            return await list.RunAsync(query, context.RequestAborted);
        }

        var rows = new List<ListApplications.Row>();
        ListApplications.Result result;
        var number = 1;
        do
        {
            result = await list.RunAsync(query with { Page = number++, PageSize = ListApplications.LargestPage }, context.RequestAborted);
            rows.AddRange(result.Rows);
        }
        while (result.Rows.Count > 0 && rows.Count < Math.Min(result.Total, MostExported));
        return result with { Rows = rows };
    }
}
