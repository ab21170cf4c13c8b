using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace SaaS.Web.Hosting;

/// <summary>
/// An error page is read, whatever the request was that failed. Without this the page would be asked for with the failed form, be refused
/// for the same reason, and nobody would see a word.
/// </summary>
public sealed class ErrorPageRequest(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || context.Features.Get<IExceptionHandlerPathFeature>() is not null)
        {
            context.Request.Method = HttpMethods.Get;
            context.Request.ContentType = null;
            context.Request.ContentLength = null;
            context.Features.Set<IAntiforgeryValidationFeature>(null);
            context.Features.Set<IFormFeature>(null);
        }

        await next(context);

        // A refused form leaves a type without a body behind; without the type the status page takes its place.
        if (context.Response is { HasStarted: false, StatusCode: StatusCodes.Status400BadRequest, ContentLength: null })
        {
            context.Response.ContentType = null;
        }
    }
}
