using SaaS.Domain.Money;

namespace SaaS.Workflows.Simulation;

/// <summary>What became of each firm of a file, in the few words that a comparison needs.</summary>
public sealed class OutcomeList
{
    private readonly List<Entry> _entries = [];

    public int Count => _entries.Count;

    internal Entry this[int index] => _entries[index];

    /// <summary>Takes the outcomes in the order of the file.</summary>
    public void Add(FirmOutcome outcome) => _entries.Add(new Entry(
        outcome.Id, outcome.Tier, outcome.IsSupported, outcome.IsSupported ? outcome.Shares.Sum() - outcome.Shares[(int)Funder.Firm] : 0));

    /// <param name="Id">The firm.</param>
    /// <param name="Tier">Null when it did not pass.</param>
    /// <param name="IsSupported">Whether it gets money.</param>
    /// <param name="Public">Won from all funders but itself.</param>
    internal readonly record struct Entry(string Id, string? Tier, bool IsSupported, long Public);
}

/// <summary>How the same firms fare under two versions.</summary>
/// <param name="NewlySupported">Firms that get money only under the new version.</param>
/// <param name="NoLongerSupported">Firms that got money only under the old one.</param>
/// <param name="OtherTier">Supported under both, in another tier.</param>
/// <param name="MoreMoney">Supported under both, with more public money.</param>
/// <param name="LessMoney">Supported under both, with less.</param>
/// <param name="Public">Public won under the new version less that under the old one.</param>
/// <param name="GainingFirms">The first of those newly supported.</param>
/// <param name="LosingFirms">The first of those no longer supported.</param>
public sealed record VersionDifference(
    long NewlySupported, long NoLongerSupported, long OtherTier, long MoreMoney, long LessMoney, long Public, IReadOnlyList<string> GainingFirms, IReadOnlyList<string> LosingFirms)
{
    private const int Named = 10;

    /// <summary>Whether no firm notices.</summary>
    public bool IsNone => (NewlySupported, NoLongerSupported, OtherTier, MoreMoney, LessMoney) == (0, 0, 0, 0, 0);

    /// <exception cref="ArgumentException">The lists are not of the same firms.</exception>
    public static VersionDifference Between(OutcomeList before, OutcomeList after)
    {
        if (before.Count != after.Count)
        {
            throw new ArgumentException($"{before.Count} firms before, {after.Count} after.", nameof(after));
        }

        var (gained, lost, moved, more, less, won) = (0L, 0L, 0L, 0L, 0L, 0L);
        var (gaining, losing) = (new List<string>(), new List<string>());
        for (var index = 0; index < after.Count; index++)
        {
            var (then, now) = (before[index], after[index]);
            won += now.Public - then.Public;
            if (now.IsSupported != then.IsSupported)
            {
                gained += now.IsSupported ? 1 : 0;
                lost += now.IsSupported ? 0 : 1;
                Name(now.IsSupported ? gaining : losing, now.Id);
            }
            else if (now.IsSupported)
            {
                moved += now.Tier == then.Tier ? 0 : 1;
                more += now.Public > then.Public ? 1 : 0;
                less += now.Public < then.Public ? 1 : 0;
            }
        }

        return new VersionDifference(gained, lost, moved, more, less, won, gaining, losing);
    }

    private static void Name(List<string> names, string id)
    {
        if (names.Count < Named)
        {
            names.Add(id);
        }
    }
}
