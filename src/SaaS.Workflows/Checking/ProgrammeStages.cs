using SaaS.Domain.Money;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Programmes;

namespace SaaS.Workflows.Checking;

/// <summary>What every way to a completed project must pass, and in which order: the national stages cannot be designed away.</summary>
internal sealed class ProgrammeStages(ProblemList problems)
{
    private static readonly (string Type, Words Name)[] Required =
    [
        ("Grant.ApplicationStage", new("신청 단계", "the application stage")),
        ("Grant.EvaluationStage", new("평가 단계", "the evaluation stage")),
        ("Grant.SignAgreement", new("협약 체결", "the agreement")),
        ("Grant.DisbursementStage", new("지급 단계", "the disbursement stage")),
    ];

    private readonly HashSet<string> _said = [];

    public void Check(ProgrammePath path)
    {
        var end = path.Steps[^1];
        foreach (var (type, name) in Required)
        {
            if (!path.OfType(type).Any())
            {
                Say("stage-missing", end, path, $"완료에 이르는 길에 {name.Ko}이(가) 없습니다. 빠뜨릴 수 없는 단계입니다.", $"A way to completion misses {name.En}, which cannot be left out.", type);
            }
        }

        if (!path.OfType("Grant.InspectionStage").Any(IsFinal))
        {
            Say("stage-missing", end, path, "완료에 이르는 길에 최종점검이 없습니다. 빠뜨릴 수 없는 단계입니다.", "A way to completion misses the final inspection, which cannot be left out.", "Final");
        }

        if (Payload(end)["outcomeYears"].Whole is not > 0)
        {
            Say("outcome-tracking-missing", end, path, "완료한 과제는 1년 이상 성과를 조사해야 합니다. 성과조사 기간을 정해 주세요.", "The outcomes of a completed project must be tracked for at least one year.");
        }

        CheckOrder(path, "Grant.ApplicationStage", "Grant.EvaluationStage", "평가보다 신청 단계가 먼저여야 합니다.", "The application stage must come before the evaluation.");
        CheckOrder(path, "Grant.EvaluationStage", "Grant.SignAgreement", "협약보다 평가가 먼저여야 합니다.", "The evaluation must come before the agreement.");
        CheckPayments(path);
        CheckMoney(path);
    }

    private void CheckOrder(ProgrammePath path, string first, string second, string ko, string en)
    {
        foreach (var step in path.OfType(second).Where(step => path.OfType(first).Any() && !path.Before[step].Any(earlier => earlier.TypeName == first)))
        {
            Say("stage-order", step, path, ko, en, first);
        }
    }

    private void CheckPayments(ProgrammePath path)
    {
        var payments = path.OfType("Grant.DisbursementStage").Where(payment => payment.Prepared is StagePayload).ToList();
        if (payments.Count == 0)
        {
            return;
        }

        foreach (var payment in payments.Where(payment => !path.Before[payment].Any(step => step.TypeName == "Grant.SignAgreement")))
        {
            Say("payment-before-agreement", payment, path, "협약을 맺기 전에는 지급할 수 없습니다.", "Nothing may be paid before the agreement is signed.");
        }

        foreach (var payment in payments.Where(payment => Payload(payment)["last"].IsTrue && !path.Before[payment].Any(IsFinal)))
        {
            Say("last-payment-before-inspection", payment, path, "최종점검을 통과하기 전에는 마지막 차수를 지급할 수 없습니다.", "The last tranche may not be paid before the final inspection is passed.");
        }

        var total = payments.Sum(payment => Payload(payment)["percentBp"].Whole ?? 0);
        if (total != 10_000)
        {
            var percent = CostSharing.BasisPointsText((int)total);
            Say("tranches-total", payments[^1], path, $"지급 차수의 합이 {percent} %입니다. 100 %여야 합니다.", $"The tranches add up to {percent} %; they must add up to 100 %.");
        }

        for (var index = 0; index < payments.Count; index++)
        {
            if (Payload(payments[index])["tranche"].Whole != index + 1 || Payload(payments[index])["last"].IsTrue != (index == payments.Count - 1))
            {
                Say("tranche-order", payments[index], path, $"지급 차수는 1차부터 차례로 매기고, 마지막 차수는 {payments.Count}차 하나여야 합니다.", $"Tranches are numbered from 1 in their order, and only number {payments.Count} is the last.");
            }
        }
    }

