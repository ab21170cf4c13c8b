using Microsoft.EntityFrameworkCore;
using NodaTime;
using Npgsql;
using SaaS.Platform.Audit;
using SaaS.Platform.Data;
using SaaS.Platform.Organisations;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Programmes;

/// <summary>Invites a regional centre into the draft of one programme, to plan it jointly, and ends that again. Its planners find it in their inboxes.</summary>
public sealed class InviteCentre(PlaneDb planes, IClock clock)
{
    /// <param name="CentreId">A regional centre.</param>
    public sealed record Request(Guid? CentreId);

    public sealed record Guest(Guid Id, Guid CentreId, string Ko, string En, Instant InvitedAt);

    /// <param name="Welcome">Who is welcome now.</param>
    /// <param name="Centres">Who may be invited; those of the tenant's region first.</param>
    /// <param name="HasDraft">Without a draft there is nothing to plan.</param>
    public sealed record Guests(IReadOnlyList<Guest> Welcome, IReadOnlyList<Organisation> Centres, bool HasDraft);

    public async Task<Guests> ListAsync(DraftAuthor author, Guid programmeId, CancellationToken cancellationToken)
    {
        await using var db = author.OpenToWrite(planes);
        var welcome = await (
            from guest in db.Set<DraftGuest>().AsNoTracking()
            where guest.ProgrammeId == programmeId && guest.RevokedAt == null
            join centre in db.Organisations on guest.OrganisationId equals centre.Id
            orderby centre.Ko
            select new Guest(guest.Id, centre.Id, centre.Ko, centre.En, guest.InvitedAt)).ToListAsync(cancellationToken);
        var region = await db.Organisations.Where(row => row.Id == author.OrganisationId).Select(row => row.RegionCode).SingleOrDefaultAsync(cancellationToken);
        var centres = await db.Organisations.AsNoTracking().Where(row => row.Kind == OrganisationKind.Centre)
            .OrderByDescending(row => row.RegionCode == region).ThenBy(row => row.RegionCode).ThenBy(row => row.Ko).ToListAsync(cancellationToken);
        return new Guests(
            welcome, [.. centres.Where(centre => welcome.All(guest => guest.CentreId != centre.Id))],
            await db.Set<DefinitionDraft>().AnyAsync(draft => draft.ProgrammeId == programmeId, cancellationToken));
    }

    public async Task<Outcome<Guest>> RunAsync(DraftAuthor author, Guid programmeId, Request request, CancellationToken cancellationToken)
    {
        await using var db = author.OpenToWrite(planes);
        if (await WhyNotAsync(db, author, cancellationToken) is { } forbidden)
        {
            return forbidden;
        }

        if (!await db.Set<Programme>().AnyAsync(programme => programme.Id == programmeId, cancellationToken))
        {
            return Absent.Row;
        }

        if (!await db.Set<DefinitionDraft>().AnyAsync(draft => draft.ProgrammeId == programmeId, cancellationToken))
        {
            return Conflict("no-draft", "함께 설계할 초안이 없습니다. 먼저 초안을 시작하세요.", "There is no draft to plan. Begin one first.");
        }

        var centre = await db.Organisations.AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.CentreId && row.Kind == OrganisationKind.Centre, cancellationToken);
        if (centre is null)
        {
            return new Refusal("centre-missing", "초대할 지역센터를 고르세요.", "Choose the regional centre to invite.", "centre");
        }

        var now = clock.GetCurrentInstant();
        var guest = new DraftGuest(programmeId, centre.Id, author.UserId, now);
        db.Add(guest);
        db.AuditEntries.Add(AuditEntry.Of("centre.invited", "programme", programmeId, author.UserId, now, new { centre = centre.Id }));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException exception) when (exception.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return Conflict("centre-invited", "이미 초대한 지역센터입니다.", "This centre was invited before.");
        }

        return new Guest(guest.Id, centre.Id, centre.Ko, centre.En, now);
    }

    /// <summary>What the centre wrote stays in the draft; its people see the draft no more.</summary>
    public async Task<Outcome<Guid>> WithdrawAsync(DraftAuthor author, Guid programmeId, Guid guestId, CancellationToken cancellationToken)
    {
        await using var db = author.OpenToWrite(planes);
        if (await WhyNotAsync(db, author, cancellationToken) is { } forbidden)
        {
            return new Outcome<Guid>.Refused(RefusalKind.Forbidden, forbidden.Reasons);
        }

        var guest = await db.Set<DraftGuest>().SingleOrDefaultAsync(row => row.Id == guestId && row.ProgrammeId == programmeId && row.RevokedAt == null, cancellationToken);
        if (guest is null)
        {
            return Absent.Row;
        }

        var now = clock.GetCurrentInstant();
        guest.Revoke(now);
        db.AuditEntries.Add(AuditEntry.Of("centre.withdrawn", "programme", programmeId, author.UserId, now, new { centre = guest.OrganisationId }));
        await db.SaveChangesAsync(cancellationToken);
        return guestId;
    }

    // A guest brings no guests.
    private static async Task<Outcome<Guest>.Refused?> WhyNotAsync(GrantsDb db, DraftAuthor author, CancellationToken cancellationToken)
        => author.GuestOf is not null
            ? new(RefusalKind.Forbidden, [new Refusal("role-missing", "지역센터를 초대할 권한이 없습니다.", "Your role may not invite centres.")])
            : await author.WhyNotAsync(db, null, cancellationToken) is { } reason ? new(RefusalKind.Forbidden, [reason]) : null;

    private static Outcome<Guest>.Refused Conflict(string code, string ko, string en) => new(RefusalKind.Conflict, [new Refusal(code, ko, en)]);
}
