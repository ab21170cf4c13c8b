using SaaS.Workflows.Activities;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Programmes;

/// <summary>
/// A step that somebody or some job outside does. It makes one bookmark whose payload names the stage and holds its parameters, as the
/// pinned version of the definition has them, and goes on with the outcome that comes back.
/// </summary>
internal abstract class WaitingActivity(ActivityDescriptor descriptor) : ActivityType(descriptor with { IsBlocking = true })
{
    /// <summary>The stage and its parameters.</summary>
    public abstract override object Prepare(ActivityPreparation preparation);

    public override void Execute(ActivityExecution activity) => activity.CreateBookmark(activity.Prepared<StagePayload>().Value);

    public override void Resume(ActivityExecution activity, Value input)
    {
        activity.Record(input);
        activity.Complete(input["outcome"].Text!);
    }
}

/// <summary>The payload of the bookmark.</summary>
internal sealed record StagePayload(Value Value);

internal sealed class ApplicationStageActivity() : WaitingActivity(new ActivityDescriptor
{
    TypeName = "Grant.ApplicationStage",
    Category = GrantActivities.National,
    DisplayName = new("신청 단계", "Application stage"),
    Description = new("서류와 공급기업, 중복 지원을 확인합니다.", "Checks documents, supplier and duplicate support."),
    Inputs = [new("Documents", "Object") { DisplayName = new("제출 서류", "Documents"), UiHint = "json-editor", IsWrapped = false }],
    Outcomes = ["Accepted", "Rejected"],
})
{
    public override object Prepare(ActivityPreparation preparation)
        => new StagePayload(Value.Object(("stage", "application"), ("documents", GrantActivities.Rows(preparation, "documents", required: false))));
}

internal sealed class EvaluationStageActivity() : WaitingActivity(new ActivityDescriptor
{
    TypeName = "Grant.EvaluationStage",
    Category = GrantActivities.National,
    DisplayName = new("평가 단계", "Evaluation stage"),
    Description = new("평가위원이 항목별로 점수를 매깁니다. 배점의 합은 100점입니다.", "An evaluator scores each criterion; the weights add up to 100."),
    Inputs =
    [
        new("Criteria", "Object") { DisplayName = new("평가 항목", "Criteria"), UiHint = "json-editor", IsWrapped = false, IsRequired = true },
        new("PassMark", "Int32") { DisplayName = new("합격 점수", "Pass mark"), IsWrapped = false, IsRequired = true, Least = 0, Most = 100, Unit = new("점", "points") },
        new("Selection", "String") { DisplayName = new("선정 방식", "Selection"), IsWrapped = false, UiHint = "dropdown", Options = [.. Selections], OtherwiseOption = Selections[0] },
        new("WhenShort", "String") { DisplayName = new("재원이 모자라면", "When money is short"), IsWrapped = false, UiHint = "dropdown", Options = [.. WhenShort], OtherwiseOption = WhenShort[0] },
        new("WaitingDays", "Int32") { DisplayName = new("예비 순위 유지(일)", "Days on the waiting list"), IsWrapped = false, Least = 1, Most = 730, Otherwise = 90, Unit = new("일", "days") },
    ],
    Outcomes = ["Selected", "NotSelected"],
})
{
    // The first of each is what a definition means that says nothing.
    internal static readonly string[] Selections = ["AsTheyCome", "AfterClosing", "PassMark"];

    internal static readonly string[] WhenShort = ["Skip", "Stop"];

    public override object Prepare(ActivityPreparation preparation)
    {
        var criteria = GrantActivities.Rows(preparation, "criteria", required: true);
        var sum = 0L;
        foreach (var criterion in criteria.Items)
        {
            sum += criterion["weight"].Whole is > 0 and <= 100 and { } weight ? weight : throw new PreparationException(
                "criteria",
                $"평가 항목 '{criterion["code"].Text}'의 배점은 1에서 100 사이의 정수여야 합니다.",
                $"The weight of the criterion '{criterion["code"].Text}' must be a whole number from 1 to 100.");
        }

        return sum == 100
            ? new StagePayload(Value.Object(
                ("stage", "evaluation"),
                ("criteria", criteria),
                ("passMark", GrantActivities.Whole(preparation, "passMark")),
                ("selection", GrantActivities.Choice(preparation, "selection", Selections[0], Selections)),
                ("whenShort", GrantActivities.Choice(preparation, "whenShort", WhenShort[0], WhenShort)),
                ("waitingDays", GrantActivities.Whole(preparation, "waitingDays"))))
            : throw new PreparationException("criteria", $"배점의 합이 {sum}점입니다. 100점이어야 합니다.", $"The weights add up to {sum}; they must add up to 100.");
    }
}

