using SaaS.Domain;

namespace SaaS.Workflows;

/// <summary>A text for people in both languages of the house. Particles written as 이(가) are settled.</summary>
public readonly record struct Words(string Ko, string En)
{
    public string Ko { get; init; } = KoreanParticles.Settle(Ko);
}
