using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Json;
using NodaTime;
using NodaTime.Serialization.SystemTextJson;
using SaaS.Platform.Refusals;

namespace SaaS.Web.Api;

/// <summary>
/// The JSON API: the same operations as the pages, under the same prefixes after <c>/api</c>. One group a plane; the plane itself, and with
/// it what may be seen, is set by the path before an endpoint runs.
/// </summary>
public static class Api
{
    /// <summary>Every request that changes something carries it: a page of another site cannot send it.</summary>
    public const string Header = "X-Requested-With";

    public const string HeaderValue = "saas";

    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.Configure<JsonOptions>(json =>
        {
            json.SerializerOptions.ConfigureForNodaTime(DateTimeZoneProviders.Tzdb);
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter());
            json.SerializerOptions.RespectRequiredConstructorParameters = false;
        });
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
        return services;
    }

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").AddEndpointFilter(RequireHeaderAsync).DisableAntiforgery();
        SignInEndpoints.Map(api);
        CallEndpoints.Map(api);

        var tenant = api.MapGroup("/t/{tenant}");
        var company = api.MapGroup("/company");
        var supplier = api.MapGroup("/supplier");
        var centre = api.MapGroup("/centre");
        var oversight = api.MapGroup("/oversight");
        var assess = api.MapGroup("/assess");
        var funder = api.MapGroup("/funder");

        foreach (var group in new[] { tenant, company, supplier, centre, oversight })
        {
            ApplicationEndpoints.MapReading(group);
            MoneyEndpoints.MapReading(group);
        }

        foreach (var group in new[] { tenant, company, supplier, funder })
        {
            MoneyEndpoints.MapAgreements(group);
        }

        foreach (var group in new[] { tenant, oversight })
        {
            MoneyEndpoints.MapCaseMoney(group);
            WorkflowEndpoints.MapReading(group);
        }

        foreach (var group in new[] { tenant, company, supplier, centre, oversight })
        {
            TaskEndpoints.Map(group);
        }

        ApplicationEndpoints.MapApplying(company);
        FirmEndpoints.Map(company);
        EvaluationEndpoints.Map(assess);
        InspectionEndpoints.Map(assess);
        MoneyEndpoints.MapCompany(company);
        MoneyEndpoints.MapFunder(funder);
        MoneyEndpoints.MapOversight(oversight);
        SupplierEndpoints.MapOversight(oversight);
        SupplierEndpoints.MapCompany(company);
        DocumentEndpoints.MapCompany(company);
        foreach (var group in new[] { tenant, company, centre, oversight, assess })
        {
            DocumentEndpoints.MapReading(group);
        }

        PeopleEndpoints.MapPublic(api);
        PeopleEndpoints.MapTenant(tenant);
        PeopleEndpoints.MapOversight(oversight);
        ProgrammeEndpoints.Map(tenant);
        ProgrammeEndpoints.MapOversight(oversight);
        WorkflowEndpoints.Map(tenant);
        api.MapFallback(() => OutcomeResults.NotFound());
    }

    private static async ValueTask<object?> RequireHeaderAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        return HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.Headers[Header] == HeaderValue
            ? await next(context)
            : OutcomeResults.Problem(
                StatusCodes.Status400BadRequest,
                [new Refusal("header-missing", $"요청 머리글 {Header}: {HeaderValue}이(가) 필요합니다.", $"Send the header {Header}: {HeaderValue}.")]);
    }
}
