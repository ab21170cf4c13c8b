using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Invitations;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Inbox;

/// <summary>Where a person wants to be told what waits, and whether at all.</summary>
public sealed class ChangeMailWishes(CurrentActor actor, PlaneDb planes)
{
    /// <param name="Email">Empty for nowhere.</param>
    /// <param name="Wanted">False keeps the address and sends nothing.</param>
    public sealed record Wishes(string? Email, bool Wanted);

    public async Task<Wishes?> ReadAsync(CancellationToken cancellationToken)
    {
        await using var db = planes.Open(new PlaneContext(Plane.Identity, UserId: actor.UserId));
        return await db.Users.Where(user => user.Id == actor.UserId).Select(user => new Wishes(user.Email, !user.MailOff)).SingleOrDefaultAsync(cancellationToken);
    }

    public async Task<Outcome<Wishes>> RunAsync(Wishes wishes, CancellationToken cancellationToken)
    {
        var email = string.IsNullOrWhiteSpace(wishes.Email) ? null : wishes.Email.Trim();
        if (email is null ? wishes.Wanted : !InvitePeople.IsAddress(email))
        {
            return new Refusal("email-form", "전자우편 주소를 확인해 주세요. 예: hong@sejong.go.kr", "Please check the e-mail address, for example hong@sejong.go.kr.", "email");
        }

        await using var db = planes.Open(new PlaneContext(Plane.Identity, UserId: actor.UserId));
        var user = await db.Users.SingleOrDefaultAsync(user => user.Id == actor.UserId, cancellationToken);
        if (user is null)
        {
            return Absent.Row;
        }

        (user.Email, user.MailOff) = (email, !wishes.Wanted);
        await db.SaveChangesAsync(cancellationToken);
        return new Wishes(email, wishes.Wanted);
    }
}
