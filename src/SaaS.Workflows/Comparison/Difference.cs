namespace SaaS.Workflows.Comparison;

/// <summary>What became of something between two versions.</summary>
public enum DifferenceKind
{
    Added,
    Removed,
    Changed,
}

/// <summary>One thing in which a version of a programme differs from another, in words for whoever has to approve it.</summary>
/// <param name="ActivityId">The step that it is about; null for the programme as a whole.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Sentence">For example "기초: 도입기업 40 % → 50 %".</param>
public sealed record Difference(string? ActivityId, DifferenceKind Kind, Words Sentence)
{
    /// <summary>Changes who gets money, how much or on what terms: a second person must approve it.</summary>
    public bool ConcernsMoneyOrRules { get; init; }

    /// <summary>Leaves some firm with less than before. What cannot be judged, as a rule that was reworded, counts as worse.</summary>
    public bool WorseForFirms { get; init; }
}
