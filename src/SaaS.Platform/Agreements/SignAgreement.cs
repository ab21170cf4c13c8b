using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Jobs;
using SaaS.Platform.Refusals;
using SaaS.Platform.Time;

namespace SaaS.Platform.Agreements;

/// <summary>A party signs an agreement or declines it. The last signature concludes it, and so does the first refusal.</summary>
public sealed class SignAgreement(GrantsDb db, CurrentActor actor, PlaneDb planes, IClock clock)
{
    private static readonly MemberRole[] MaySign = [MemberRole.Representative, MemberRole.Officer, MemberRole.Approver];

    /// <param name="Sign">True signs, false declines; it must be said.</param>
    public sealed record Request(bool? Sign);

    /// <param name="Missing">How many parties have not signed yet.</param>
    public sealed record Response(Guid AgreementId, string Status, int Missing);

    public async Task<Outcome<Response>> RunAsync(Guid agreementId, Request request, CancellationToken cancellationToken)
    {
        var seen = await db.Set<AgreementSignature>().AsNoTracking()
            .FirstOrDefaultAsync(signature => signature.AgreementId == agreementId && signature.OrganisationId == actor.OrganisationId, cancellationToken);
        if (seen is null)
        {
            return Absent.Row;
        }

        if (actor.UserId is not { } userId || !MaySign.Any(actor.Is))
        {
            return new Outcome<Response>.Refused(RefusalKind.Forbidden, [new Refusal("role-missing", "협약에 서명할 권한이 없습니다.", "Your role may not sign agreements.")]);
        }

        if (request.Sign is not { } signs)
        {
            return new Refusal("decision-missing", "서명 또는 거절을 선택해 주세요.", "Choose to sign or to decline.", "sign");
        }

        await using var tenant = planes.OpenTenant(seen.TenantId, userId, actor.OrganisationId);
        await using var transaction = await tenant.Database.BeginTransactionAsync(cancellationToken);

        // Locked, so that of two last signatures given at once one is the last.
        var agreement = await tenant.Set<Agreement>()
            .FromSql($"select * from agreements where tenant_id = {seen.TenantId} and id = {agreementId} for update")
            .SingleAsync(cancellationToken);
        var signatures = await tenant.Set<AgreementSignature>().Where(signature => signature.AgreementId == agreementId).ToListAsync(cancellationToken);
        var mine = signatures.Where(signature => signature.OrganisationId == actor.OrganisationId && signature.SignedAt is null).ToList();
        var now = clock.GetCurrentInstant();
        if (agreement.Status != AgreementStatus.AwaitingSignatures || mine.Count == 0)
        {
            return Conflict("agreement-concluded", "이미 서명했거나 끝난 협약입니다.", "It was signed before, or the agreement is concluded.");
        }

        if (now >= Seoul.EndOf(agreement.DueOn))
        {
            return Conflict("agreement-overdue", $"서명 기한({agreement.DueOn:yyyy-MM-dd})이 지났습니다.", $"The last day to sign was {agreement.DueOn:yyyy-MM-dd}.");
        }

        foreach (var signature in mine.Where(_ => signs))
        {
            signature.Sign(userId, now);
        }

        var missing = signatures.Count(signature => signature.SignedAt is null);
        if (!signs || missing == 0)
        {
            agreement.Conclude(signs ? AgreementStatus.Signed : AgreementStatus.Declined, now);
            tenant.Outbox.Add(OutboxMessage.For(AgreementConcludedJob.Kind, agreement.ApplicationId, new AgreementMessage(agreement.Id), now));
        }

        await tenant.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Response(agreement.Id, agreement.Status.ToString(), missing);
    }

    private static Outcome<Response>.Refused Conflict(string code, string ko, string en) => new(RefusalKind.Conflict, [new Refusal(code, ko, en)]);
}
