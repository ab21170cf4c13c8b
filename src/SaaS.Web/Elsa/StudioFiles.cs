using System.Text.RegularExpressions;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace SaaS.Web.Elsa;

/// <summary>
/// Serves Elsa Studio's own files, from the pinned npm package (build/assets): under <c>/_framework</c> and <c>/_content</c>, where Studio
/// looks for them. SAAS_STUDIO names another folder.
/// </summary>
public static partial class StudioFiles
{
    /// <summary>Of the package; stands in the addresses of the files whose names do not change with what they hold.</summary>
    public const string Version = "3.8.2";

    private static readonly string[] Paths = ["/_framework", "/_content", "/Elsa.Studio.Host.CustomElements.styles.css", "/appsettings.json"];

    private static string Folder(IConfiguration configuration)
        => configuration["SAAS_STUDIO"] is { Length: > 0 } given ? given : System.IO.Path.GetFullPath(System.IO.Path.Combine(AppContext.BaseDirectory, "../../../elsa-studio"));

    /// <summary>Whether it is there to be served.</summary>
    public static bool AreThere(IConfiguration configuration) => File.Exists(System.IO.Path.Combine(Folder(configuration), "_framework", "blazor.webassembly.js"));

    /// <summary>Before sign-in is looked at: the files are public, what Studio asks of the server is not.</summary>
    public static void UseStudioFiles(this WebApplication app)
    {
        if (!AreThere(app.Configuration))
        {
            return;
        }

        var folder = Folder(app.Configuration);
        var types = new FileExtensionContentTypeProvider();
        (types.Mappings[".dat"], types.Mappings[".wasm"], types.Mappings[".blat"]) = ("application/octet-stream", "application/wasm", "application/octet-stream");
        app.Use((context, next) => SendCompressedAsync(context, next, folder, types));
        app.UseWhen(IsFile, files => files.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(folder),
            ContentTypeProvider = types,
            OnPrepareResponse = file => Keep(file.Context),
        }));
    }

    // The package brings each file compressed as well: nine megabytes instead of thirty.
    private static Task SendCompressedAsync(HttpContext context, RequestDelegate next, string folder, FileExtensionContentTypeProvider types)
    {
        var request = context.Request;
        if (!IsFile(context) || !request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal) || request.Path.Value is not { } name)
        {
            return next(context);
        }

        var file = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder, name.TrimStart('/')) + ".br");
        if (!file.StartsWith(folder + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal) || !File.Exists(file))
        {
            return next(context);
        }

        context.Response.ContentType = types.TryGetContentType(name, out var type) ? type : "application/octet-stream";
        context.Response.Headers.ContentEncoding = "br";
        context.Response.Headers.Vary = "Accept-Encoding";
        Keep(context);
        return context.Response.SendFileAsync(file);
    }

    private static bool IsFile(HttpContext context) => Paths.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.Ordinal));

    // A name with a fingerprint, or an address with the version, never means another file.
    private static void Keep(HttpContext context) => context.Response.Headers.CacheControl =
        context.Request.Query.ContainsKey("v") || Fingerprint().IsMatch(context.Request.Path.Value ?? "") ? "public, max-age=31536000, immutable" : "public, max-age=86400";

    [GeneratedRegex(@"\.[a-z0-9]{10}\.(wasm|js|dat|css)$")]
    private static partial Regex Fingerprint();
}
