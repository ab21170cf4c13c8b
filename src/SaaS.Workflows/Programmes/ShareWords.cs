using SaaS.Domain.Codes;
using SaaS.Domain.Money;

namespace SaaS.Workflows.Programmes;

/// <summary>Shares in words: what a percentage is a part of, and its ceilings.</summary>
public static class ShareWords
{
    /// <summary>For example "50 %", "10 % of the central money".</summary>
    public static Words Part(Share share)
    {
        var percent = $"{CostSharing.BasisPointsText(share.TargetBp)} %";
        return share.Base switch
        {
            ShareBase.NationalGrant => new($"국비의 {percent}", $"{percent} of the central money"),
            ShareBase.FirmShare => new($"기업부담금의 {percent}", $"{percent} of the firm's part"),
            ShareBase.FirmCashShare => new($"기업 현금 부담의 {percent}", $"{percent} of the firm's cash"),
            ShareBase.PublicGrant => new($"지원금의 {percent}", $"{percent} of the grant"),
            ShareBase.AwardNationalGrant => new($"선정된 과제 국비의 {percent}", $"{percent} of the award's central money"),
            _ => new(percent, percent),
        };
    }

    /// <summary>The same with the ceilings of the funder.</summary>
    public static Words WithLimits(Share share)
    {
        var limits = new List<Words>();
        if (share.Cap is { } cap)
        {
            limits.Add(new($"최대 {cap}원", $"at most {cap} won"));
        }

        if (share.CapPerYear is { } yearly)
        {
            limits.Add(new($"한 해 최대 {yearly}원", $"{yearly} won a year"));
        }

        if (share.CumulativeCap is { } all)
        {
            limits.Add(new($"같은 유형의 과제를 합하여 최대 {all}원", $"{all} won over all projects of the tier"));
        }

        var part = Part(share);
        return limits.Count == 0 ? part : new(
            $"{part.Ko}({string.Join(", ", limits.Select(limit => limit.Ko))})",
            $"{part.En} ({string.Join(", ", limits.Select(limit => limit.En))})");
    }

    /// <summary>The grant that several funders divide; null where there is none.</summary>
    public static Words? Grant(ShareTable table) => table.Grant is not { } grant ? null
        : new Words(
            $"지원금은 사업비의 {CostSharing.BasisPointsText(grant.TargetBp)} %{(grant.Cap is { } most ? $", 최대 {most}원" : "")}",
            $"The grant is {CostSharing.BasisPointsText(grant.TargetBp)} % of the cost{(grant.Cap is { } limit ? $", at most {limit} won" : "")}");

    /// <summary>A place by its code.</summary>
    public static Words Place(string code)
        => Municipalities.Find(code) is { } municipality ? new(municipality.Ko, municipality.En)
            : Regions.Find(code) is { } region ? new(region.Ko, region.En)
            : new(code, code);
}
