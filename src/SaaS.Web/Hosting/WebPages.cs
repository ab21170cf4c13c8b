using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.WebEncoders;
using SaaS.Platform.Programmes;
using SaaS.Platform.Time;
using SaaS.Web.Cases;
using SaaS.Web.Flows;
using SaaS.Web.Layout;
using SaaS.Web.Pages.Company;
using SaaS.Web.Pages.Public;
using SaaS.Web.Pages.Tenant;
using SaaS.Web.People;

namespace SaaS.Web.Hosting;

/// <summary>Pages are drawn on the server and need no script; this registers what they share.</summary>
public static class WebPages
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddLocalization();
        services.AddHttpContextAccessor();
        services.AddAntiforgery(options => options.Cookie.Name = "saas.forms");
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context => PlainProblems.Say(context.ProblemDetails));
        services.AddSingleton<AssetVersion>();
        services.AddSingleton<DemoMode>();
        services.AddSingleton<DemoPeopleList>();
        services.AddSingleton<PublicCalls>();
        services.AddSingleton<InboxLinks>();
        services.AddSingleton<StepWords>();
        services.AddSingleton<ProgrammeFlow>();
        // Who has a draft open is heard where the pages are.
        services.AddHostedService(provider => provider.GetRequiredService<DraftRooms>());
        services.AddScoped<ActorNames>();
        services.AddScoped<ReadCase>();
        services.AddScoped<CaseList>();
        services.AddScoped<TenantFigures>();
        services.AddScoped<ReadCancelledForm>();
        services.AddScoped<TenantProgrammes>();
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

    /// <summary>First in the pipeline: headers, language, and a page for everything that goes wrong behind it.</summary>
    public static WebApplication UseErrorPages(this WebApplication app)
    {
        // Before a byte of the body is read: what counts at a deadline is the arrival.
        app.Use((context, next) =>
        {
            context.RequestServices.GetRequiredService<RequestArrival>();
            return next(context);
        });
        app.UseMiddleware<SecurityHeaders>();
        app.UseRequestLocalization();
        app.UseExceptionHandler("/status/500", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/status/{0}", createScopeForStatusCodePages: true);
        app.UseMiddleware<ErrorPageRequest>();
        // The API says it as problem details (RFC 9457), before the pages above see it.
        app.UseWhen(IsApi, api => api.UseExceptionHandler().UseStatusCodePages());
        app.UseMiddleware<RequestLimits>();
        return app;
    }

    public static WebApplication MapPages(this WebApplication app)
    {
        app.UseMiddleware<TableExport>();
        InboxLinks.Map(app);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return app;
    }

    private static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        || context.Request.Path.Value?.Contains("/elsa/api", StringComparison.OrdinalIgnoreCase) == true;
}
