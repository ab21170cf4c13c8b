using NodaTime;
using SaaS.Domain.Money;

namespace SaaS.Workflows.Designing;

/// <summary>What an official says of a new programme: who pays, which tiers, who may apply, when. Everything else comes from the template.</summary>
public sealed record StartAnswers
{
    /// <summary>The id that all versions will share.</summary>
    public required string DefinitionId { get; init; }

    public required string Slug { get; init; }

    public required Words Title { get; init; }

    public required int Year { get; init; }

    /// <summary>The template's tiers that are kept; none means all of them as they are.</summary>
    public IReadOnlyList<TierAnswer> Tiers { get; init; } = [];

    /// <summary>Only facilities in these regions (two digits) and municipalities (five) may apply; none leaves the template's rules as they are.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];

    /// <summary>Only these sectors of the national classification may apply, for example C10; none leaves the template's rules as they are.</summary>
    public IReadOnlyList<string> Sectors { get; init; } = [];

    public LocalDate? OpensOn { get; init; }

    public LocalDate? ClosesOn { get; init; }
}

/// <param name="Code">The template's tier.</param>
/// <param name="TotalCostMax">The largest total cost in won; null for no limit.</param>
/// <param name="BasisPoints">Of the eligible cost by funder; 0 takes a funder out. Funders that are not named stay as they are.</param>
public sealed record TierAnswer(string Code, long? TotalCostMax, IReadOnlyDictionary<Funder, int> BasisPoints);
