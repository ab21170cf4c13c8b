using SaaS.Workflows.Definitions;

namespace SaaS.Workflows.Programmes;

/// <summary>What people call the outcomes of steps, which stand on the arrows of a programme.</summary>
public static class OutcomeNames
{
    private static readonly Dictionary<string, Words> Known = new()
    {
        ["Accepted"] = new("접수", "accepted"),
        ["Committed"] = new("확정", "committed"),
        ["Declined"] = new("미체결", "declined"),
        ["Default"] = new("그 밖", "otherwise"),
        ["Eligible"] = new("적격", "eligible"),
        ["Failed"] = new("불합격", "failed"),
        ["Indeterminate"] = new("확인 필요", "facts missing"),
        ["Ineligible"] = new("부적격", "ineligible"),
        ["Infeasible"] = new("분담 불가", "shares impossible"),
        ["Lapsed"] = new("기한 경과", "lapsed"),
        ["None"] = new("해당 유형 없음", "no tier fits"),
        ["NotSelected"] = new("미선정", "not selected"),
        ["Paid"] = new("지급", "paid"),
        ["Passed"] = new("합격", "passed"),
        ["Refused"] = new("거절", "refused"),
        ["Rejected"] = new("반려", "rejected"),
        ["Reserved"] = new("배정", "reserved"),
        ["Selected"] = new("선정", "selected"),
        ["Signed"] = new("체결", "signed"),
        ["Stopped"] = new("중단", "stopped"),
        ["TimedOut"] = new("기한 경과", "out of time"),
    };

    /// <summary>The outcome itself where it has no name.</summary>
    public static Words Of(string outcome) => Known.TryGetValue(outcome, out var words) ? words : new(outcome, outcome);

    /// <summary>Of a step whose outcomes are its tiers or answers, the words of its own definition.</summary>
    public static Words Of(ActivityDefinition step, string outcome)
    {
        foreach (var (list, key) in new[] { ("tiers", "tier"), ("answers", "code") })
        {
            foreach (var row in GrantActivities.Raw(step, list).Items)
            {
                if (row[key].Text == outcome)
                {
                    return new(row["ko"].Text ?? outcome, row["en"].Text ?? outcome);
                }
            }
        }

        return Of(outcome);
    }
}