internal sealed class DisbursementStageActivity() : WaitingActivity(new ActivityDescriptor
{
    TypeName = "Grant.DisbursementStage",
    Category = GrantActivities.National,
    DisplayName = new("지급 단계", "Disbursement stage"),
    Description = new("한 차례의 사업비를 재원별로 지급합니다. 마지막 차례는 남은 금액을 모두 지급합니다.", "Pays one tranche, funder by funder; the last one pays what is left."),
    Inputs =
    [
        new("Tranche", "Int32") { DisplayName = new("차수", "Tranche"), IsWrapped = false, IsRequired = true, Least = 1, Most = 20, Unit = new("차", "") },
        new("PercentBp", "Int32") { DisplayName = new("비율(만분율)", "Part (basis points)"), IsWrapped = false, IsRequired = true, UiHint = "percent", Least = 1, Most = 10_000, Unit = new("%", "%") },
        new("Last", "Boolean") { DisplayName = new("마지막 차수", "Last tranche"), IsWrapped = false, UiHint = "checkbox" },
        new("Payee", "String") { DisplayName = new("받는 곳", "Payee"), IsWrapped = false, UiHint = "dropdown", Options = ["Supplier", "Firm"], OtherwiseOption = "Supplier" },
        new("DepositFirst", "Boolean") { DisplayName = new("기업부담금 선입금", "Firm's deposit first"), IsWrapped = false, UiHint = "checkbox" },
        new("ProjectYear", "Int32") { DisplayName = new("과제 연차", "Year of the project"), IsWrapped = false, Least = 1, Most = 10, Unit = new("년차", "") },
    ],
    Outcomes = ["Paid", "Stopped"],
})
{
    public override object Prepare(ActivityPreparation preparation) => new StagePayload(Value.Object(
    [
        ("stage", "disbursement"),
        ("tranche", GrantActivities.Whole(preparation, "tranche")),
        ("percentBp", GrantActivities.Whole(preparation, "percentBp")),
        ("last", preparation.Raw("last").IsTrue),
        ("payee", GrantActivities.Choice(preparation, "payee", "Supplier", "Supplier", "Firm")),
        ("depositFirst", preparation.Raw("depositFirst").IsTrue),
        .. preparation.Raw("projectYear").IsNothing ? Array.Empty<(string, Value)>() : [("projectYear", GrantActivities.Whole(preparation, "projectYear"))],
    ]));
}

internal sealed class InspectionStageActivity() : WaitingActivity(new ActivityDescriptor
{
    TypeName = "Grant.InspectionStage",
    Category = GrantActivities.National,
    DisplayName = new("점검 단계", "Inspection stage"),
    Description = new("점검위원이 현장에서 점검표를 작성합니다.", "An inspector fills the checklist on site."),
    Inputs =
    [
        new("Kind", "String") { DisplayName = new("종류", "Kind"), IsWrapped = false, IsRequired = true, UiHint = "dropdown", Options = ["Interim", "Final"] },
        new("Checklist", "Object") { DisplayName = new("점검표", "Checklist"), UiHint = "json-editor", IsWrapped = false, IsRequired = true },
    ],
    Outcomes = ["Passed", "Failed"],
})
{
    public override object Prepare(ActivityPreparation preparation) => new StagePayload(Value.Object(
        ("stage", "inspection"),
        ("kind", GrantActivities.Choice(preparation, "kind", null, "Interim", "Final")),
        ("checklist", GrantActivities.Rows(preparation, "checklist", required: true))));
}

internal sealed class ReserveNationalShareActivity() : WaitingActivity(new ActivityDescriptor
{
    TypeName = "Grant.ReserveNationalShare",
    Category = GrantActivities.National,
    DisplayName = new("국비 확보", "Reserve central money"),
    Description = new("추진단이 승인한 국비에서 이 과제의 몫을 잡아 둡니다.", "Sets this project's part aside from what KOSMO granted."),
    Inputs = [new("WithinDays", "Int32") { DisplayName = new("기한(일)", "Within days"), IsWrapped = false, Least = 1, Most = 730, Otherwise = 90, Unit = new("일", "days") }],
    Outcomes = ["Reserved", "Refused", "TimedOut"],
})
{
    public override object Prepare(ActivityPreparation preparation) => new StagePayload(Value.Object(
        ("stage", "reservation"),
        ("withinDays", GrantActivities.Whole(preparation, "withinDays"))));
}

internal sealed class CommitShareActivity() : WaitingActivity(new ActivityDescriptor
{
    TypeName = "Grant.CommitShare",
    Category = GrantActivities.Design,
    DisplayName = new("분담 확약", "Commit share"),
    Description = new("재원 기관이 자기 몫의 부담을 확약하거나 거절합니다.", "A funder commits its share or refuses it."),
    Inputs =
    [
        new("Funder", "String") { DisplayName = new("재원", "Funder"), IsWrapped = false, IsRequired = true, UiHint = "dropdown", Options = ["Province", "Municipality", "LeadFirm"] },
        new("WithinDays", "Int32") { DisplayName = new("기한(일)", "Within days"), IsWrapped = false, Least = 1, Most = 365, Otherwise = 30, Unit = new("일", "days") },
    ],
    Outcomes = ["Committed", "Refused", "TimedOut"],
})
{
    public override object Prepare(ActivityPreparation preparation) => new StagePayload(Value.Object(
        ("stage", "commitment"),
        ("funder", GrantActivities.Choice(preparation, "funder", null, "Province", "Municipality", "LeadFirm")),
        ("withinDays", GrantActivities.Whole(preparation, "withinDays"))));
}
