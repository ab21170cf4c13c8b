using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Time;
using SaaS.Workflows.Checking;

namespace SaaS.Platform.Oversight;

/// <summary>What everybody's programmes are held to. Anybody may read it; what came with the product holds until the national operator is there.</summary>
public sealed class GuardRailsInForce(PlaneDb planes, IClock clock)
{
    private const int Gate = 1_520_828_421;

    /// <summary>Today in Korea, as anybody reads it.</summary>
    public async Task<GuardRails> TodayAsync(CancellationToken cancellationToken)
    {
        await using var db = planes.Open(new PlaneContext(Plane.Public));
        return await ReadAsync(db, clock.TodayInKorea(), cancellationToken);
    }

    /// <param name="db">On any plane.</param>
    /// <param name="day">Those that begin later are left out.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<GuardRails> ReadAsync(GrantsDb db, LocalDate day, CancellationToken cancellationToken)
        => GuardRails.On(await WrittenAsync(db, cancellationToken), day);

    /// <summary>With those that are decided and still to come.</summary>
    internal static async Task<GuardRails> ReadToComeAsync(GrantsDb db, CancellationToken cancellationToken)
        => GuardRails.On(await WrittenAsync(db, cancellationToken), LocalDate.MaxIsoValue);

    /// <summary>Writes those that come with the product where there are none yet.</summary>
    /// <param name="db">The national operator's own context.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal static async Task LoadShippedAsync(GrantsDb db, Instant now, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await LockAsync(db, cancellationToken);
        if (await db.Set<WrittenGuardRail>().AnyAsync(cancellationToken))
        {
            return;
        }

        foreach (var (rail, reason) in GuardRailFile.Shipped)
        {
            var written = new WrittenGuardRail(rail, reason, null, now);
            db.Add(written);
            db.Add(new GuardRailDecision { GuardRailId = written.Id, Approved = true, DecidedAt = now });
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>One at a time writes or decides, until its transaction ends.</summary>
    internal static Task LockAsync(GrantsDb db, CancellationToken cancellationToken)
        => db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({Gate})", cancellationToken);

    private static async Task<IEnumerable<GuardRail>> WrittenAsync(GrantsDb db, CancellationToken cancellationToken)
    {
        var written = await (
            from rail in db.Set<WrittenGuardRail>().AsNoTracking()
            join decision in db.Set<GuardRailDecision>() on rail.Id equals decision.GuardRailId
            where decision.Approved
            orderby decision.DecidedAt, rail.Id
            select rail).ToListAsync(cancellationToken);
        return written.Count > 0 ? written.Select(rail => rail.ToRail()) : GuardRailFile.Shipped.Select(shipped => shipped.Rail);
    }
}
