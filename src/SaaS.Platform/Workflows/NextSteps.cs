using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using SaaS.Platform.Applications;
using SaaS.Platform.Closing;
using SaaS.Platform.Jobs;
using SaaS.Workflows.Runtime;

namespace SaaS.Platform.Workflows;

/// <summary>What must happen outside because of a burst, as outbox messages to be saved with it.</summary>
internal static class NextSteps
{
    /// <param name="burst">What the workflow did.</param>
    /// <param name="applicationId">The application that it belongs to. Stages and closing need one.</param>
    /// <param name="now">The time of the burst.</param>
    /// <param name="tellsParent">False when the instance that started this one saw its end in the same breath.</param>
    public static IEnumerable<OutboxMessage> Of(Burst burst, Guid? applicationId, Instant now, bool tellsParent)
    {
        var instanceId = burst.State.Id;
        foreach (var bookmark in burst.Created)
        {
            if (bookmark.Payload["stage"].Text is { } stage && applicationId is not null)
            {
                yield return OutboxMessage.For(
                    "stage." + stage,
                    applicationId,
                    new StageMessage { BookmarkId = bookmark.Id, InstanceId = instanceId, ActivityId = bookmark.ActivityId, Parameters = bookmark.Payload.ToJsonElement() },
                    now);
            }

            if (DueAt(bookmark) is { } due)
            {
                yield return OutboxMessage.For(TimerJob.Kind, applicationId, new BookmarkMessage(instanceId, bookmark.Id), now, due);
            }
        }

        foreach (var effect in burst.Effects)
        {
            switch (effect.Kind)
            {
                case PublishEventJob.Kind:
                    yield return OutboxMessage.For(effect.Kind, applicationId, EventMessage.Of(instanceId, effect.Payload), now);
                    break;

                // The bookmark that waits for the task is the request itself; and only a case can be closed.
                case "run-task":
                case "close" when applicationId is null:
                    break;

                default:
                    yield return OutboxMessage.For(
                        effect.Kind,
                        applicationId,
                        new StageMessage { InstanceId = instanceId, ActivityId = effect.ActivityId, Parameters = effect.Payload.ToJsonElement() },
                        now);
                    break;
            }
        }

        if (burst.State.SubStatus is WorkflowSubStatus.Cancelled && applicationId is not null)
        {
            // Nobody closes a cancelled case any more: its money goes back as of one that failed.
            yield return OutboxMessage.For(
                CloseJob.Kind, applicationId, new StageMessage { InstanceId = instanceId, ActivityId = "", Parameters = JsonSerializer.SerializeToElement(new { result = nameof(ApplicationStatus.Failed) }) }, now);
        }

        if (burst.State.FinishedAt is { } finished)
        {
            yield return OutboxMessage.For(ArchiveInstanceJob.Kind, null, new InstanceMessage(instanceId), now, finished + ArchiveInstanceJob.FirstLook);
        }

        if (tellsParent && burst.State is { Status: WorkflowStatus.Finished, ParentInstanceId: { } parent })
        {
            yield return OutboxMessage.For(ChildFinishedJob.Kind, applicationId, new ChildMessage(parent, instanceId, burst.State.SubStatus.ToString(), burst.State.Output.ToJsonElement()), now);
        }
    }

    /// <summary>When a bookmark of Delay, Timer, Cron or StartAt goes on by itself; null for all others.</summary>
    public static Instant? DueAt(Bookmark bookmark)
    {
        var member = bookmark.Name switch
        {
            "Elsa.Delay" or "Elsa.Timer" => "resumeAt",
            "Elsa.Cron" or "Elsa.StartAt" => "executeAt",
            _ => null,
        };
        return member is not null && InstantPattern.ExtendedIso.Parse(bookmark.Payload[member].Text ?? "") is { Success: true } parsed ? parsed.Value : null;
    }
}

/// <summary>The payload of an outbox message about an instance as a whole.</summary>
internal sealed record InstanceMessage(Guid InstanceId);

/// <summary>The payload of an outbox message that lets an instance go on from a bookmark.</summary>
internal sealed record BookmarkMessage(Guid InstanceId, Guid BookmarkId);
