using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SaaS.Platform.Applications;
using SaaS.Platform.Evaluations;
using SaaS.Platform.Jobs;
using SaaS.Platform.Refusals;

namespace SaaS.IntegrationTests.Evaluations;

public sealed class ScoreEvaluationTests(PlatformFixture platform)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(60, ApplicationStatus.AwaitingCommitment)]
    [InlineData(59, ApplicationStatus.NotSelected)]
    public async Task The_pass_mark_decides_and_the_case_moves_on(int total, ApplicationStatus expected)
    {
        var (season, application, evaluator, evaluation) = await AssignedAsync();

        var outcome = await ScoreAsync(season, evaluator, evaluation, false, Spread(await CriteriaAsync(season, evaluator, evaluation), total));
        await season.RunJobsAsync();

        Assert.Empty(outcome.WhyNot);
        Assert.Equal(expected, (await season.ApplicationAsync("jeonnam", application)).Status);
        Assert.Equal(total, (await ViewAsync(season, evaluator, evaluation)).Total);
    }

    [Fact]
    public async Task Nothing_is_taken_in_without_the_declaration_and_every_wrong_point_is_named()
    {
        var (season, _, evaluator, evaluation) = await AssignedAsync();
        var criteria = await CriteriaAsync(season, evaluator, evaluation);
        var scores = criteria.ToDictionary(criterion => criterion.Code, criterion => (int?)criterion.Weight);
        scores[criteria[0].Code] = -1;
        scores[criteria[1].Code] = criteria[1].Weight + 1;
        scores.Remove(criteria[2].Code);
        scores["CHARM"] = 1;

        var outcome = await ScoreAsync(season, evaluator, evaluation, null, scores);

        Assert.Equal(
            ["conflict-not-declared", "score-out-of-range", "score-out-of-range", "score-missing", "criterion-unknown"],
            outcome.WhyNot.Select(reason => reason.Code));
        Assert.Null((await ViewAsync(season, evaluator, evaluation)).SubmittedAt);
    }

    [Fact]
    public async Task A_review_is_final()
    {
        var (season, _, evaluator, evaluation) = await AssignedAsync();
        var scores = Spread(await CriteriaAsync(season, evaluator, evaluation), 80);
        await ScoreAsync(season, evaluator, evaluation, false, scores);

        var again = await ScoreAsync(season, evaluator, evaluation, false, scores);

        Assert.Equal(RefusalKind.Conflict, Assert.IsType<Outcome<ScoreEvaluation.Response>.Refused>(again).Kind);
    }

    [Fact]
    public async Task Who_has_a_conflict_steps_back_and_somebody_else_judges()
    {
        var (season, application, evaluator, evaluation) = await AssignedAsync();

        await ScoreAsync(season, evaluator, evaluation, true, null);
        await season.RunJobsAsync();

        var other = evaluator == "evaluator1" ? "evaluator2" : "evaluator1";
        var next = Assert.Single(await season.AsAsync(other, "/assess", (ListEvaluations list) => list.RunAsync(Cancelled)));
        Assert.Equal(application, next.ApplicationId);
        Assert.Equal(ApplicationStatus.UnderEvaluation, (await season.ApplicationAsync("jeonnam", application)).Status);
    }

    [Fact]
    public async Task Another_evaluators_review_is_not_there()
    {
        var (season, _, evaluator, evaluation) = await AssignedAsync();
        var other = evaluator == "evaluator1" ? "evaluator2" : "evaluator1";

        var outcome = await ScoreAsync(season, other, evaluation, false, null);

        Assert.IsType<Outcome<ScoreEvaluation.Response>.NotFound>(outcome);
    }

    [Fact]
    public async Task A_job_that_runs_twice_assigns_once()
    {
        var (season, _, _, _) = await AssignedAsync();
        Guid message;
        await using (var db = platform.Planes.OpenTenant("jeonnam"))
        {
            message = await db.Outbox.Where(row => row.Kind == EvaluationStageJob.Kind).Select(row => row.Id).SingleAsync(Cancelled);
        }

        await season.RunAsync(platform.Services.GetRequiredService<JobRegistry>().Find(EvaluationStageJob.Kind)!, "jeonnam", message);

        Assert.Equal(1, await season.CountAsync("evaluations"));
    }

    [Fact]
    public async Task The_same_factory_and_solution_a_second_time_are_rejected_at_intake()
    {
        var season = await Season.OpenAsync(platform);
        var request = await season.RequestAsync("namdo", "jeonnam", 100_000_000);
        Assert.True((await season.SubmitAsync("namdo", "jeonnam", request)).IsDone(out var first));
        Assert.True((await season.SubmitAsync("namdo", "jeonnam", request)).IsDone(out var second));

        await season.RunJobsAsync();

        Assert.Equal(ApplicationStatus.UnderEvaluation, (await season.ApplicationAsync("jeonnam", first!.ApplicationId)).Status);
        Assert.Equal(ApplicationStatus.Rejected, (await season.ApplicationAsync("jeonnam", second!.ApplicationId)).Status);
    }

    private static Dictionary<string, int?> Spread(IReadOnlyList<EvaluationCriterion> criteria, int total)
    {
        var scores = new Dictionary<string, int?>();
        foreach (var criterion in criteria)
        {
            var points = Math.Min(criterion.Weight, total);
            scores.Add(criterion.Code, points);
            total -= points;
        }

        return scores;
    }

    private static Task<Outcome<ScoreEvaluation.Response>> ScoreAsync(
        Season season, string evaluator, Guid evaluation, bool? conflict, Dictionary<string, int?>? scores)
        => season.AsAsync(evaluator, "/assess", (ScoreEvaluation score) => score.RunAsync(evaluation, new(conflict, scores, "의견"), Cancelled));

    private static async Task<ViewEvaluation.Review> ViewAsync(Season season, string evaluator, Guid evaluation)
    {
        var outcome = await season.AsAsync(evaluator, "/assess", (ViewEvaluation view) => view.RunAsync(evaluation, Cancelled));
        Assert.True(outcome.IsDone(out var review));
        return review!;
    }

    private static async Task<IReadOnlyList<EvaluationCriterion>> CriteriaAsync(Season season, string evaluator, Guid evaluation)
        => (await ViewAsync(season, evaluator, evaluation)).Criteria;

    private async Task<(Season Season, Guid Application, string Evaluator, Guid Evaluation)> AssignedAsync()
    {
        var season = await Season.OpenAsync(platform);
        Assert.True((await season.SubmitAsync("namdo", "jeonnam", await season.RequestAsync("namdo", "jeonnam", 100_000_000))).IsDone(out var receipt));
        await season.RunJobsAsync();
        string[] evaluators = ["evaluator1", "evaluator2"];
        foreach (var evaluator in evaluators)
        {
            if (await season.AsAsync(evaluator, "/assess", (ListEvaluations list) => list.RunAsync(Cancelled)) is [var row])
            {
                return (season, receipt!.ApplicationId, evaluator, row.Id);
            }
        }

        throw new InvalidOperationException("Nobody was assigned.");
    }
}
