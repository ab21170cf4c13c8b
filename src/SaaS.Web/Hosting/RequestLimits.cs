using Microsoft.AspNetCore.Http.Features;

namespace SaaS.Web.Hosting;

/// <summary>How much a browser may send. A bigger request is answered with 413 and a page that says the limit.</summary>
public sealed class RequestLimits(RequestDelegate next)
{
    /// <summary>Bytes of a whole request, files included.</summary>
    public const long Body = 30 * 1024 * 1024;

    /// <summary>
    /// What is too large is still taken in up to here and thrown away: a browser whose sending is cut off shows an error of its own
    /// instead of our answer.
    /// </summary>
    private const long Swallowed = 8 * Body;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Request.ContentLength is not > Body)
        {
            await next(context);
            return;
        }

        if (context.Request.ContentLength <= Swallowed && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = Swallowed;
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        }

        context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
    }
}
