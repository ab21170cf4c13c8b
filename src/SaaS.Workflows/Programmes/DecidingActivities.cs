using SaaS.Domain.Firms;
using SaaS.Domain.Money;
using SaaS.Workflows.Activities;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Programmes;

internal sealed class ReceiveApplicationActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Grant.ReceiveApplication",
    Category = GrantActivities.Design,
    DisplayName = new("신청 접수", "Receive application"),
    Description = new("기업의 신청서가 들어오는 곳입니다. 모든 사업은 여기에서 시작합니다.", "Where a firm's application comes in. Every programme starts here."),
    IsStart = true,
    IsTrigger = true,
})
{
    public override void Execute(ActivityExecution activity) => activity.Complete();
}

internal sealed class CheckEligibilityActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Grant.CheckEligibility",
    Category = GrantActivities.Design,
    DisplayName = new("자격 심사", "Check eligibility"),
    Description = new("모든 규칙을 충족해야 통과합니다. 거절할 때는 어긋난 규칙을 모두 알려 줍니다.", "All rules must hold. A refusal names every rule that does not."),
    Inputs =
    [
        new("Rules", "Object") { DisplayName = new("규칙", "Rules"), UiHint = "json-editor", IsWrapped = false, IsRequired = true },
        new("Application", "Object") { DisplayName = new("신청", "Application"), IsRequired = true, DefaultSyntax = "Input" },
    ],
    Outputs =
    [
        new("Verdict", "String") { DisplayName = new("판정", "Verdict") },
        new("Reasons", "Object") { DisplayName = new("사유", "Reasons") },
    ],
    Outcomes = ["Eligible", "Ineligible", "Indeterminate"],
})
{
    public override object Prepare(ActivityPreparation preparation) => RuleTable.Read(preparation.Raw("rules"));

    public override void Execute(ActivityExecution activity)
    {
        var answer = activity.Prepared<RuleTable>().Evaluate(activity.Input("Application"));
        var verdict = answer.Answer switch { Answer.Yes => "Eligible", Answer.No => "Ineligible", _ => "Indeterminate" };
        var reasons = Reasons.ToValue(answer.Reasons);
        activity.SetOutput("Verdict", verdict);
        activity.SetOutput("Reasons", reasons);
        activity.Record(Value.Object(("verdict", verdict), ("reasons", reasons)));
        activity.Complete(verdict);
    }
}

internal sealed class ChooseTierActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Grant.ChooseTier",
    Category = GrantActivities.Design,
    DisplayName = new("유형 결정", "Choose tier"),
    Description = new("위에서부터 처음 맞는 유형으로 정합니다.", "The first tier that fits, from the top, is chosen."),
    Inputs =
    [
        new("Tiers", "Object") { DisplayName = new("유형", "Tiers"), UiHint = "json-editor", IsWrapped = false, IsRequired = true },
        new("Application", "Object") { DisplayName = new("신청", "Application"), IsRequired = true, DefaultSyntax = "Input" },
    ],
    Outputs =
    [
        new("Tier", "String") { DisplayName = new("유형", "Tier") },
        new("Reasons", "Object") { DisplayName = new("사유", "Reasons") },
    ],
    Outcomes = ["None"],
})
{
    public override IReadOnlyList<string> Outcomes(ActivityDefinition activity)
        => GrantActivities.Raw(activity, "tiers") is { Kind: ValueKind.Array } rows ? [.. GrantActivities.Texts(rows, "tier"), "None"] : ["None"];

    public override object Prepare(ActivityPreparation preparation) => TierTable.Read(preparation.Raw("tiers"));

    public override void Execute(ActivityExecution activity)
    {
        var (tier, why) = activity.Prepared<TierTable>().Choose(activity.Input("Application"));
        var reasons = Reasons.ToValue(why);
        activity.SetOutput("Tier", tier?.Code);
        activity.SetOutput("Reasons", reasons);
        activity.Record(Value.Object(("tier", tier?.Code), ("reasons", reasons)));
        activity.Complete(tier?.Code ?? "None");
    }
}

