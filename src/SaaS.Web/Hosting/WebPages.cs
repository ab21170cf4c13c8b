using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.WebEncoders;
using SaaS.Web.Layout;

namespace SaaS.Web.Hosting;

/// <summary>Pages are drawn on the server and need no script; this registers what they share.</summary>
public static class WebPages
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddLocalization();
        services.AddHttpContextAccessor();
        services.AddAntiforgery(options => options.Cookie.Name = "saas.forms");
        services.AddProblemDetails();
        services.AddSingleton<AssetVersion>();
        // Hangul as itself, not as entities: pages stay small and readable.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture("ko-KR").AddSupportedCultures("ko-KR", "en-GB").AddSupportedUICultures("ko-KR", "en-GB");
            options.RequestCultureProviders = [new LanguageChoice()];
        });
        return services;
    }

    public static WebApplication UsePages(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseRequestLocalization();
        app.UseExceptionHandler("/status/500", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/status/{0}", createScopeForStatusCodePages: true);
        app.UseStaticFiles();
        app.UseAntiforgery();
        app.UseMiddleware<TableExport>();
        app.MapRazorComponents<App>();
        return app;
    }
}
