using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace SaaS.Platform.Refusals;

/// <summary>Outcomes as HTTP answers (problems as RFC 9457, with every reason under <c>errors</c>).</summary>
public static class OutcomeResults
{
    public static IResult ToHttp<T>(this Outcome<T> outcome) => outcome.ToHttp(value => TypedResults.Ok(value));

    public static IResult ToHttp<T>(this Outcome<T> outcome, Func<T, IResult> done) => outcome switch
    {
        Outcome<T>.Done found => done(found.Value),
        Outcome<T>.Refused refused => Problem(StatusOf(refused.Kind), refused.Reasons),
        _ => NotFound(),
    };

    /// <summary>The one answer for what is not there and for what belongs to somebody else.</summary>
    public static IResult NotFound() => Problem(StatusCodes.Status404NotFound, [NotHere]);

    public static Refusal NotHere { get; } = new("not-found", "찾을 수 없습니다.", "There is no such thing here.");

    public static IResult Problem(int status, IReadOnlyList<Refusal> reasons)
    {
        var problem = new ProblemDetails
        {
            Status = status,
            Type = reasons[0].Code,
            Title = reasons[0].En,
            Detail = reasons[0].Ko,
        };
        problem.Extensions["errors"] = reasons;
        return TypedResults.Problem(problem);
    }

    private static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
