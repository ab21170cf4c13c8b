using SaaS.Platform.Refusals;

namespace SaaS.Web.Elsa;

/// <summary>
/// Elsa's HTTP API as far as Elsa Studio asks for it. The tenant is the one for which the person acts: of the session under
/// <c>/elsa/api</c>, of the address under <c>/t/{tenant}/elsa/api</c>; no header that a client sends decides it.
/// </summary>
public static class ElsaApi
{
    public static IServiceCollection AddElsaApi(this IServiceCollection services) => services
        .AddScoped<StudioDefinitions>()
        .AddScoped<SaveFromStudio>()
        .AddScoped<PublishFromStudio>()
        .AddScoped<StudioInstances>()
        .AddScoped<TestRun>();

    public static void MapElsaApi(this IEndpointRouteBuilder routes)
    {
        foreach (var prefix in new[] { "/elsa/api", "/t/{tenant}/elsa/api" })
        {
            var api = routes.MapGroup(prefix).AddEndpointFilter(RequireOwnPageAsync).DisableAntiforgery();
            DescriptorEndpoints.Map(api);
            DefinitionEndpoints.Map(api);
            InstanceEndpoints.Map(api);
            api.MapFallback(() => OutcomeResults.NotFound());
        }
    }

    /// <summary>Refusals in the shape that Studio shows: one message a reason, in the reader's language with the other beside it.</summary>
    internal static IResult Refused(IReadOnlyList<Refusal> reasons, int status = StatusCodes.Status400BadRequest) => TypedResults.Json(
        new
        {
            statusCode = status,
            message = $"{reasons[0].Ko} {reasons[0].En}",
            errors = reasons.Select((reason, index) => (Key: reason.Where is { Length: > 0 } where ? where : "root", index, reason))
                .GroupBy(each => each.Key)
                .ToDictionary(group => group.Key, group => group.Select(each => $"{each.reason.Ko} ({each.reason.En})").ToList()),
        },
        contentType: "application/problem+json",
        statusCode: status);

    internal static IResult Answer<T>(Outcome<T> outcome, Func<T, IResult> done) => outcome switch
    {
        Outcome<T>.Done found => done(found.Value),
        // Studio shows the messages of a 400 and of nothing else.
        Outcome<T>.Refused refused => Refused(refused.Reasons),
        _ => OutcomeResults.NotFound(),
    };

    // Studio sends no header of ours. A page of another site can send neither JSON without asking first nor the browser's own word for "same site".
    private static async ValueTask<object?> RequireOwnPageAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        return HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || request.HasJsonContentType() || request.Headers["Sec-Fetch-Site"] == "same-origin"
            ? await next(context)
            : Refused([new Refusal("content-type", "application/json으로 보내야 합니다.", "Send application/json.")], StatusCodes.Status415UnsupportedMediaType);
    }
}
