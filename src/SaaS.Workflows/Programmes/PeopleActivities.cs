using SaaS.Workflows.Activities;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Programmes;

internal sealed class HumanTaskActivity() : WaitingActivity(new ActivityDescriptor
{
    TypeName = "Grant.HumanTask",
    Category = GrantActivities.People,
    DisplayName = new("담당자 업무", "Human task"),
    Description = new(
        "담당자에게 묻고 답을 기다립니다. 답마다 다음 단계를 이을 수 있고, 기한을 두면 기한이 지났을 때의 길도 이어야 합니다.",
        "Asks somebody and waits; every answer has a way on, and so has the end of the time, where one is set."),
    Inputs =
    [
        new("TitleKo", "String") { DisplayName = new("제목(한국어)", "Title (Korean)"), IsWrapped = false, IsRequired = true },
        new("TitleEn", "String") { DisplayName = new("제목(영어)", "Title (English)"), IsWrapped = false, IsRequired = true },
        new("InstructionsKo", "String") { DisplayName = new("안내(한국어)", "Instructions (Korean)"), IsWrapped = false, UiHint = "multiline" },
        new("InstructionsEn", "String") { DisplayName = new("안내(영어)", "Instructions (English)"), IsWrapped = false, UiHint = "multiline" },
        new("Assignee", "String") { DisplayName = new("담당", "Assignee"), IsWrapped = false, IsRequired = true, UiHint = "dropdown", Options = ["Tenant", "Centre", "Kosmo", "Firm"] },
        new("Answers", "Object") { DisplayName = new("답", "Answers"), UiHint = "json-editor", IsWrapped = false, IsRequired = true },
        new("WithinDays", "Int32") { DisplayName = new("기한(일)", "Within days"), IsWrapped = false, Least = 1, Most = 365, Unit = new("일", "days") },
    ],
})
{
    private const string TimedOut = "TimedOut";

    public override IReadOnlyList<string> Outcomes(ActivityDefinition activity)
    {
        var answers = GrantActivities.Texts(GrantActivities.Raw(activity, "answers"), "code");
        return GrantActivities.Raw(activity, "withinDays").IsNothing ? answers : [.. answers, TimedOut];
    }

    public override object Prepare(ActivityPreparation preparation)
    {
        if (preparation.Raw("titleKo").Text is not { Length: > 0 } ko || preparation.Raw("titleEn").Text is not { Length: > 0 } en)
        {
            throw new PreparationException("titleKo", "업무의 제목을 한국어와 영어로 적어 주세요.", "The task needs a title in Korean and English.");
        }

        var answers = GrantActivities.Rows(preparation, "answers", required: true);
        if (GrantActivities.Texts(answers, "code").Contains(TimedOut))
        {
            throw new PreparationException(
                "answers", $"'{TimedOut}'은(는) 기한이 지났을 때의 결과입니다. 답의 코드를 바꿔 주세요.", $"'{TimedOut}' is what happens when the time is over. Give the answer another code.");
        }

        return new StagePayload(Value.Object(
        [
            ("stage", "task"),
            ("titleKo", ko),
            ("titleEn", en),
            ("instructionsKo", preparation.Raw("instructionsKo").Text),
            ("instructionsEn", preparation.Raw("instructionsEn").Text),
            ("assignee", GrantActivities.Choice(preparation, "assignee", null, "Tenant", "Centre", "Kosmo", "Firm")),
            ("answers", answers),
            .. preparation.Raw("withinDays").IsNothing ? Array.Empty<(string, Value)>() : [("withinDays", GrantActivities.Whole(preparation, "withinDays"))],
        ]));
    }
}