    private void CheckMoney(ProgrammePath path)
    {
        var divided = path.Prepared<ShareCostActivity.TierShares>().ToList();
        // A step whose table cannot be read says so itself.
        if (divided.Count == 0 && !path.OfType("Grant.ShareCost").Any())
        {
            Say("shares-missing", path.Steps[^1], path, "완료에 이르는 길에 사업비를 나누는 단계가 없습니다.", "A way to completion never divides the cost.", path.Tier);
        }

        foreach (var (step, shares) in divided)
        {
            if (path.Tier is { } tier && shares.Code != tier)
            {
                Say("tier-mismatch", step, path, $"‘{path.NameOf(tier).Ko}’ 유형의 길에서 ‘{path.NameOf(shares.Code).Ko}’ 유형의 비율로 나눕니다.", $"On the way of the tier '{path.NameOf(tier).En}' the cost is divided by the shares of the tier '{path.NameOf(shares.Code).En}'.", tier);
            }

            foreach (var table in shares.Overrides.Values.Prepend(shares.Table))
            {
                CheckYears(path, table);
            }

            foreach (var share in shares.Overrides.Values.Prepend(shares.Table).SelectMany(table => table.Shares).Where(share => share.TargetBp > 0 && share.Funder != Funder.Firm).DistinctBy(share => share.Funder))
            {
                CheckPromise(path, share.Funder);
            }
        }
    }

    // Payments are whole basis points and rounded, and the last one takes what is left: a third of three years is a basis point off.
    private void CheckYears(ProgrammePath path, ShareTable table)
    {
        var payments = path.OfType("Grant.DisbursementStage").Where(payment => payment.Prepared is StagePayload).ToList();
        foreach (var share in table.Shares.Where(share => share.CapPerYear is not null && payments.Count > 0))
        {
            var (ko, en) = (FunderNames.Ko(share.Funder), FunderNames.En(share.Funder));
            if (share.Cap is not { } most)
            {
                Say("yearly-cap-without-cap", payments[0], path, $"{ko}에 연간 상한이 있으면 전체 상한도 있어야 합니다.", $"The {en} has a yearly cap: it needs a cap on the whole too.", share.Funder.ToString());
                continue;
            }

            var plan = Tranches.Plan(most, [.. payments.Select(payment => (int)(Payload(payment)["percentBp"].Whole ?? 0))], table.RoundingUnit);
            foreach (var year in payments.Zip(plan).GroupBy(each => Payload(each.First)["projectYear"].Whole ?? 1))
            {
                var paid = new Won(year.Sum(each => each.Second.Amount));
                if (paid.Amount > share.CapPerYear!.Value.Amount + (most.Amount / 10_000) + ((payments.Count - 1) * table.RoundingUnit.Amount))
                {
                    Say(
                        "yearly-cap-broken", year.Last().First, path,
                        $"{ko}이(가) 과제 {year.Key}년차에 {paid}원까지 나갑니다. 한 해 {share.CapPerYear}원 이하여야 합니다.",
                        $"In year {year.Key} of the project up to {paid} won of the {en} would flow; it must be at most {share.CapPerYear} won a year.",
                        $"{share.Funder} {year.Key}");
                }
            }
        }
    }

    // Money that nobody set aside cannot be paid.
    private void CheckPromise(ProgrammePath path, Funder funder)
    {
        var isNational = funder == Funder.National;
        var promised = path.Steps.Where(step => isNational
            ? step.TypeName == "Grant.ReserveNationalShare"
            : step.TypeName == "Grant.CommitShare" && Payload(step)["funder"].Text == funder.ToString()).ToList();
        foreach (var agreement in path.OfType("Grant.SignAgreement").Where(agreement => !promised.Exists(path.Before[agreement].Contains)))
        {
            if (isNational)
            {
                Say("reservation-missing", agreement, path, "국비가 있는 유형은 협약 전에 국비를 확보해야 합니다.", "A tier with central money must reserve it before the agreement.");
            }
            else
            {
                Say("commitment-missing", agreement, path, $"협약 전에 {FunderNames.Ko(funder)} 분담을 확약받아야 합니다.", $"The share of the {FunderNames.En(funder)} must be committed before the agreement.", funder.ToString());
            }
        }
    }

    private static Values.Value Payload(CompiledActivity step) => step.Prepared is StagePayload payload ? payload.Value : default;

    private static bool IsFinal(CompiledActivity step) => step.TypeName == "Grant.InspectionStage" && Payload(step)["kind"].Text == "Final";

    // Many ways may share a fault: it is said once a tier.
    private void Say(string code, CompiledActivity step, ProgrammePath path, string ko, string en, string? what = null)
    {
        if (_said.Add($"{code} {step.Id} {path.Tier} {what}"))
        {
            var (tierKo, tierEn) = path.Tier is { } tier ? ($" ({path.NameOf(tier).Ko} 유형)", $" (tier {path.NameOf(tier).En})") : ("", "");
            problems.Error(code, step.Definition!, ko + tierKo, en + tierEn, what);
        }
    }
}
