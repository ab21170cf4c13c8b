using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;

namespace SaaS.Platform.Mail;

/// <summary>Mail of a tenant that the server did not take so far: for whoever looks after its people.</summary>
public sealed class ListUnsentMail(GrantsDb db, IClock clock)
{
    /// <summary>Mail that was written so recently may still be on its way.</summary>
    private static readonly Duration OnItsWay = Duration.FromMinutes(2);

    /// <param name="Count">Mails that wait.</param>
    /// <param name="Since">When the oldest was written.</param>
    /// <param name="GivenUp">So many of them are not tried any more.</param>
    public sealed record Unsent(int Count, Instant Since, int GivenUp);

    /// <returns>Null when all went out.</returns>
    public async Task<Unsent?> RunAsync(string tenant, CancellationToken cancellationToken)
    {
        var before = clock.GetCurrentInstant() - OnItsWay;
        var waiting = await db.Outbox.AsNoTracking()
            .Where(message => message.TenantId == tenant && message.Kind.StartsWith("mail.") && message.DoneAt == null && message.CreatedAt < before && message.Attempts > 0)
            .GroupBy(message => 1)
            .Select(group => new { Count = group.Count(), Since = group.Min(message => message.CreatedAt), GivenUp = group.Count(message => message.Attempts >= DispatchOutbox.Attempts) })
            .SingleOrDefaultAsync(cancellationToken);
        return waiting is null ? null : new Unsent(waiting.Count, waiting.Since, waiting.GivenUp);
    }
}
