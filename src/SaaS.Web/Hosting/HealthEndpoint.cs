using SaaS.Platform.Data;

namespace SaaS.Web.Hosting;

/// <summary><c>/health</c>: 200 when this server answers and reaches its database, 503 when it does not.</summary>
public static class HealthEndpoint
{
    public static WebApplication MapHealth(this WebApplication app)
    {
        app.MapGet("/health", AnswerAsync);
        return app;
    }

    private static async Task<IResult> AnswerAsync(PlaneDb planes, CancellationToken cancellationToken)
    {
        await using var db = planes.Open(new PlaneContext(Plane.Public));
        return await db.Database.CanConnectAsync(cancellationToken)
            ? TypedResults.Text("ok")
            : TypedResults.Text("database unreachable", statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
