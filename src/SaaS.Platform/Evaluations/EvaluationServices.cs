using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Jobs;

namespace SaaS.Platform.Evaluations;

public static class EvaluationServices
{
    internal static IServiceCollection AddEvaluations(this IServiceCollection services) => services
        .AddSingleton<AssignEvaluator>()
        .AddScoped<ListEvaluations>()
        .AddScoped<ViewEvaluation>()
        .AddScoped<ScoreEvaluation>()
        .AddOutboxJob<EvaluationStageJob>(EvaluationStageJob.Kind, JobQueue.Interactive)
        .AddOutboxJob<EvaluationResultJob>(EvaluationResultJob.Kind, JobQueue.Interactive);
}
