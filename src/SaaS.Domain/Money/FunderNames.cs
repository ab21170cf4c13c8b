namespace SaaS.Domain.Money;

/// <summary>What people call the funders.</summary>
public static class FunderNames
{
    public static string Ko(Funder funder) => funder switch
    {
        Funder.National => "국비",
        Funder.Province => "도비(시·도비)",
        Funder.Municipality => "시·군비",
        Funder.LeadFirm => "주관기업",
        Funder.Firm => "도입기업",
        _ => throw new ArgumentOutOfRangeException(nameof(funder)),
    };

    public static string En(Funder funder) => funder switch
    {
        Funder.National => "central government",
        Funder.Province => "province",
        Funder.Municipality => "municipality",
        Funder.LeadFirm => "lead firm",
        Funder.Firm => "SME",
        _ => throw new ArgumentOutOfRangeException(nameof(funder)),
    };
}
