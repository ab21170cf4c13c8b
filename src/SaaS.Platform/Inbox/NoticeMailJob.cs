using MailKit.Net.Smtp;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Platform.Mail;

namespace SaaS.Platform.Inbox;

/// <param name="MailId">Of the notices that the mail tells.</param>
internal sealed record NoticeToSend(Guid MailId);

/// <summary>
/// Tells a person by mail what waits. What was done meanwhile is not told. Never twice, however often it runs and wherever a worker dies:
/// a mail that may have reached the server is not sent again, and the inbox has the thing in any case.
/// </summary>
public sealed class NoticeMailJob(TenantJob job, PlaneDb planes, SendMail send, MailSettings settings, IClock clock) : IOutboxJob
{
    public const string Kind = "mail.notice";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var mailId = message.Read<NoticeToSend>().MailId;
        var items = await db.Set<Waiting>().FromSqlRaw(WaitingSql.OfTenant, clock.GetCurrentInstant())
            .Where(item => item.TenantId == db.Tenant
                && db.Set<InboxNotice>().Any(notice => notice.MailId == mailId && notice.HandedOverAt == null && notice.UserId == item.UserId && notice.Kind == item.Kind && notice.ItemId == item.Id))
            .OrderBy(item => item.DueOn == null).ThenBy(item => item.DueOn).ThenBy(item => item.Id)
            .ToListAsync(cancellationToken);
        if (items.Count == 0 || await AddressAsync(items[0].UserId, cancellationToken) is not { } address)
        {
            return;
        }

        try
        {
            await send.RunAsync(NoticeLetter.Write(mailId, address, items, settings), stop => HandOverAsync(db.Tenant, mailId, clock.GetCurrentInstant(), stop), cancellationToken);
        }
        catch (SmtpCommandException)
        {
            // The server said no: it has nothing, and the next try may send.
            await TakeBackAsync(db.Tenant, mailId, cancellationToken);
            throw;
        }
    }

    private async Task<string?> AddressAsync(Guid user, CancellationToken cancellationToken)
    {
        await using var identity = planes.Open(new PlaneContext(Plane.Identity));
        return await identity.Users.Where(row => row.Id == user && !row.MailOff).Select(row => row.Email).SingleOrDefaultAsync(cancellationToken);
    }

    // Committed by itself before the server gets the mail.
    private async Task<bool> HandOverAsync(string tenant, Guid mailId, Instant now, CancellationToken cancellationToken)
    {
        await using var db = planes.OpenTenant(tenant);
        return await db.Set<InboxNotice>().Where(notice => notice.MailId == mailId && notice.HandedOverAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(notice => notice.HandedOverAt, now), cancellationToken) > 0;
    }

    private async Task TakeBackAsync(string tenant, Guid mailId, CancellationToken cancellationToken)
    {
        await using var db = planes.OpenTenant(tenant);
        await db.Set<InboxNotice>().Where(notice => notice.MailId == mailId)
            .ExecuteUpdateAsync(set => set.SetProperty(notice => notice.HandedOverAt, (Instant?)null), cancellationToken);
    }
}
