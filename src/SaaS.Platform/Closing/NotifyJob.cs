using System.Text.Json;
using NodaTime;
using SaaS.Platform.Audit;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Platform.Workflows;

namespace SaaS.Platform.Closing;

/// <summary>
/// Puts on record what a programme told somebody. The text stands in the journal of the case, where those whom it concerns read it; nothing
/// is sent out of the platform.
/// </summary>
public sealed class NotifyJob(TenantJob job, IClock clock) : IOutboxJob
{
    public const string Kind = "notify";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        db.AuditEntries.Add(new AuditEntry
        {
            Id = Guid.CreateVersion7(),
            At = clock.GetCurrentInstant(),
            Action = "notice.given",
            Subject = "application",
            SubjectId = message.ApplicationId,
            Details = JsonSerializer.Serialize(message.Read<StageMessage>().Parameters),
        });
        return Task.CompletedTask;
    }
}
