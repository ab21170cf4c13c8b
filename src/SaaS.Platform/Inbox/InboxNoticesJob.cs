using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;

namespace SaaS.Platform.Inbox;

/// <summary>
/// Finds what waits in a tenant's programmes and was told to nobody yet, and has it mailed: a mail for each thing, one for all where much
/// comes at once. Runs again and again for every tenant; what it found it never finds again.
/// </summary>
/// <remarks>It looks by itself instead of being told by each step: the steps of thousands of cases stay as short as they are, and none can forget it.</remarks>
[ForgetSoon]
public sealed class InboxNoticesJob(PlaneDb planes, IClock clock)
{
    /// <summary>So many things of one person each get a mail; more come as one.</summary>
    public const int MostMails = 5;

    private const int Batch = 500;

    /// <param name="tenant">Whose programmes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RunAsync(string tenant, CancellationToken cancellationToken)
    {
        while (await FindAsync(tenant, cancellationToken) == Batch)
        {
            // The next ones.
        }
    }

    private async Task<int> FindAsync(string tenant, CancellationToken cancellationToken)
    {
        await using var db = planes.OpenTenant(tenant);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // Of two runs at once the second finds nothing.
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(1520828420, hashtext({tenant}))", cancellationToken);
        var now = clock.GetCurrentInstant();
        var found = await db.Set<Waiting>().FromSqlRaw(WaitingSql.OfTenant, now)
            .Where(item => item.TenantId == tenant && !db.Set<InboxNotice>().Any(notice => notice.UserId == item.UserId && notice.Kind == item.Kind && notice.ItemId == item.Id))
            .OrderBy(item => item.UserId).ThenBy(item => item.Since).ThenBy(item => item.Id)
            .Take(Batch).ToListAsync(cancellationToken);
        if (found.Count == 0)
        {
            return 0;
        }

        var reached = await ReachedAsync([.. found.Select(item => item.UserId).Distinct()], cancellationToken);
        foreach (var person in found.GroupBy(item => item.UserId))
        {
            foreach (var mail in person.Count() > MostMails ? [person] : person.Select(item => (IEnumerable<Waiting>)[item]))
            {
                var mailId = Guid.CreateVersion7();
                db.AddRange(mail.Select(item => new InboxNotice(item, mailId, now)));
                if (reached.Contains(person.Key))
                {
                    db.Outbox.Add(OutboxMessage.For(NoticeMailJob.Kind, null, new NoticeToSend(mailId), now));
                }
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return found.Count;
    }

    private async Task<HashSet<Guid>> ReachedAsync(List<Guid> users, CancellationToken cancellationToken)
    {
        await using var identity = planes.Open(new PlaneContext(Plane.Identity));
        return [.. await identity.Users.Where(user => users.Contains(user.Id) && user.Email != null && !user.MailOff).Select(user => user.Id).ToListAsync(cancellationToken)];
    }
}
