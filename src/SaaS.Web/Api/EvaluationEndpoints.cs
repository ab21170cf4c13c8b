using SaaS.Platform.Evaluations;
using SaaS.Platform.Refusals;

namespace SaaS.Web.Api;

/// <summary>The reviews given to an evaluator.</summary>
internal static class EvaluationEndpoints
{
    public static void Map(RouteGroupBuilder assess)
    {
        assess.MapGet("/evaluations", (ListEvaluations list, CancellationToken cancellationToken) => list.RunAsync(cancellationToken));
        assess.MapGet("/evaluations/{id:guid}", async (Guid id, ViewEvaluation view, CancellationToken cancellationToken)
            => (await view.RunAsync(id, cancellationToken)).ToHttp());
        assess.MapPost("/evaluations/{id:guid}", async (Guid id, ScoreEvaluation.Request request, ScoreEvaluation score, CancellationToken cancellationToken)
            => (await score.RunAsync(id, request, cancellationToken)).ToHttp());
    }
}
