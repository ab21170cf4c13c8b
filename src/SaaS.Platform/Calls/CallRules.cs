using NodaTime;
using SaaS.Platform.Onboarding;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;
using SaaS.Workflows.Checking;

namespace SaaS.Platform.Calls;

/// <summary>What must hold before a call is announced; all that is wrong at once.</summary>
internal sealed class CallRules(PlannedCall plan, AnnounceCall.Request request, Instant now)
{
    private const int LongestNumber = 80;
    private const int LongestName = 200;
    private const long MostWon = 100_000_000_000_000;

    private Instant opensAt;
    private Instant closesAt;

    public string Number => request.Number?.Trim() ?? "";

    public Instant OpensAt => opensAt;

    public Instant ClosesAt => closesAt;

    /// <summary>What is asked of KOSMO with this call.</summary>
    public IReadOnlyList<NationalAsk> National => [.. (request.National ?? []).Select(ask => new NationalAsk(ask.Tier, ask.Asked))];

    public List<Refusal> Check() => [.. Texts(), .. Times(), .. Budgets(), .. Asks(), .. Rails()];

    // The version may be older than the guard rails that hold now. A call that is open goes on; a new one keeps them.
    private IEnumerable<Refusal> Rails()
    {
        foreach (var problem in plan.Broken)
        {
            yield return new Refusal(problem.Code, $"게시한 판이 지금의 국가 기준에 맞지 않습니다. 새 판을 게시한 뒤 공고하세요. {problem.Ko}", $"The published version does not keep the guard rails that hold now. Publish a new one first. {problem.En}");
        }

        if (plan.CallLength is { Limits.CallDaysMin: { } days } rail && closesAt > opensAt && closesAt - opensAt < Duration.FromDays(days))
        {
            var which = GuardRailWords.Cite(rail);
            yield return new Refusal("call-too-short", $"접수 기간은 {days}일 이상이어야 합니다. {which.Ko}", $"The call must take applications for at least {days} days. {which.En}", "closesAt");
        }
    }

    private IEnumerable<Refusal> Texts()
    {
        if (Number.Length is 0 or > LongestNumber)
        {
            yield return new Refusal("number-missing", $"공고 번호를 {LongestNumber}자 안으로 적어 주세요.", $"Write the number of the call, in at most {LongestNumber} characters.", "number");
        }

        if (string.IsNullOrWhiteSpace(request.Ko) || request.Ko.Trim().Length > LongestName)
        {
            yield return new Refusal("name-missing", $"공고 이름을 {LongestName}자 안으로 적어 주세요.", $"Write the Korean name, in at most {LongestName} characters.", "ko");
        }

        if (string.IsNullOrWhiteSpace(request.En) || request.En.Trim().Length > LongestName)
        {
            yield return new Refusal("name-missing", $"공고의 영어 이름을 {LongestName}자 안으로 적어 주세요.", $"Write the English name, in at most {LongestName} characters.", "en");
        }

        if (request.BudgetYear is null or < 2000 or > 2100)
        {
            yield return new Refusal("budget-year", "예산 연도를 네 자리로 적어 주세요.", "Write the budget year in four digits.", "budgetYear");
        }
    }

    private IEnumerable<Refusal> Times()
    {
        var opens = TenantFolder.TryTime(request.OpensAt, out opensAt);
        var closes = TenantFolder.TryTime(request.ClosesAt, out closesAt);
        if (!opens)
        {
            yield return new Refusal("time-unreadable", "접수 시작은 2025-02-24T09:00 형식의 한국 시각이어야 합니다.", "The opening is a Korean time such as 2025-02-24T09:00.", "opensAt");
        }

        if (!closes)
        {
            yield return new Refusal("time-unreadable", "접수 마감은 2025-04-04T18:00 형식의 한국 시각이어야 합니다.", "The end is a Korean time such as 2025-04-04T18:00.", "closesAt");
        }
        else if (closesAt <= now)
        {
            yield return new Refusal("time-passed", "접수 마감은 지금보다 뒤여야 합니다.", "The end must be still to come.", "closesAt");
        }
        else if (opens && closesAt <= opensAt)
        {
            yield return new Refusal("window-empty", "접수 마감은 시작보다 뒤여야 합니다.", "The call must close after it opens.", "closesAt");
        }
    }

    private IEnumerable<Refusal> Budgets()
    {
        var budgets = request.Budgets ?? [];
        foreach (var budget in budgets)
        {
            if (budget is null || plan.Payers.All(payer => payer.Funder != budget.Funder || payer.OrganisationId != budget.OrganisationId))
            {
                yield return new Refusal("payer-unknown", "이 사업의 재원을 부담하는 기관이 아닙니다.", "This body does not pay a share of this programme.", "budgets");
            }
            else if (budget.Amount is < 0 or > MostWon)
            {
                yield return new Refusal("budget-amount", "예산은 0원 이상 100조원 이하여야 합니다.", "The budget is between 0 and 100 trillion won.", $"budgets.{budget.Funder}.{budget.OrganisationId}");
            }
            else if (budget.Tier is not null && plan.Outline.Tier(budget.Tier) is null)
            {
                yield return new Refusal("tier-unknown", $"'{budget.Tier}' 유형이 없습니다.", $"There is no tier '{budget.Tier}'.", "budgets");
            }
        }

        if (budgets.OfType<AnnounceCall.Budget>().GroupBy(budget => (budget.Funder, budget.OrganisationId, budget.Tier)).Any(group => group.Count() > 1))
        {
            yield return new Refusal("budget-twice", "같은 기관의 예산이 두 번 있습니다.", "A body's budget stands there twice.", "budgets");
        }

        foreach (var funder in plan.Funders.Where(funder => budgets.OfType<AnnounceCall.Budget>().All(budget => budget.Funder != funder || budget.Amount == 0)))
        {
            var (ko, en) = (Domain.Money.FunderNames.Ko(funder), Domain.Money.FunderNames.En(funder));
            yield return new Refusal("budget-missing", $"{ko} 예산을 하나 이상 적어 주세요.", $"Write at least one budget of the {en}.", $"budgets.{funder}");
        }
    }

    private IEnumerable<Refusal> Asks()
    {
        var asks = request.National ?? [];
        foreach (var ask in asks)
        {
            if (ask is null || plan.TiersToAsk.All(tier => tier.Code != ask.Tier))
            {
                yield return new Refusal("tier-unknown", $"'{ask?.Tier}' 유형에는 새로 요청할 국비가 없습니다.", $"The tier '{ask?.Tier}' has no central money to ask for.", "national");
            }
            else if (ask.Asked is <= 0 or > MostWon)
            {
                yield return new Refusal("national-amount", "요청하는 국비는 1원 이상 100조원 이하여야 합니다.", "Ask for between 1 won and 100 trillion won.", $"national.{ask.Tier}");
            }
        }

        foreach (var tier in plan.TiersToAsk.Where(tier => asks.All(ask => ask?.Tier != tier.Code)))
        {
            yield return new Refusal(
                "national-missing", $"'{tier.Name.Ko}' 유형에 필요한 국비를 적어 주세요. KOSMO가 배정하면 열립니다.", $"Write the central money that the tier '{tier.Name.En}' needs. It opens when KOSMO grants it.", $"national.{tier.Code}");
        }
    }
}
