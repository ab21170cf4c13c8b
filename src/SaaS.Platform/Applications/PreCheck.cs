using NodaTime;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;
using SaaS.Platform.Workflows;
using SaaS.Workflows.Compilation;

namespace SaaS.Platform.Applications;

/// <summary>What the programme and the rules of every application say to a request, before anything is stored.</summary>
internal sealed record PreChecked
{
    /// <summary>Everything that speaks against it; empty when it may be submitted.</summary>
    public required List<Refusal> Problems { get; init; }

    /// <summary>Null when the request itself could not be put to the programme.</summary>
    public FirstBurst? Decision { get; init; }

    public IReadOnlyList<FunderShare> Shares { get; init; } = [];

    public CompiledWorkflow? Workflow { get; init; }
}

/// <summary>Checks a request and runs the programme's first burst in memory. Preview and submission both go through here.</summary>
public sealed class PreCheck(CompiledDefinitions definitions)
{
    internal async Task<PreChecked> RunAsync(GrantsDb db, Applicant applicant, ApplicationRequest request, Instant arrivedAt, CancellationToken cancellationToken)
    {
        var problems = RequestRules.Check(request).ToList();
        if (Window(applicant.Call, arrivedAt) is { } shut)
        {
            problems.Insert(0, shut);
        }

        if (applicant.Facility is null)
        {
            problems.Add(new Refusal("facility-unknown", "귀사의 사업장을 고르세요.", "Choose one of your own facilities.", "facilityId"));
        }

        if (!string.IsNullOrWhiteSpace(request.SupplierBusinessNumber) && applicant.SupplierOrganisation is null
            && !problems.Exists(problem => problem.Where == "supplierBusinessNumber"))
        {
            problems.Add(new Refusal(
                "supplier-unknown",
                "이 사업자등록번호로 등록된 공급기업이 없습니다. 공급기업에 먼저 등록을 요청하세요.",
                "No supplier has registered with this business number. Ask the supplier to register first.",
                "supplierBusinessNumber"));
        }

        // What follows needs a cost and a facility to reckon with.
        if (applicant.Facility is null || problems.Exists(problem => problem.Where == "totalCost"))
        {
            return new PreChecked { Problems = problems };
        }

        var workflow = await definitions.GetAsync(db, applicant.Call.DefinitionVersionId, cancellationToken);
        var facts = ApplicationFacts.Of(applicant, request, null, arrivedAt);
        var burst = WorkflowInstances.Start(workflow, Guid.CreateVersion7(), facts, arrivedAt);
        var decision = FirstBurst.Read(burst);
        problems.AddRange(decision.Problems);
        foreach (var bookmark in burst.Created)
        {
            problems.AddRange(ApplicationStageJob.MissingDocuments(bookmark.Payload, facts));
        }

        var shares = FunderBodies.Find(applicant, decision.Shares?.Parts ?? [], problems);
        return new PreChecked { Problems = problems, Decision = decision, Shares = shares, Workflow = workflow };
    }

    internal static Refusal CallCancelled { get; } = new(
        "call-cancelled", "취소된 공고입니다. 다시 낸 공고가 있으면 그 공고에 신청하세요.", "This call was cancelled. If it was issued anew, apply there.");

    private static Refusal? Window(Call call, Instant arrivedAt) => call.StandingAt(arrivedAt) switch
    {
        CallStanding.Open => null,
        CallStanding.NotYetOpen => new Refusal(
            "call-not-yet-open",
            $"아직 접수 기간이 아닙니다. {Korean(call.OpensAt)}부터 접수합니다.",
            $"The call is not open yet. It opens at {Korean(call.OpensAt)} Korean time."),
        CallStanding.Closed => new Refusal(
            "deadline-passed",
            $"접수가 마감되었습니다. 마감은 {Korean(call.ClosesAt)}이었고, 도착 시각은 {Korean(arrivedAt)}입니다.",
            $"The deadline was {Korean(call.ClosesAt)}; this arrived at {Korean(arrivedAt)} Korean time."),
        _ => CallCancelled,
    };

    private static string Korean(Instant instant) => KoreanTime.Pattern.Format(instant.InZone(Time.Seoul.Zone).LocalDateTime);
}
