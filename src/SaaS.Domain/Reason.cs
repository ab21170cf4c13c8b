namespace SaaS.Domain;

/// <summary>Why something was refused or is missing, in words for the person whom it concerns.</summary>
/// <param name="Code">A stable name, for example <c>SECTOR</c>.</param>
/// <param name="Ko">One sentence in Korean.</param>
/// <param name="En">One sentence in English.</param>
public sealed record Reason(string Code, string Ko, string En)
{
    /// <summary>The law, guideline or announcement that the rule comes from.</summary>
    public string? Source { get; init; }

    /// <summary>The fact that was looked at, for example <c>firm.ksic</c>.</summary>
    public string? Field { get; init; }

    /// <summary>The nearest change that would pass, in Korean; null when there is none.</summary>
    public string? NearestKo { get; init; }

    /// <summary>The same in English.</summary>
    public string? NearestEn { get; init; }
}