internal sealed class SignAgreementActivity() : WaitingActivity(new ActivityDescriptor
{
    TypeName = "Grant.SignAgreement",
    Category = GrantActivities.People,
    DisplayName = new("협약 체결", "Sign agreement"),
    Description = new("당사자가 모두 서명하면 협약이 맺어집니다.", "The agreement stands when every party has signed."),
    Inputs =
    [
        new("Signers", "Object") { DisplayName = new("서명하는 당사자", "Signers"), UiHint = "json-editor", IsWrapped = false },
        new("WithinDays", "Int32") { DisplayName = new("기한(일)", "Within days"), IsWrapped = false, Least = 1, Most = 365, Otherwise = 30, Unit = new("일", "days") },
    ],
    Outcomes = ["Signed", "Declined", "Lapsed"],
})
{
    internal static readonly string[] Parties = ["Firm", "Supplier", "Tenant", "LeadFirm"];

    internal static readonly string[] Usual = ["Firm", "Supplier", "Tenant"];

    public override object Prepare(ActivityPreparation preparation)
    {
        var signers = preparation.Raw("signers");
        var names = new List<string>();
        foreach (var signer in signers.Items)
        {
            names.Add(signer.Text is { } party && Parties.Contains(party) ? party : throw new PreparationException(
                "signers",
                $"서명하는 당사자 '{signer.Text}'은(는) 없습니다. 쓸 수 있는 것: {string.Join(", ", Parties)}",
                $"There is no signer '{signer.Text}'. There are: {string.Join(", ", Parties)}"));
        }

        return new StagePayload(Value.Object(
            ("stage", "agreement"),
            ("signers", Value.From(names.Count > 0 ? names : [.. Usual])),
            ("withinDays", GrantActivities.Whole(preparation, "withinDays"))));
    }
}

internal sealed class NotifyActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Grant.Notify",
    Category = GrantActivities.People,
    DisplayName = new("알림", "Notify"),
    Inputs =
    [
        new("To", "String") { DisplayName = new("받는 사람", "To"), IsWrapped = false, UiHint = "dropdown", Options = ["Firm", "Supplier", "Tenant", "Kosmo"], OtherwiseOption = "Firm" },
        new("Ko", "String") { DisplayName = new("한국어 글", "Korean text"), IsWrapped = false, IsRequired = true, UiHint = "multiline" },
        new("En", "String") { DisplayName = new("영어 글", "English text"), IsWrapped = false, IsRequired = true, UiHint = "multiline" },
    ],
})
{
    public override object Prepare(ActivityPreparation preparation) => new StagePayload(Value.Object(
        ("to", GrantActivities.Choice(preparation, "to", "Firm", "Firm", "Supplier", "Tenant", "Kosmo")),
        ("ko", preparation.Raw("ko").Text ?? throw new PreparationException("ko", "한국어 글이 없습니다.", "The Korean text is missing.")),
        ("en", preparation.Raw("en").Text ?? throw new PreparationException("en", "영어 글이 없습니다.", "The English text is missing."))));

    public override void Execute(ActivityExecution activity)
    {
        var notice = activity.Prepared<StagePayload>().Value;
        activity.Emit("notify", notice);
        activity.Record(notice);
        activity.Complete();
    }
}

internal sealed class CloseActivity() : ActivityType(new ActivityDescriptor
{
    TypeName = "Grant.Close",
    Category = GrantActivities.Design,
    DisplayName = new("종료", "Close"),
    Description = new("과제를 결과와 함께 끝냅니다. 완료한 과제는 정한 해 동안 성과를 조사합니다.", "Ends the case with a result. A completed project's outcomes are tracked for the given years."),
    Inputs =
    [
        new("Result", "String") { DisplayName = new("결과", "Result"), IsWrapped = false, IsRequired = true, UiHint = "dropdown", Options = [.. Results] },
        new("OutcomeYears", "Int32") { DisplayName = new("성과조사 기간(년)", "Outcome tracking (years)"), IsWrapped = false, Least = 0, Most = 10, Otherwise = 0, Unit = new("년", "years") },
    ],
    IsTerminal = true,
})
{
    internal static readonly string[] Results = ["Completed", "Ineligible", "Rejected", "NotSelected", "Refused", "Declined", "Failed"];

    public override object Prepare(ActivityPreparation preparation) => new StagePayload(Value.Object(
        ("result", GrantActivities.Choice(preparation, "result", null, Results)),
        ("outcomeYears", GrantActivities.Whole(preparation, "outcomeYears"))));

    public override void Execute(ActivityExecution activity)
    {
        var payload = activity.Prepared<StagePayload>().Value;
        activity.Emit("close", payload);
        activity.Record(payload);
        activity.Complete();
    }
}
