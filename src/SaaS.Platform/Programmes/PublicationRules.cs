using NodaTime;
using SaaS.Platform.Onboarding;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Programmes;

/// <summary>What must hold when somebody publishes a draft, beyond the definition itself: all that is wrong at once.</summary>
internal sealed class PublicationRules(PlannedPublication publication, PublishDraft.Request request, Instant now)
{
    private Instant? closesAt;

    public string Reason => request.Reason?.Trim() ?? "";

    public Instant? EffectiveAt { get; private set; }

    public Instant ClosesAt => closesAt ?? throw new InvalidOperationException("No exception was asked for.");

    /// <summary>What is asked of the national budget: what was written, else what the quotas need.</summary>
    public IReadOnlyList<NationalAsk> National { get; private set; } = [];

    /// <summary>Why it cannot be published as it is, by this person, now.</summary>
    public List<Refusal> Conflicts(bool isOwnWork)
    {
        var reasons = new List<Refusal>();
        if (isOwnWork && publication.ChangesMoneyOrRules)
        {
            reasons.Add(new Refusal(
                "second-person-needed",
                "금액이나 규칙이 바뀌므로 초안을 고치지 않은 다른 담당자가 게시해야 합니다.",
                "Money or rules change: somebody who did not work on the draft must publish it."));
        }

        if (request.Exception is null)
        {
            reasons.AddRange(publication.WorseWhileOpen.Select(difference => new Refusal(
                "terms-worse-while-open",
                $"접수 중인 공고의 조건은 기업에 불리하게 바꿀 수 없습니다: {difference.Sentence.Ko}. 공고를 취소하고 다시 내거나 접수가 끝난 뒤 게시하세요. 꼭 필요하면 스마트제조혁신추진단(KOSMO)에 예외를 요청할 수 있습니다.",
                $"While a call is open its terms may not become worse for firms: {difference.Sentence.En}. Cancel and reissue the call, or publish after it has closed. Where it cannot wait, ask KOSMO for the exception.",
                difference.ActivityId)));
        }

        return reasons;
    }

    /// <summary>What is written wrongly.</summary>
    public List<Refusal> Mistakes()
    {
        var mistakes = new List<Refusal>();
        if (Reason.Length == 0)
        {
            mistakes.Add(new Refusal("reason-missing", "게시하는 까닭을 적어 주세요. 사업의 이력에 남습니다.", "Say why it is published. It stands in the programme's history.", "reason"));
        }
        else if (Reason.Length > PublishDraft.LongestReason)
        {
            mistakes.Add(new Refusal("reason-too-long", $"까닭은 {PublishDraft.LongestReason:N0}자까지 쓸 수 있습니다.", $"The reason may have {PublishDraft.LongestReason:N0} characters.", "reason"));
        }

        ReadNational(mistakes);
        if (publication.WorseWhileOpen.Count > 0 && request.Exception is { } exception)
        {
            ReadException(exception, mistakes);
        }

        return mistakes;
    }

    private void ReadNational(List<Refusal> mistakes)
    {
        if (request.National is null)
        {
            National = [.. publication.TiersToAsk.Where(tier => NationalMoney.Wanted(tier) is { Amount: > 0 }).Select(tier => new NationalAsk(tier.Code, NationalMoney.Wanted(tier)!.Value.Amount))];
            return;
        }

        foreach (var ask in request.National)
        {
            if (publication.TiersToAsk.All(tier => tier.Code != ask?.Tier))
            {
                mistakes.Add(new Refusal("tier-unknown", $"'{ask?.Tier}' 유형에는 새로 배정할 국비가 없습니다.", $"The tier '{ask?.Tier}' has no central money to be set aside.", "national"));
            }
            else if (ask.Asked <= 0)
            {
                mistakes.Add(new Refusal("national-amount", "요청하는 국비는 1원 이상이어야 합니다.", "Ask for at least 1 won of central money.", $"national.{ask.Tier}"));
            }
        }

        National = [.. request.National.OfType<NationalAsk>().DistinctBy(ask => ask.Tier).Select(ask => new NationalAsk(ask.Tier, ask.Asked))];
    }

    private void ReadException(PublishDraft.WantedException exception, List<Refusal> mistakes)
    {
        if (!string.IsNullOrWhiteSpace(exception.EffectiveAt))
        {
            if (!TenantFolder.TryTime(exception.EffectiveAt, out var effective))
            {
                mistakes.Add(new Refusal("time-unreadable", "적용 시각은 2025-04-30T18:00 형식이어야 합니다.", "Write the moment as 2025-04-30T18:00.", "exception.effectiveAt"));
            }
            else if (effective <= now)
            {
                mistakes.Add(new Refusal("time-passed", "적용 시각은 지금보다 뒤여야 합니다.", "The moment must be still to come.", "exception.effectiveAt"));
            }
            else
            {
                EffectiveAt = effective;
            }
        }

        if (!TenantFolder.TryTime(exception.ClosesAt, out var closes))
        {
            mistakes.Add(new Refusal("time-unreadable", "연장한 마감은 2025-04-30T18:00 형식이어야 합니다.", "Write the extended end as 2025-04-30T18:00.", "exception.closesAt"));
            return;
        }

        var latest = publication.OpenCalls.Max(call => call.ClosesAt);
        if (EffectiveAt >= latest)
        {
            mistakes.Add(new Refusal("effective-after-close", "적용 시각은 공고가 마감되기 전이어야 합니다.", "It must take effect before the call closes.", "exception.effectiveAt"));
        }

        if (closes < latest)
        {
            mistakes.Add(new Refusal("deadline-earlier", "마감을 앞당길 수는 없습니다.", "The deadline cannot be moved forward.", "exception.closesAt"));
        }

        if (closes < (EffectiveAt ?? now) + Duration.FromDays(PublishDraft.DaysAfterCorrection))
        {
            mistakes.Add(new Refusal(
                "extension-too-short",
                $"조건이 불리해지면 적용한 날부터 {PublishDraft.DaysAfterCorrection}일 이상 접수해야 합니다. 마감을 더 늦춰 주세요.",
                $"When terms get worse the call stays open for at least {PublishDraft.DaysAfterCorrection} days after that. Extend it further.",
                "exception.closesAt"));
        }

        closesAt = closes;
    }
}
