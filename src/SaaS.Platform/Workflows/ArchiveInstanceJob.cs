using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Workflows.Runtime;

namespace SaaS.Platform.Workflows;

/// <summary>
/// Archives a finished instance when the tenant's time for it has passed (<c>archiveAfterDays</c> in the settings of its file): the state
/// goes, the journal stays. Looks the day after the end, and again when the rule of that day says so.
/// </summary>
public sealed class ArchiveInstanceJob(TenantJob job, IClock clock) : IOutboxJob
{
    public const string Kind = "workflow.archive";

    /// <summary>Of tenants that say nothing else.</summary>
    public const int DaysKept = 365;

    internal static readonly Duration FirstLook = Duration.FromDays(1);

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var instance = await LockInstance.RunAsync(db, message.Read<InstanceMessage>().InstanceId, cancellationToken);
        if (instance.Status != nameof(WorkflowStatus.Finished) || instance.FinishedAt is not { } finished || instance.IsArchived)
        {
            return;
        }

        var now = clock.GetCurrentInstant();
        var due = finished + Duration.FromDays(await DaysAsync(db, cancellationToken));
        if (now >= due)
        {
            instance.Archive(now);
        }
        else
        {
            db.Outbox.Add(OutboxMessage.For(Kind, null, new InstanceMessage(instance.Id), now, due));
        }
    }

    private static async Task<int> DaysAsync(GrantsDb db, CancellationToken cancellationToken)
    {
        var settings = await db.Tenants.Where(tenant => tenant.Id == db.Tenant).Select(tenant => tenant.Settings).SingleAsync(cancellationToken);
        using var json = JsonDocument.Parse(settings);
        return json.RootElement.TryGetProperty("archiveAfterDays", out var days) && days.ValueKind == JsonValueKind.Number && days.TryGetInt32(out var number) && number > 0
            ? number
            : DaysKept;
    }
}
