namespace SaaS.Web.Hosting;

/// <summary>Everything a page loads comes from this service, and no other site may frame it.</summary>
public sealed class SecurityHeaders(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        // The Hangfire dashboard brings inline scripts and styles of its own; it is open to operators only.
        headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments("/oversight/jobs", StringComparison.Ordinal)
            ? "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"
            : IsStudio(context.Request.Path)
            // Studio is WebAssembly, its editor of code starts workers from blobs, and one script of its stands in its own markup (the hash).
            ? "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'unsafe-eval' 'sha256-snlP1jz0gjwc5cTz9ErZcliXuCK63+Mmf68RRCeptgc='; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'"
            : "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
        return next(context);
    }

    // /t/{tenant}/studio and what lies under it.
    private static bool IsStudio(PathString path)
        => path.Value?.Split('/', 5, StringSplitOptions.RemoveEmptyEntries) is ["t", _, "studio", ..];
}
