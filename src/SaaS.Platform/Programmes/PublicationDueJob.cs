using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;

namespace SaaS.Platform.Programmes;

/// <summary>The moment has come from which an approved version counts. Where that has become impossible, the request says why.</summary>
public sealed class PublicationDueJob(TenantJob job, ApplyPublication apply, IClock clock) : IOutboxJob
{
    public const string Kind = "publication.due";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var id = message.Read<PublicationDue>().RequestId;
        var programme = await db.Set<PublicationRequest>().Where(row => row.Id == id).Select(row => row.ProgrammeId).SingleAsync(cancellationToken);
        var draft = await db.Set<DefinitionDraft>()
            .FromSql($"select * from definition_drafts where tenant_id = {db.Tenant} and programme_id = {programme} for update")
            .SingleOrDefaultAsync(cancellationToken);
        var row = await db.Set<PublicationRequest>()
            .FromSql($"select * from publication_requests where tenant_id = {db.Tenant} and id = {id} for update")
            .SingleAsync(cancellationToken);
        if (row.Status is PublicationStatus.Granted
            && await DecidePublication.CountAsync(db, row, draft, apply, clock, cancellationToken) is { Count: > 0 } reasons)
        {
            var why = string.Join(' ', reasons.Select(reason => reason.Ko));
            row.Decide(PublicationStatus.Refused, row.DecidedBy!.Value, clock.GetCurrentInstant(), why[..Math.Min(why.Length, PublishDraft.LongestReason)]);
        }
    }
}

/// <summary>The payload of <see cref="PublicationDueJob"/>.</summary>
internal sealed record PublicationDue(Guid RequestId);
