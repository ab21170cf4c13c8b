using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;

namespace SaaS.Platform.Inbox;

/// <summary>What waits for a person, over all tenants, bodies and roles: one query, and the policies of <see cref="Plane.Inbox"/> decide what it finds.</summary>
public sealed class ReadInbox(PlaneDb planes, IClock clock)
{
    /// <summary>More is not listed: whoever has so much to do works with the lists of each page.</summary>
    public const int Most = 200;

    /// <returns>What is due first comes first; what has no last day stands behind, the oldest first.</returns>
    public async Task<IReadOnlyList<Waiting>> RunAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var db = Open(userId);
        return await All(db)
            .OrderBy(item => item.DueOn == null).ThenBy(item => item.DueOn).ThenBy(item => item.Since).ThenBy(item => item.Id)
            .Take(Most).ToListAsync(cancellationToken);
    }

    /// <returns>How many there are, at most <see cref="Most"/>.</returns>
    public async Task<int> CountAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var db = Open(userId);
        return (await All(db).Select(item => item.Id).Take(Most).ToListAsync(cancellationToken)).Count;
    }

    /// <returns>Null when it does not wait for this person (any more).</returns>
    public async Task<Waiting?> FindAsync(Guid userId, Guid id, CancellationToken cancellationToken)
    {
        await using var db = Open(userId);
        return await All(db).Where(item => item.Id == id).FirstOrDefaultAsync(cancellationToken);
    }

    private IQueryable<Waiting> All(GrantsDb db) => db.Set<Waiting>().FromSqlRaw(WaitingSql.OfPerson, clock.GetCurrentInstant());

    private GrantsDb Open(Guid userId) => planes.Open(new PlaneContext(Plane.Inbox, UserId: userId));
}
