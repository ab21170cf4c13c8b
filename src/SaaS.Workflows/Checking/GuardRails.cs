using NodaTime;

namespace SaaS.Workflows.Checking;

/// <summary>The national operator's limits that hold on a day.</summary>
public sealed class GuardRails
{
    private static readonly Lazy<GuardRails> OfFile = new(() => new GuardRails([.. GuardRailFile.Shipped.Select(written => written.Rail)]));

    private GuardRails(IReadOnlyList<GuardRail> all) => All = all;

    public static IReadOnlyList<string> Models { get; } = ["Standard", "WinWin", "LocalGovernment", "TopUp"];

    /// <summary>Those of <c>workflows/guard-rails.json</c>, built in: where there is no database, and to begin with where there is one.</summary>
    public static GuardRails Shipped => OfFile.Value;

    /// <summary>One for each model, kind of money and year that any was written for.</summary>
    public IReadOnlyList<GuardRail> All { get; }

    /// <param name="written">All that were ever decided, in that order: of two for the same tiers the one with the later day holds, of two of one day the one decided later.</param>
    /// <param name="day">Those that begin later are left out.</param>
    public static GuardRails On(IEnumerable<GuardRail> written, LocalDate day) => new(
    [
        .. written.Where(rail => rail.ValidFrom <= day)
            .GroupBy(rail => (rail.Model, rail.NationalMoney, rail.FromYear))
            .Select(alike => alike.OrderBy(rail => rail.ValidFrom).Last()),
    ]);

    /// <summary>The same as if this one held as well, in the place of the one for the same tiers.</summary>
    public GuardRails With(GuardRail rail) => new([.. All.Where(other => !other.IsAbout(rail)), rail]);

    /// <summary>The one for a tier. A model that nobody knows is held to what the standard one is.</summary>
    /// <param name="model">As in the definition.</param>
    /// <param name="year">Of the programme; null for the newest rules.</param>
    /// <param name="nationalMoney">Whether the tier has a central share.</param>
    /// <returns>Null where none was written.</returns>
    public GuardRail? For(string? model, int? year, bool nationalMoney)
    {
        var known = model is not null && Models.Contains(model) ? model : Models[0];
        var candidates = All.Where(rail => rail.Model == known && rail.NationalMoney == nationalMoney).OrderBy(rail => rail.FromYear).ToList();
        return candidates.FindLast(rail => year is null || rail.FromYear <= year) ?? candidates.FirstOrDefault();
    }
}
