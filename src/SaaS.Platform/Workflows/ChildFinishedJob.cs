using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Platform.Workflows;

/// <summary>
/// A workflow that another one started has ended: the other goes on, if it waits for it. One that waits for many hears of each.
/// </summary>
public sealed class ChildFinishedJob(TenantJob job, WorkflowInstances instances) : IOutboxJob
{
    public const string Kind = "workflow.finished";

    private static readonly string[] WaitingForOne = ["Elsa.ExecuteWorkflow", "Elsa.DispatchWorkflow"];

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var finished = message.Read<ChildMessage>();
        var child = finished.ChildInstanceId.ToString();
        var hashes = WaitingForOne.Select(name => BookmarkHash.Of(name, Value.Object(("childInstanceId", child)), null)).ToList();
        var bookmarks = await db.Set<WorkflowBookmark>().AsNoTracking()
            .Where(bookmark => bookmark.InstanceId == finished.ParentInstanceId && (hashes.Contains(bookmark.Hash) || bookmark.Name == "Elsa.BulkDispatchWorkflows"))
            .ToListAsync(cancellationToken);
        foreach (var bookmark in bookmarks)
        {
            if (hashes.Contains(bookmark.Hash))
            {
                await instances.ResumeAsync(db, bookmark.InstanceId, bookmark.Id, Value.From(finished.Output), "job:" + Kind, cancellationToken);
            }
            else if (IsAmong(bookmark, child))
            {
                var news = Value.Object(
                    ("WorkflowOutput", Value.From(finished.Output)),
                    ("WorkflowInstanceId", child),
                    ("WorkflowStatus", nameof(WorkflowStatus.Finished)),
                    ("WorkflowSubStatus", finished.SubStatus));
                await instances.ResumeAsync(db, bookmark.InstanceId, bookmark.Id, news, "job:" + Kind, cancellationToken);
            }
        }
    }

    private static bool IsAmong(WorkflowBookmark bookmark, string child)
        => Value.Parse(bookmark.Payload)["childInstanceIds"].Items.Contains(child);
}

/// <summary>The payload of <see cref="ChildFinishedJob"/>.</summary>
internal sealed record ChildMessage(Guid ParentInstanceId, Guid ChildInstanceId, string SubStatus, JsonElement Output);
