namespace SaaS.Domain.Money;

/// <summary>Who bears a part of a project's cost.</summary>
public enum Funder
{
    /// <summary>The central government's share (국비), granted and paid by KOSMO.</summary>
    National,

    /// <summary>The province, metropolitan city or special self-governing region (도비).</summary>
    Province,

    /// <summary>The city, county or district of the facility (시군비).</summary>
    Municipality,

    /// <summary>The large firm that leads a win-win call (주관기업).</summary>
    LeadFirm,

    /// <summary>The small or medium firm that the project is for (도입기업).</summary>
    Firm,
}
