using SaaS.Domain.Money;

namespace SaaS.Domain.Selections;

/// <summary>What one project takes from a budget line.</summary>
/// <param name="Line">The line's place in the list of lines.</param>
/// <param name="Amount">Won, not negative.</param>
public readonly record struct Draw(int Line, Won Amount);

/// <summary>One who passed and either has the money already or wants it.</summary>
/// <param name="Tier">The tier whose places and ranking count.</param>
/// <param name="Draws">What it takes of each line.</param>
/// <param name="IsSelected">It has place and money already, which the lines' free won do not hold any more.</param>
/// <param name="StopsOthers">When it does not fit, nobody below it in the tier is selected (STOP); else the next ones are tried (SKIP).</param>
public sealed record Contender(string Tier, IReadOnlyList<Draw> Draws, bool IsSelected, bool StopsOthers);

/// <summary>What came of one contender.</summary>
/// <param name="IsSelected">It has place and money, from before or by this.</param>
/// <param name="LacksPlace">All places of the tier are taken.</param>
/// <param name="Short">The lines that have too little left for it, in the order of its draws, with what is left on each.</param>
/// <param name="StoppedBy">Who stopped the ranking above it: a place in the list of contenders.</param>
public sealed record Verdict(bool IsSelected, bool LacksPlace, IReadOnlyList<(int Line, Won Left)> Short, int? StoppedBy)
{
    internal static readonly Verdict Selected = new(true, false, [], null);
}
