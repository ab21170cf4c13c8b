using SaaS.Domain.Money;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Programmes;

/// <summary>What a step will do, read back as a sentence from what is written in it.</summary>
public static class StepSentences
{
    /// <summary>Null where a table or a rule says it already, or where nothing can be said yet.</summary>
    public static Words? Of(ActivityDefinition step)
    {
        Value Raw(string name) => GrantActivities.Raw(step, name);
        long Number(string name, long otherwise = 0) => Raw(name).Whole ?? otherwise;
        switch (step.Type)
        {
            case "Grant.EvaluationStage":
                var criteria = Raw("criteria").Items.Length;
                return new(
                    $"평가위원이 항목 {criteria}개에 점수를 매기고, 100점 가운데 {Number("passMark")}점부터 합격입니다.",
                    $"Evaluators score {criteria} criteria; from {Number("passMark")} points of 100 on, an application passes.");
            case "Grant.DisbursementStage":
                return Payment(Raw, Number);
            case "Grant.InspectionStage":
                var final = Raw("kind").Text == "Final";
                var items = Raw("checklist").Items.Length;
                return new(
                    $"점검위원이 현장에서 {(final ? "최종" : "중간")}점검표의 항목 {items}개를 확인합니다.{(final ? " 통과해야 마지막 차수를 지급합니다." : "")}",
                    $"An inspector goes through {items} items on site ({(final ? "final" : "interim")} inspection).{(final ? " The last tranche waits until it is passed." : "")}");
            case "Grant.ReserveNationalShare":
                return new(
                    $"추진단이 승인한 국비에서 이 과제의 몫을 {Number("withinDays", 90)}일 안에 잡습니다. 그 안에 되지 않으면 ‘기한 지남’으로 갑니다.",
                    $"This project's part is set aside from KOSMO's grant within {Number("withinDays", 90)} days; after that it goes on as timed out.");
            case "Grant.CommitShare":
                var funder = OptionNames.Of(Raw("funder").Text ?? "");
                return new(
                    $"{funder.Ko} 부담 기관이 {Number("withinDays", 30)}일 안에 확약합니다. 그 안에 답이 없으면 ‘기한 지남’으로 갑니다.",
                    $"The {funder.En} commits its share within {Number("withinDays", 30)} days; without an answer it goes on as timed out.");
            case "Grant.SignAgreement":
                var signers = Raw("signers").Items.Length == 0 ? [.. SignAgreementActivity.Usual] : GrantActivities.TextsOf(Raw("signers"));
                var names = signers.Select(OptionNames.Of).ToList();
                return new(
                    $"{string.Join(", ", names.Select(name => name.Ko))}이 {Number("withinDays", 30)}일 안에 모두 서명하면 협약이 맺어집니다.",
                    $"The agreement stands when {Join(names)} have all signed within {Number("withinDays", 30)} days.");
            case "Grant.HumanTask":
                var assignee = OptionNames.Of(Raw("assignee").Text ?? "");
                var answers = Raw("answers").Items;
                var (ko, en) = (new List<string>(), new List<string>());
                foreach (var answer in answers)
                {
                    ko.Add(answer["ko"].Text ?? "");
                    en.Add(answer["en"].Text ?? "");
                }

                var days = Number("withinDays");
                return new(
                    $"{assignee.Ko}에게 묻고, ‘{string.Join("’, ‘", ko)}’ 가운데 하나의 답을 기다립니다.{(days > 0 ? $" {days}일 안에 답이 없으면 ‘기한 지남’으로 갑니다." : "")}",
                    $"Asks {assignee.En} and waits for one of: {string.Join(", ", en)}.{(days > 0 ? $" Without an answer within {days} days it goes on as timed out." : "")}");
            case "Grant.Notify":
                var to = OptionNames.Of(Raw("to").Text ?? "Firm");
                return new($"{to.Ko}에 이 글을 보내고 바로 다음으로 갑니다.", $"Sends this text to {to.En} and goes on at once.");
            case "Grant.Close":
                var result = OptionNames.Of(Raw("result").Text ?? "");
                var years = Number("outcomeYears");
                return new(
                    $"과제를 ‘{result.Ko}’(으)로 끝냅니다.{(years > 0 ? $" 그 뒤 {years}년 동안 성과를 조사합니다." : "")}",
                    $"Ends the case as {result.En}.{(years > 0 ? $" Outcomes are then tracked for {years} years." : "")}");
            default:
                return null;
        }
    }

    private static Words Payment(Func<string, Value> raw, Func<string, long, long> number)
    {
        var part = CostSharing.BasisPointsText((int)number("percentBp", 0));
        var payee = OptionNames.Of(raw("payee").Text ?? "Supplier");
        var deposit = raw("depositFirst").IsTrue;
        return raw("last").IsTrue
            ? new(
                $"마지막 {number("tranche", 1)}차로, 남은 금액({part} %)을 모두 {payee.Ko}에 지급합니다.{(deposit ? " 기업부담금이 먼저 들어와야 합니다." : "")}",
                $"Tranche {number("tranche", 1)}, the last: pays all that is left ({part} %) to the {payee.En}.{(deposit ? " The firm's own part must have come in first." : "")}")
            : new(
                $"{number("tranche", 1)}차로, 재원별 분담액의 {part} %를 {payee.Ko}에 지급합니다.{(deposit ? " 기업부담금이 먼저 들어와야 합니다." : "")}",
                $"Tranche {number("tranche", 1)}: pays {part} % of every funder's share to the {payee.En}.{(deposit ? " The firm's own part must have come in first." : "")}");
    }

    private static string Join(List<Words> names) => names.Count < 2 ? string.Concat(names.Select(name => name.En)) : $"{string.Join(", ", names.SkipLast(1).Select(name => name.En))} and {names[^1].En}";
}
