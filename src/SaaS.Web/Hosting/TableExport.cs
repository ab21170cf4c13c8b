using System.Text;
using SaaS.Web.Kit;

namespace SaaS.Web.Hosting;

/// <summary>
/// Answers <c>?export={table id}</c> with the rows of that table as CSV instead of the page that shows them,
/// so that an export can never show more than its page does.
/// </summary>
public sealed class TableExport(RequestDelegate next)
{
    public const string Parameter = "export";

    public async Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsGet(context.Request.Method) || string.IsNullOrEmpty(context.Request.Query[Parameter]))
        {
            await next(context);
            return;
        }

        var page = context.Response.Body;
        using var discarded = new MemoryStream();
        context.Response.Body = discarded;
        await next(context);
        context.Response.Body = page;
        if (context.Items[typeof(CsvTable)] is not CsvTable table || context.Response.StatusCode != StatusCodes.Status200OK)
        {
            context.Response.ContentLength = null;
            discarded.Position = 0;
            await discarded.CopyToAsync(page, context.RequestAborted);
            return;
        }

        context.Response.ContentLength = null;
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{table.Name}.csv\"";
        // The mark at the start tells spreadsheet programs that this is UTF-8.
        await context.Response.WriteAsync("\uFEFF" + table.Text, Encoding.UTF8, context.RequestAborted);
    }
}
