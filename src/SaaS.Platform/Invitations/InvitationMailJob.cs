using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;
using SaaS.Platform.Jobs;
using SaaS.Platform.Mail;

namespace SaaS.Platform.Invitations;

/// <param name="InvitationId">The invitation.</param>
/// <param name="Times">The number of the link.</param>
internal sealed record InvitationToSend(Guid InvitationId, int Times);

/// <summary>Sends an invitation's link. Run twice it sends once; a link that was replaced or withdrawn meanwhile is not sent.</summary>
public sealed class InvitationMailJob(TenantJob job, InvitationToken tokens, SendMail send, MailSettings settings, IClock clock) : IOutboxJob
{
    public const string Kind = "mail.invitation";

    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("yyyy-MM-dd HH:mm");

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(
        tenant, id,
        async (db, message, stop) =>
        {
            var payload = message.Read<InvitationToSend>();
            var invitation = await db.Set<Invitation>().AsNoTracking().SingleAsync(row => row.Id == payload.InvitationId, stop);
            if (invitation.Times != payload.Times || invitation.StandingAt(clock.GetCurrentInstant()) is not InvitationStanding.Open)
            {
                return;
            }

            var body = await db.Organisations.AsNoTracking().SingleAsync(organisation => organisation.Id == invitation.OrganisationId, stop);
            var link = $"{settings.Address}/invitation/{tokens.Of(invitation.Id, invitation.Times)}?lang={invitation.Language}";
            var until = Minute.Format(invitation.ExpiresAt.InZone(Time.Seoul.Zone).LocalDateTime);
            await send.RunAsync(
                invitation.Language == "en"
                    ? new MailMessage(
                        message.Id, invitation.Email, $"{body.En} invites you to the smart-factory grant service",
                        $"{body.En} invites you to work with it in the smart-factory grant service.\n\nOpen this link, choose a password, and you are in:\n{link}\n\nThe link works once, until {until} (Korean time). If you did not expect this mail, do nothing.\n")
                    : new MailMessage(
                        message.Id, invitation.Email, $"[스마트공장 지원사업] {body.Ko}에서 초대했습니다",
                        $"{body.Ko}에서 스마트공장 지원사업 시스템에 초대했습니다.\n\n아래 주소를 열고 비밀번호를 정하면 바로 일할 수 있습니다.\n{link}\n\n이 주소는 한 번만, {until}까지 쓸 수 있습니다. 모르는 일이라면 그대로 두셔도 됩니다.\n"),
                stop);
        },
        cancellationToken);
}