internal sealed class ShareCostActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Grant.ShareCost",
    Category = GrantActivities.Design,
    DisplayName = new("사업비 분담", "Share cost"),
    Description = new("총사업비를 재원별로 나눕니다. 원 단위까지 합계가 맞습니다.", "Divides the total cost between the funders; the parts add up to the won."),
    Inputs =
    [
        new("Tier", "String") { DisplayName = new("유형", "Tier"), IsWrapped = false, IsRequired = true },
        new("RoundingUnit", "Int64") { DisplayName = new("절사 단위(원)", "Rounding unit (won)"), IsWrapped = false, Least = 1, Most = 1_000_000, Otherwise = ShareTableReader.CustomaryUnit, Unit = new("원", "won") },
        new("Bearer", "String") { DisplayName = new("나머지 부담", "Bearer of the rest"), IsWrapped = false, UiHint = "dropdown", Options = Enum.GetNames<Funder>(), OtherwiseOption = nameof(Funder.Firm) },
        new("Grant", "Object")
        {
            DisplayName = new("지원금 전체", "Grant as a whole"),
            Description = new(
                "{ \"targetBp\": 5000, \"cap\": 50000000 }: 사업비에서 먼저 떼는 지원금입니다. 기준이 PublicGrant인 재원들이 나누어 냅니다.",
                "{ \"targetBp\": 5000, \"cap\": 50000000 }: what is reckoned of the cost first; the funders whose base is PublicGrant divide it."),
            UiHint = "json-editor",
            IsWrapped = false,
        },
        new("Shares", "Object") { DisplayName = new("분담 비율", "Shares"), UiHint = "json-editor", IsWrapped = false, IsRequired = true },
        new("Overrides", "Object")
        {
            DisplayName = new("지역별 예외", "Exceptions by place"),
            Description = new(
                "[{ \"municipality\": \"46720\", \"shares\": [ … ] }] 또는 [{ \"region\": \"26\", … }]: 그 시·군·구나 시·도에서는 적은 재원의 줄만 바뀝니다.",
                "[{ \"municipality\": \"46720\", \"shares\": [ … ] }] or [{ \"region\": \"26\", … }]: there, the rows of the funders named replace the ordinary ones."),
            UiHint = "json-editor",
            IsWrapped = false,
        },
        new("Application", "Object") { DisplayName = new("신청", "Application"), IsRequired = true, DefaultSyntax = "Input" },
    ],
    Outputs =
    [
        new("Split", "Object") { DisplayName = new("재원별 분담액", "Shares in won") },
        new("Reasons", "Object") { DisplayName = new("사유", "Reasons") },
    ],
    Outcomes = ["Done", "Infeasible"],
})
{
    public override object Prepare(ActivityPreparation preparation)
    {
        var reader = new ShareTableReader(preparation.Raw("shares"), preparation.Raw("bearer"), preparation.Raw("roundingUnit"), preparation.Raw("grant"));
        return new TierShares(
            preparation.Raw("tier").Text ?? throw new PreparationException("tier", "어느 유형의 분담인지(tier) 적어야 합니다.", "The tier is missing."),
            reader.Read(),
            reader.ReadOverrides(preparation.Raw("overrides")));
    }

    public override void Execute(ActivityExecution activity)
    {
        var tier = activity.Prepared<TierShares>();
        var application = activity.Input("Application");
        var table = tier.For(application);
        var split = CostSharing.Split(table, new Won(application["totalCost"].Whole ?? 0), OutsideFacts.Read(table, application));
        var shares = Programmes.Shares.ToValue(tier.Code, table, split);
        var reasons = Reasons.ToValue(split.Problems);
        activity.SetOutput("Reasons", reasons);
        activity.Record(Value.Object(("shares", shares), ("reasons", reasons)));
        if (split.IsFeasible)
        {
            activity.SetOutput("Split", shares);
            activity.Complete("Done");
        }
        else
        {
            activity.Complete("Infeasible");
        }
    }

    /// <param name="Code">The tier.</param>
    /// <param name="Table">The shares where no exception is made.</param>
    /// <param name="Overrides">The whole table for each place (code of a municipality or a region) that is an exception.</param>
    internal sealed record TierShares(string Code, ShareTable Table, IReadOnlyDictionary<string, ShareTable> Overrides)
    {
        /// <summary>A municipality's own exception goes before its region's.</summary>
        public ShareTable For(Value application)
            => Find(application["facility"]["municipality"].Text) ?? Find(application["facility"]["region"].Text) ?? Table;

        private ShareTable? Find(string? place) => place is not null && Overrides.TryGetValue(place, out var table) ? table : null;
    }
}
