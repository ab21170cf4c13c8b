using SaaS.Domain.Money;

namespace SaaS.Workflows.Programmes;

/// <summary>What people call the choices that a step offers: parties, results, kinds, funders.</summary>
public static class OptionNames
{
    private static readonly Dictionary<string, Words> Known = new()
    {
        ["Tenant"] = new("우리 기관", "our office"),
        ["Centre"] = new("지역센터", "regional centre"),
        ["Kosmo"] = new("추진단", "KOSMO"),
        ["Supplier"] = new("공급기업", "supplier"),
        ["Completed"] = new("완료", "completed"),
        ["Ineligible"] = new("자격 미달", "not eligible"),
        ["Rejected"] = new("반려", "rejected"),
        ["NotSelected"] = new("미선정", "not selected"),
        ["Refused"] = new("재원 확보 실패", "funding refused"),
        ["Declined"] = new("협약 미체결", "agreement declined"),
        ["Failed"] = new("중단", "stopped"),
        ["Interim"] = new("중간점검", "interim inspection"),
        ["Final"] = new("최종점검", "final inspection"),
        ["Standard"] = new("일반형", "standard"),
        ["WinWin"] = new("상생형", "win-win"),
        ["LocalGovernment"] = new("지역형", "local government"),
        ["TopUp"] = new("추가지원형", "top-up"),
        ["AsTheyCome"] = new("평가를 마치는 대로 선정", "as each passes, while places and money last"),
        ["AfterClosing"] = new("마감 뒤 순위대로 일괄 선정", "all together by rank, after the call has closed"),
        ["PassMark"] = new("합격 점수만 보기(순위 없음)", "by the pass mark alone, without a ranking"),
        ["Skip"] = new("건너뛰고 다음 순위로", "skip the firm and go on to the next rank"),
        ["Stop"] = new("거기서 선정을 멈춤", "stop the selection there"),
        ["Self"] = new("부담하는 곳", "the funder itself"),
        ["EligibleCost"] = new("총사업비", "eligible cost"),
        ["NationalGrant"] = new("이 과제의 국비", "central money of this project"),
        ["FirmShare"] = new("기업부담금", "the firm's share"),
        ["FirmCashShare"] = new("기업부담금 중 현금", "cash part of the firm's share"),
        ["PublicGrant"] = new("지원금 전체", "grant as a whole"),
        ["AwardNationalGrant"] = new("선정된 다른 과제의 국비", "central money of another award"),
    };

    /// <summary>As it stands by itself, in a list to choose from.</summary>
    public static Words Title(string option) => Of(option) is var name && name.En.Length > 0 ? new(name.Ko, char.ToUpperInvariant(name.En[0]) + name.En[1..]) : name;

    /// <summary>The choice itself where it has no name.</summary>
    public static Words Of(string option) => Known.TryGetValue(option, out var words) ? words
        : Enum.TryParse<Funder>(option, out var funder) ? new(FunderNames.Ko(funder), FunderNames.En(funder))
        : new(option, option);
}
