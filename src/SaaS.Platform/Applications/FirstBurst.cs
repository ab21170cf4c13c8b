using SaaS.Platform.Refusals;
using SaaS.Workflows.Programmes;
using SaaS.Workflows.Runtime;
using DividedCost = SaaS.Workflows.Programmes.Shares;

namespace SaaS.Platform.Applications;

/// <summary>
/// What the programme says before anybody has looked at an application: its workflow run up to the first wait. A workflow that ends
/// there has refused.
/// </summary>
internal sealed record FirstBurst
{
    public required bool Passed { get; init; }

    /// <summary>Eligible, Ineligible or Indeterminate; null when the programme has no such check.</summary>
    public string? Verdict { get; init; }

    public string? Tier { get; init; }

    public IReadOnlyList<Refusal> Problems { get; init; } = [];

    /// <summary>Null when no cost was divided.</summary>
    public DividedCost? Shares { get; init; }

    public static FirstBurst Read(Burst burst)
    {
        var state = burst.State;
        var passed = state.SubStatus == WorkflowSubStatus.Suspended;
        var verdict = state.Variable("verdict").Text;
        var tier = state.Variable("tier").Text;
        var reasons = passed ? [] : ReadReasons(state);
        return new FirstBurst
        {
            Passed = passed,
            Verdict = verdict,
            Tier = tier,
            Problems = passed || reasons.Count > 0 ? reasons : [WithoutReason(state)],
            Shares = DividedCost.FromValue(state.Variable("shares")),
        };
    }

    private static List<Refusal> ReadReasons(InstanceState state) =>
    [
        .. Reasons.FromValue(state.Variable("reasons")).Select(reason => new Refusal(reason.Code, reason.Ko, reason.En, reason.Field)
        {
            Source = reason.Source,
            NearestKo = reason.NearestKo,
            NearestEn = reason.NearestEn,
        }),
    ];

    private static Refusal WithoutReason(InstanceState state) => state.SubStatus == WorkflowSubStatus.Faulted
        ? new Refusal(
            "programme-cannot-decide",
            "사업 정의에 오류가 있어 심사할 수 없습니다. 운영 기관에 문의하세요.",
            "The programme's definition has a fault and cannot decide. Please ask the body that runs it.")
        : new Refusal("not-accepted", "이 공고의 조건에 맞지 않습니다.", "The conditions of this call are not met.");
}
