using SaaS.Domain;

namespace SaaS.Workflows.Checking;

/// <summary>How bad a problem is.</summary>
public enum Severity
{
    /// <summary>The definition cannot be published.</summary>
    Error,

    /// <summary>It can be published, but somebody should look.</summary>
    Warning,
}

/// <summary>One thing wrong with a definition.</summary>
/// <param name="Code">A stable name, for example <c>unknown-activity-type</c>.</param>
/// <param name="Pointer">Where, as a JSON pointer into the definition.</param>
/// <param name="ActivityId">The activity it is about, if it is about one.</param>
/// <param name="Severity">Whether it stops publishing.</param>
/// <param name="Ko">One sentence in Korean; particles written as 이(가) are settled.</param>
/// <param name="En">One sentence in English.</param>
public sealed record Problem(string Code, string Pointer, string? ActivityId, Severity Severity, string Ko, string En)
{
    public string Ko { get; init; } = KoreanParticles.Settle(Ko);

    /// <summary>What it is about where the place does not say: an outcome, the type of a step that is missing, a tier, a funder, a limit.</summary>
    public string? About { get; init; }

    /// <summary>The national operator's limit that it breaks; null for everything else that is wrong.</summary>
    public GuardRail? Rail { get; init; }
}
