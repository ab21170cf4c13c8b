using SaaS.Workflows.Compilation;
using SaaS.Workflows.Programmes;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Checking;

/// <summary>What must hold in a grant programme beyond a sound structure.</summary>
internal static class ProgrammeChecker
{
    public static IReadOnlyList<Problem> Check(CompiledWorkflow workflow, GuardRails rails)
    {
        var problems = new ProblemList();
        var ours = Ours(workflow);
        if (ours.Count == 0)
        {
            return problems.All;
        }

        var texts = ProgrammeOutline.Texts(workflow.Definition);
        var isProgramme = texts.Members is not null;
        var shares = Shares(ours, texts, rails, problems);
        var coverage = new TierCoverage(problems);
        var codes = new ProgrammeCodes((int?)texts["year"].Whole, problems);
        var rows = new ProgrammeRows(ours, problems);
        foreach (var activity in ours)
        {
            codes.Check(activity);
            rows.Check(activity);
            if (activity.Prepared is ShareCostActivity.TierShares)
            {
                shares.Check(activity);
            }
            else if (activity.Prepared is TierTable)
            {
                coverage.Check(activity);
            }
        }

        if (isProgramme)
        {
            CheckTexts(texts, problems);
            CheckPlaces(workflow, ours, problems);
            CheckPaths(workflow, ours, problems);
        }

        return problems.All;
    }

    /// <summary>The guard rails that it breaks, and nothing else.</summary>
    public static IReadOnlyList<Problem> CheckRails(CompiledWorkflow workflow, GuardRails rails)
    {
        var problems = new ProblemList();
        var ours = Ours(workflow);
        var shares = Shares(ours, ProgrammeOutline.Texts(workflow.Definition), rails, problems);
        foreach (var activity in ours.Where(activity => activity.Prepared is ShareCostActivity.TierShares))
        {
            shares.Check(activity);
        }

        return [.. problems.All.Where(problem => problem.Rail is not null)];
    }

    private static List<CompiledActivity> Ours(CompiledWorkflow workflow)
        => [.. workflow.Activities.Where(activity => activity.TypeName.StartsWith("Grant.", StringComparison.Ordinal))];

    private static ProgrammeShares Shares(List<CompiledActivity> ours, Value texts, GuardRails rails, ProblemList problems)
    {
        var tiers = ours.Where(activity => activity.Prepared is TierTable)
            .SelectMany(activity => ((TierTable)activity.Prepared!).Tiers.Select((tier, row) => new TierPlace(tier, $"{activity.Definition!.Pointer}/tiers/{row}/totalCostMax", activity.Id)))
            .ToLookup(place => place.Tier.Code);
        return new ProgrammeShares(money => rails.For(texts["model"].Text, (int?)texts["year"].Whole, money), tiers, problems);
    }

    private static void CheckTexts(Value texts, ProblemList problems)
    {
        const string Pointer = "/customProperties/programme";
        foreach (var name in new[] { "slug", "ko", "en" })
        {
            if (string.IsNullOrWhiteSpace(texts[name].Text))
            {
                problems.Error("programme-unnamed", $"{Pointer}/{name}", null, $"사업에 이름({name})이 없습니다.", $"The programme has no '{name}'.");
            }
        }

        if (texts["model"].Text is not { } model || !GuardRails.Models.Contains(model))
        {
            problems.Error(
                "programme-model-unknown", Pointer + "/model", null,
                $"사업 모델 '{texts["model"].Text}'은(는) 없습니다. 쓸 수 있는 것: {string.Join(", ", GuardRails.Models)}",
                $"There is no model '{texts["model"].Text}'. There are: {string.Join(", ", GuardRails.Models)}");
        }
    }

    // The national stages can only be seen to by everybody where they stand in the open.
    private static void CheckPlaces(CompiledWorkflow workflow, List<CompiledActivity> ours, ProblemList problems)
    {
        var open = workflow.Definition.Root.Flowchart.Activities.ToHashSet();
        foreach (var hidden in ours.Where(activity => !open.Contains(activity.Definition!)))
        {
            problems.Error(
                "stage-hidden", hidden.Definition!,
                $"'{hidden.Id}' 단계는 맨 바깥 순서도에 있어야 합니다.",
                $"The step '{hidden.Id}' must stand in the outermost flowchart.");
        }
    }

    private static void CheckPaths(CompiledWorkflow workflow, List<CompiledActivity> ours, ProblemList problems)
    {
        var root = workflow.Definition.Root;
        var paths = ProgrammePaths.Of(workflow);
        if (paths.TooMany)
        {
            problems.Error(
                "too-many-paths", root,
                $"완료에 이르는 길이 너무 많아 살펴볼 수 없습니다(최대 {ProgrammePaths.Most:N0}가지). 갈림길을 줄여 주세요.",
                $"There are too many ways to completion to look at: at most {ProgrammePaths.Most:N0}. Please use fewer branches.");
        }

        if (paths.Completing.Count == 0)
        {
            problems.Error("no-completion", root, "‘완료’로 끝나는 길이 없습니다.", "No way ends with the result ‘completed’.");
            return;
        }

        var stages = new ProgrammeStages(problems);
        foreach (var path in paths.Completing)
        {
            stages.Check(path);
        }

        var tiers = ours.Select(activity => activity.Prepared).OfType<TierTable>().SelectMany(table => table.Tiers).DistinctBy(tier => tier.Code);
        foreach (var tier in tiers.Where(tier => !paths.TooMany && paths.Completing.All(path => path.Tier != tier.Code)))
        {
            problems.Error(
                "tier-without-completion", root,
                $"‘{tier.Ko}’ 유형에서는 완료에 이르는 길이 없습니다.",
                $"No way leads from the tier '{tier.En}' to completion.",
                tier.Code);
        }
    }
}
