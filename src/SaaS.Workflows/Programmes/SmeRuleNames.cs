using SaaS.Domain.Firms;

namespace SaaS.Workflows.Programmes;

/// <summary>What people call the rules by which a firm is small or medium-sized.</summary>
public static class SmeRuleNames
{
    /// <summary>The version itself where it has no name.</summary>
    public static Words Of(string version) => version switch
    {
        SmeRule.SeedOr => new("300명 이하 또는 매출액 1,500억 원 이하", "at most 300 employees or revenue of at most 150 billion won"),
        SmeRule.StrictAnd => new("300명 이하이고 매출액 1,500억 원 이하", "at most 300 employees and revenue of at most 150 billion won"),
        SmeRule.Act2015 => new("중소기업기본법 시행령 별표 1(2015년)", "annex 1 of the SME decree (2015)"),
        SmeRule.Act2025 => new("중소기업기본법 시행령 별표 1(2025년 9월)", "annex 1 of the SME decree (September 2025)"),
        SmeRule.Small2025 => new("소기업: 시행령 별표 3(2025년 9월)", "small firm: annex 3 of the decree (September 2025)"),
        _ => new(version, version),
    };
}
