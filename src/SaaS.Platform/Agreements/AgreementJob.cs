using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Platform.Shares;
using SaaS.Platform.Time;
using SaaS.Platform.Workflows;
using SaaS.Workflows.Runtime;

namespace SaaS.Platform.Agreements;

/// <summary>Draws up the agreement: one place to sign for each party that takes part. Nothing happens when the case has ended meanwhile.</summary>
public sealed class AgreementJob(TenantJob job, IClock clock) : IOutboxJob
{
    public const string Kind = "stage.agreement";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var stage = message.Read<StageMessage>();
        var bookmarkId = stage.BookmarkId ?? throw new JsonException($"Outbox message {message.Id} names no bookmark.");
        var application = await db.Set<GrantApplication>().AsNoTracking().SingleAsync(application => application.Id == message.ApplicationId, cancellationToken);
        if ((await LockInstance.RunAsync(db, application.WorkflowInstanceId, cancellationToken)).Status == nameof(WorkflowStatus.Finished))
        {
            return;
        }

        var tenantOrganisation = await db.Tenants.Where(tenant => tenant.Id == db.Tenant).Select(tenant => tenant.OrganisationId).SingleAsync(cancellationToken);
        var lead = await db.Set<ApplicationShare>()
            .Where(share => share.ApplicationId == application.Id && share.Funder == Funder.LeadFirm)
            .Select(share => (Guid?)share.FunderOrganisationId)
            .SingleOrDefaultAsync(cancellationToken);

        var now = clock.GetCurrentInstant();
        var dueOn = now.InZone(Seoul.Zone).Date.PlusDays(stage.Parameters.GetProperty("withinDays").GetInt32());
        var agreement = new Agreement(application.Id, bookmarkId, dueOn, now);
        db.Add(agreement);
        db.Outbox.Add(OutboxMessage.For(AgreementLapsedJob.Kind, application.Id, new AgreementMessage(agreement.Id), now, Seoul.EndOf(dueOn)));
        foreach (var party in stage.Parameters.GetProperty("signers").EnumerateArray().Select(signer => signer.GetString()!))
        {
            Guid? organisation = party switch
            {
                "Firm" => application.FirmId,
                "Supplier" => application.SupplierId,
                "Tenant" => tenantOrganisation,
                "LeadFirm" => lead,
                _ => throw new InvalidOperationException($"'{party}' signs no agreement."),
            };

            // A project without a supplier has no supplier to sign.
            if (organisation is { } body)
            {
                db.Add(new AgreementSignature(agreement.Id, party, body));
            }
        }
    }
}

/// <summary>
/// All have signed, or one declined. A signature binds the shares that no funder had to decide on (the national one and the firm's),
/// and what is given in kind is met.
/// </summary>
public sealed class AgreementConcludedJob(TenantJob job, MoveMoney money, WorkflowInstances instances) : IOutboxJob
{
    public const string Kind = "agreement.concluded";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        const string Actor = "job:" + Kind;
        var agreementId = message.Read<AgreementMessage>().AgreementId;
        var agreement = await db.Set<Agreement>().AsNoTracking().SingleAsync(agreement => agreement.Id == agreementId, cancellationToken);
        var application = await db.Set<GrantApplication>().SingleAsync(application => application.Id == agreement.ApplicationId, cancellationToken);
        var signed = agreement.Status == AgreementStatus.Signed;
        if (signed)
        {
            await MoveMoney.LockLinesAsync(db, application.Id, application.CallId, cancellationToken);
        }

        var outcome = await instances.ResumeAsync(
            db, application.WorkflowInstanceId, agreement.BookmarkId, signed ? "Signed" : "Declined", new { agreement = agreement.Id }, Actor, cancellationToken);
        if (!signed || !outcome.IsDone)
        {
            return;
        }

        foreach (var share in await db.Set<ApplicationShare>().Where(share => share.ApplicationId == application.Id).ToListAsync(cancellationToken))
        {
            await BindAsync(db, application, share, Actor, cancellationToken);
        }
    }

    private async Task BindAsync(GrantsDb db, GrantApplication application, ApplicationShare share, string actor, CancellationToken cancellationToken)
    {
        if (share.Status == ShareStatus.Planned && !await money.ReserveAsync(db, share, application.CallId, application.Tier, actor, cancellationToken))
        {
            throw new InvalidOperationException($"The {share.Funder} share of {application.ReceiptNumber} has no budget left.");
        }

        if (share.Status == ShareStatus.Reserved)
        {
            await money.CommitAsync(db, share, Won.Zero, actor, cancellationToken);
        }

        if (share.InKind > Won.Zero)
        {
            await money.MeetInKindAsync(db, share, actor, cancellationToken);
        }
    }
}

/// <summary>The payload of <see cref="AgreementConcludedJob"/>.</summary>
internal sealed record AgreementMessage(Guid AgreementId);
