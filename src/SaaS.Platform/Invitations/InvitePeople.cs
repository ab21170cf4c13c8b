using System.Net.Mail;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Audit;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Jobs;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Invitations;

/// <summary>Invites people into a tenant's organisation; each gets a mail with a link that works once.</summary>
public sealed class InvitePeople(CurrentActor actor, PlaneDb planes, InvitationToken tokens, IClock clock)
{
    /// <summary>The roles that a tenant's people may have.</summary>
    public static readonly IReadOnlyList<MemberRole> Roles =
        [MemberRole.Designer, MemberRole.Approver, MemberRole.Officer, MemberRole.Finance, MemberRole.Viewer, MemberRole.Administrator];

    private const int LongestAddress = 100;

    /// <param name="Email">The person's address; also the name to sign in with.</param>
    /// <param name="Roles">One or more of <see cref="InvitePeople.Roles"/>.</param>
    public sealed record Person(string? Email, IReadOnlyList<MemberRole>? Roles);

    /// <param name="People">One or more.</param>
    /// <param name="Language"><c>ko</c> or <c>en</c>; Korean when nothing is said.</param>
    public sealed record Request(IReadOnlyList<Person>? People, string? Language = null);

    public sealed record Response(IReadOnlyList<Guid> Invitations);

    public async Task<Outcome<Response>> RunAsync(string tenant, Request request, CancellationToken cancellationToken)
    {
        if (PeopleAdministrator.WhyNot(actor, tenant) is { } forbidden)
        {
            return new Outcome<Response>.Refused(RefusalKind.Forbidden, [forbidden]);
        }

        var problems = Check(request.People).ToList();
        if (problems.Count > 0)
        {
            return problems;
        }

        await using var db = planes.OpenTenant(tenant, actor.UserId, actor.OrganisationId);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var organisation = await db.Tenants.Where(row => row.Id == tenant).Select(row => (Guid?)row.OrganisationId).SingleOrDefaultAsync(cancellationToken);
        if (organisation is null)
        {
            return Absent.Row;
        }

        var invitations = Add(db, organisation.Value, request.People!, request.Language, actor.UserId!.Value);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Response([.. invitations.Select(invitation => invitation.Id)]);
    }

    /// <summary>All problems of the people at once; an empty list is one.</summary>
    internal static IEnumerable<Refusal> Check(IReadOnlyList<Person>? people)
    {
        if (people is not { Count: > 0 })
        {
            yield return new Refusal("people-missing", "초대할 사람의 전자우편 주소를 입력하세요.", "Enter the e-mail address of somebody to invite.", "people[0].email");
        }

        for (var place = 0; place < (people?.Count ?? 0); place++)
        {
            var person = people![place];
            if (!IsAddress(person.Email?.Trim()))
            {
                yield return new Refusal("email-form", "전자우편 주소를 확인해 주세요. 예: hong@sejong.go.kr", "Please check the e-mail address, for example hong@sejong.go.kr.", $"people[{place}].email");
            }
            else if (people.Take(place).Any(other => string.Equals(other.Email?.Trim(), person.Email?.Trim(), StringComparison.OrdinalIgnoreCase)))
            {
                yield return new Refusal("email-twice", "같은 주소가 두 번 있습니다.", "This address stands here twice.", $"people[{place}].email");
            }

            if (person.Roles is not { Count: > 0 } || person.Roles.Any(role => !Roles.Contains(role)))
            {
                yield return new Refusal("roles-missing", "역할을 하나 이상 고르세요.", "Choose at least one role.", $"people[{place}].roles");
            }
        }
    }

    /// <summary>Adds invitations and what sends them; the caller saves.</summary>
    internal IReadOnlyList<Invitation> Add(GrantsDb db, Guid organisationId, IEnumerable<Person> people, string? language, Guid invitedBy)
    {
        var now = clock.GetCurrentInstant();
        var invitations = people.Select(person => new Invitation(organisationId, person.Email!.Trim(), person.Roles!, language == "en" ? "en" : "ko", invitedBy, now)).ToList();
        foreach (var invitation in invitations)
        {
            Send(db, invitation, tokens, now);
            db.AuditEntries.Add(AuditEntry.Of("person.invited", "invitation", invitation.Id, invitedBy, now, new { roles = invitation.Roles }));
        }

        db.AddRange(invitations);
        return invitations;
    }

    internal static void Send(GrantsDb db, Invitation invitation, InvitationToken tokens, Instant now)
    {
        invitation.MakeLink(tokens, now);
        db.Outbox.Add(OutboxMessage.For(InvitationMailJob.Kind, null, new InvitationToSend(invitation.Id, invitation.Times), now));
    }

    /// <summary>One address and nothing else: no name, no second line.</summary>
    internal static bool IsAddress(string? typed)
        => typed is { Length: > 0 and <= LongestAddress } && MailAddress.TryCreate(typed, out var address) && address.Address == typed && address.Host.Contains('.', StringComparison.Ordinal);
}
