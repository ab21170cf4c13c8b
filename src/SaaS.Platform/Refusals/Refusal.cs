using SaaS.Domain;

namespace SaaS.Platform.Refusals;

/// <summary>One reason why something was not done: what the person can read and act on.</summary>
/// <param name="Code">A stable name, for example <c>deadline-passed</c>.</param>
/// <param name="Ko">One sentence in Korean; particles written as 이(가) are settled.</param>
/// <param name="En">One sentence in English.</param>
/// <param name="Where">The field of the request that it is about, in camel case; null when it is about no field.</param>
public sealed record Refusal(string Code, string Ko, string En, string? Where = null)
{
    public string Ko { get; init; } = KoreanParticles.Settle(Ko);

    /// <summary>The rule's source in the definition, where a rule refused.</summary>
    public string? Source { get; init; }

    /// <summary>The smallest change that would pass, in Korean and English, where a rule can say it.</summary>
    public string? NearestKo { get; init; }

    public string? NearestEn { get; init; }
}
