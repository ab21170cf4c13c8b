using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Platform.Selections;
using SaaS.Platform.Shares;
using SaaS.Platform.Workflows;

namespace SaaS.Platform.Closing;

/// <summary>
/// Ends the money of a case that did not come to completion: what is reserved or committed but not paid goes back to its budget lines, and
/// those who wait for money or a place are ranked again.
/// </summary>
public sealed class CloseJob(TenantJob job, MoveMoney money, IClock clock) : IOutboxJob
{
    public const string Kind = "close";

    private const string Actor = "job:" + Kind;

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        if (message.Read<StageMessage>().Parameters.GetProperty("result").GetString() == nameof(ApplicationStatus.Completed))
        {
            return;
        }

        var application = await db.Set<GrantApplication>().AsNoTracking().SingleAsync(application => application.Id == message.ApplicationId, cancellationToken);
        await RankCallJob.LockAsync(db, application.CallId, cancellationToken);
        if (await db.Set<Candidate>().SingleOrDefaultAsync(candidate => candidate.ApplicationId == application.Id, cancellationToken) is { } candidate)
        {
            candidate.End();
        }

        // It may also have been the last without a result, for which the others of its tier waited.
        await RankCallJob.AskIfAnyWaitsAsync(db, application.CallId, clock.GetCurrentInstant(), cancellationToken);
        var shares = await db.Set<ApplicationShare>()
            .FromSql($"select * from application_shares where tenant_id = {db.Tenant} and application_id = {application.Id} for update")
            .ToListAsync(cancellationToken);
        await MoveMoney.LockLinesAsync(db, application.Id, application.CallId, cancellationToken);
        foreach (var share in shares.Where(share => share.Status is ShareStatus.Planned or ShareStatus.Reserved or ShareStatus.Committed))
        {
            if (share is { Funder: Funder.National, Status: not ShareStatus.Planned })
            {
                db.Outbox.Add(OutboxMessage.For(
                    ReservationGrantedJob.Kind, application.Id, new GrantMessage(application.CallId, application.Tier), clock.GetCurrentInstant()));
            }

            await money.ReleaseAsync(db, share, Actor, cancellationToken);
            share.Release();
        }
    }
}
