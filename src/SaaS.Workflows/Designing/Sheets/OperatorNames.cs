namespace SaaS.Workflows.Designing.Sheets;

/// <summary>What people call comparisons.</summary>
public static class OperatorNames
{
    private static readonly Dictionary<string, Words> Known = new()
    {
        ["in"] = new("다음 중 하나", "is one of"),
        ["notIn"] = new("다음이 아님", "is none of"),
        ["eq"] = new("같음", "is"),
        ["ne"] = new("다름", "is not"),
        ["lt"] = new("미만", "below"),
        ["le"] = new("이하", "at most"),
        ["gt"] = new("초과", "above"),
        ["ge"] = new("이상", "at least"),
        ["contains"] = new("하나 이상 포함", "includes at least one of"),
        ["notContains"] = new("어느 것도 없음", "includes none of"),
        ["sme"] = new("중소기업 기준", "meets the SME rule"),
    };

    /// <summary>The name in the JSON where it has none.</summary>
    public static Words Of(string name) => Known.TryGetValue(name, out var words) ? words : new(name, name);
}
