using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Audit;
using SaaS.Platform.Data;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Programmes;

/// <summary>Lets other tenants begin a programme with the newest published version of one's own, and ends that again.</summary>
public sealed class ShareTemplate(PlaneDb planes, IClock clock)
{
    /// <param name="Version">The number of the version that others see.</param>
    public sealed record Shared(Guid Id, int Version, Instant SharedAt);

    /// <param name="TenantKo">Whose it is.</param>
    /// <param name="TenantEn">The same in English.</param>
    public sealed record Offer(Guid Id, string Ko, string En, int Version, string TenantKo, string TenantEn);

    /// <summary>What others may begin with now; null when the programme is not shared.</summary>
    public async Task<Shared?> ReadAsync(DraftAuthor author, Guid programmeId, CancellationToken cancellationToken)
    {
        await using var db = author.OpenToWrite(planes);
        return await db.Set<SharedTemplate>().AsNoTracking().Where(template => template.ProgrammeId == programmeId && template.WithdrawnAt == null)
            .Select(template => new Shared(template.Id, template.Version, template.SharedAt)).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>What the other tenants share, by tenant and name.</summary>
    public async Task<IReadOnlyList<Offer>> ListAsync(DraftAuthor author, CancellationToken cancellationToken)
    {
        await using var db = author.OpenToWrite(planes);
        return await (
            from template in Lent(db)
            where template.TenantId != author.Tenant
            join tenant in db.Tenants on template.TenantId equals tenant.Id
            orderby tenant.Ko, template.Ko
            select new Offer(template.Id, template.Ko, template.En, template.Version, tenant.Ko, tenant.En)).ToListAsync(cancellationToken);
    }

    /// <summary>Shares the newest version. One that was shared before gives way to it.</summary>
    public async Task<Outcome<Shared>> RunAsync(DraftAuthor author, Guid programmeId, CancellationToken cancellationToken)
    {
        await using var db = author.OpenToWrite(planes);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await author.WhyNotPublishAsync(db, cancellationToken) is { } forbidden)
        {
            return new Outcome<Shared>.Refused(RefusalKind.Forbidden, [forbidden]);
        }

        // Locked, so that two who share at once come one after the other.
        var programme = await db.Set<Programme>().FromSql($"select * from programmes where tenant_id = {author.Tenant} and id = {programmeId} for update")
            .SingleOrDefaultAsync(cancellationToken);
        if (programme is null)
        {
            return Absent.Row;
        }

        var version = await db.Set<DefinitionVersion>().AsNoTracking().Where(row => row.ProgrammeId == programmeId)
            .OrderByDescending(row => row.Version).FirstOrDefaultAsync(cancellationToken);
        if (version is null)
        {
            return new Outcome<Shared>.Refused(RefusalKind.Conflict, [new Refusal(
                "not-published", "게시한 판이 있어야 공유할 수 있습니다. 먼저 게시하세요.", "There is no published version to share. Publish one first.")]);
        }

        var now = clock.GetCurrentInstant();
        var before = await db.Set<SharedTemplate>().SingleOrDefaultAsync(template => template.ProgrammeId == programmeId && template.WithdrawnAt == null, cancellationToken);
        if (before?.Version == version.Version)
        {
            return new Shared(before.Id, before.Version, before.SharedAt);
        }

        if (before is not null)
        {
            before.Withdraw(now);
            await db.SaveChangesAsync(cancellationToken);
        }

        var template = new SharedTemplate(version, programme, author.UserId, now);
        db.Add(template);
        db.AuditEntries.Add(AuditEntry.Of("template.shared", "programme", programmeId, author.UserId, now, new { version = version.Version }));
        await db.SaveAndCommitAsync(transaction, cancellationToken);
        return new Shared(template.Id, template.Version, now);
    }

    /// <summary>Nobody begins with it any more; programmes that were begun with it stay as they are.</summary>
    public async Task<Outcome<Guid>> WithdrawAsync(DraftAuthor author, Guid programmeId, CancellationToken cancellationToken)
    {
        await using var db = author.OpenToWrite(planes);
        if (await author.WhyNotPublishAsync(db, cancellationToken) is { } forbidden)
        {
            return new Outcome<Guid>.Refused(RefusalKind.Forbidden, [forbidden]);
        }

        var template = await db.Set<SharedTemplate>().SingleOrDefaultAsync(row => row.ProgrammeId == programmeId && row.WithdrawnAt == null, cancellationToken);
        if (template is null)
        {
            return Absent.Row;
        }

        var now = clock.GetCurrentInstant();
        template.Withdraw(now);
        db.AuditEntries.Add(AuditEntry.Of("template.withdrawn", "programme", programmeId, author.UserId, now, new { template.Version }));
        await db.SaveChangesAsync(cancellationToken);
        return template.Id;
    }

    /// <summary>The templates of all tenants that are shared now: the one place that looks past the own tenant, at what is meant for others.</summary>
    internal static IQueryable<SharedTemplate> Lent(GrantsDb db)
        => db.Set<SharedTemplate>().IgnoreQueryFilters([TenantOwnedModel.Filter]).AsNoTracking().Where(template => template.WithdrawnAt == null);
}
