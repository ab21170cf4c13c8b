using System.Text.Json;
using NodaTime;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Programmes;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Platform.Workflows;

/// <summary>
/// Runs workflow instances inside the caller's transaction: state, journal, bookmarks, the application's status and the outbox rows of
/// what must happen next are added to the caller's context, and the caller saves.
/// </summary>
public sealed class WorkflowInstances(CompiledDefinitions definitions, RememberedInstances memory, IClock clock)
{
    /// <summary>The member of an input that carries what came with an event.</summary>
    internal const string EventPayload = "__EventPayloadWorkflowInput";

    /// <summary>Runs a new instance up to its first wait, in memory alone.</summary>
    public static Burst Start(CompiledWorkflow workflow, Guid instanceId, Value application, Instant now) => WorkflowRuntime.Start(workflow, new StartWorkflow
    {
        InstanceId = instanceId,
        Input = Value.Object(("Application", application)),
        Now = now,
        NewId = Guid.CreateVersion7,
    });

    /// <summary>Adds what a start did, for an application that is added with it.</summary>
    public void AddStarted(GrantsDb db, GrantApplication application, Burst burst, string actor)
    {
        var instance = new WorkflowInstance(application.WorkflowInstanceId, application.Id, application.DefinitionVersionId);
        db.Add(instance);
        Apply(db, instance, burst, actor);
    }

    /// <summary>Adds what the start of a workflow did that belongs to no application.</summary>
    public void AddStarted(GrantsDb db, Guid definitionVersionId, Burst burst, string actor)
    {
        var instance = new WorkflowInstance(burst.State.Id, null, definitionVersionId);
        db.Add(instance);
        Apply(db, instance, burst, actor);
    }

    /// <summary>
    /// Goes on from a bookmark. The instance's row is locked until the caller's transaction ends, so that two at once come one after the
    /// other; the second finds the bookmark used and is refused. A caller with a <see cref="Recollection"/> goes on without reading where
    /// this process knows the instance; of two at once the second to save is refused then, and runs again.
    /// </summary>
    /// <param name="db">A tenant's context inside a transaction.</param>
    /// <param name="instanceId">The instance.</param>
    /// <param name="bookmarkId">Where it waits.</param>
    /// <param name="outcome">One of the outcomes of the activity that waits.</param>
    /// <param name="data">What else the workflow shall know; serialised as JSON. Null for nothing.</param>
    /// <param name="actor">For the journal: <c>user:…</c> or <c>job:…</c>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InvalidOperationException">The tenant has no such instance.</exception>
    public Task<ResumeOutcome> ResumeAsync(
        GrantsDb db, Guid instanceId, Guid bookmarkId, string outcome, object? data, string actor, CancellationToken cancellationToken)
        => ResumeAsync(
            db,
            instanceId,
            bookmarkId,
            Value.Object(("outcome", outcome), ("data", data is null ? Value.Null : Value.From(JsonSerializer.SerializeToElement(data, JsonSerializerOptions.Web)))),
            actor,
            cancellationToken);

    /// <param name="db">A tenant's context inside a transaction.</param>
    /// <param name="instanceId">The instance.</param>
    /// <param name="bookmarkId">Where it waits.</param>
    /// <param name="input">As Elsa's activities take it: an object whose members join the workflow's input.</param>
    /// <param name="actor">For the journal.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InvalidOperationException">The tenant has no such instance.</exception>
    public async Task<ResumeOutcome> ResumeAsync(
        GrantsDb db, Guid instanceId, Guid bookmarkId, Value input, string actor, CancellationToken cancellationToken)
    {
        var resume = new ResumeBookmark { BookmarkId = bookmarkId, Input = input, Now = clock.GetCurrentInstant(), NewId = Guid.CreateVersion7 };
        if (await GoOnFromMemoryAsync(db, instanceId, resume, actor, cancellationToken))
        {
            return new ResumeOutcome(null);
        }

        var instance = await LockInstance.RunAsync(db, instanceId, cancellationToken);
        if (instance.Status == nameof(WorkflowStatus.Finished))
        {
            return new ResumeOutcome(ResumeRefusal.Finished);
        }

        var workflow = await definitions.GetAsync(db, instance.DefinitionVersionId, cancellationToken);
        var burst = WorkflowRuntime.Resume(workflow, InstanceState.FromJson(instance.State), resume);
        Take(db, instance, burst, actor);
        return new ResumeOutcome(burst.Refusal);
    }

    // A refusal says nothing here: what is remembered may be out of date. Most often it is so by then that it does not know the bookmark.
    private async Task<bool> GoOnFromMemoryAsync(GrantsDb db, Guid instanceId, ResumeBookmark resume, string actor, CancellationToken cancellationToken)
    {
        if (db.Recollection is not { } recollection || db.Known<WorkflowInstance>(instanceId) is not null || memory.Take(db.Tenant, instanceId) is not { } instance)
        {
            return false;
        }

        var workflow = await definitions.GetAsync(db, instance.DefinitionVersionId, cancellationToken);
        var burst = WorkflowRuntime.Resume(workflow, InstanceState.FromJson(instance.State), resume);
        if (burst.Refusal is not null)
        {
            return false;
        }

        recollection.Use();
        db.Attach(instance);
        Take(db, instance, burst, actor);
        return true;
    }

    /// <summary>Ends an instance for good: it waits for nothing any more. One that has ended before is refused.</summary>
    /// <param name="db">A tenant's context inside a transaction.</param>
    /// <param name="instanceId">The instance.</param>
    /// <param name="actor">For the journal.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="InvalidOperationException">The tenant has no such instance.</exception>
    public async Task<ResumeOutcome> CancelAsync(GrantsDb db, Guid instanceId, string actor, CancellationToken cancellationToken)
    {
        var instance = await LockInstance.RunAsync(db, instanceId, cancellationToken);
        if (instance.Status == nameof(WorkflowStatus.Finished))
        {
            return new ResumeOutcome(ResumeRefusal.Finished);
        }

        var workflow = await definitions.GetAsync(db, instance.DefinitionVersionId, cancellationToken);
        var burst = WorkflowRuntime.Cancel(workflow, InstanceState.FromJson(instance.State), clock.GetCurrentInstant());
        Take(db, instance, burst, actor);
        return new ResumeOutcome(burst.Refusal);
    }

    /// <summary>Runs the steps again at which an instance failed as a whole. What was completed is not done again.</summary>
    /// <param name="db">A tenant's context inside a transaction.</param>
    /// <param name="instanceId">The instance.</param>
    /// <param name="actor">For the journal.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What came of it; and, when it ran, the sub-status of the instance.</returns>
    /// <exception cref="InvalidOperationException">The tenant has no such instance.</exception>
    internal async Task<(ResumeOutcome Outcome, WorkflowSubStatus SubStatus)> RetryAsync(GrantsDb db, Guid instanceId, string actor, CancellationToken cancellationToken)
    {
        var instance = await LockInstance.RunAsync(db, instanceId, cancellationToken);
        if (instance.IsArchived)
        {
            return (new ResumeOutcome(ResumeRefusal.NothingFailed), WorkflowSubStatus.Faulted);
        }

        var workflow = await definitions.GetAsync(db, instance.DefinitionVersionId, cancellationToken);
        var burst = WorkflowRuntime.Retry(
            workflow, InstanceState.FromJson(instance.State), new RetryFaulted { Now = clock.GetCurrentInstant(), NewId = Guid.CreateVersion7 });
        Take(db, instance, burst, actor);
        return (new ResumeOutcome(burst.Refusal), burst.State.SubStatus);
    }

    private void Take(GrantsDb db, WorkflowInstance instance, Burst burst, string actor)
    {
        if (burst.Refusal is null)
        {
            Apply(db, instance, burst, actor);
            foreach (var used in burst.Burned)
            {
                db.RemoveAppended<WorkflowBookmark>(used, bookmark => bookmark.Id);
            }

            db.WhenCommitted.Add(() => memory.Keep(instance, burst.State));
        }
    }

    private void Apply(GrantsDb db, WorkflowInstance instance, Burst burst, string actor, bool tellsParent = true)
    {
        var now = clock.GetCurrentInstant();
        var sequence = instance.JournalLength;
        db.Append(burst.Journal.Select(entry => new WorkflowJournalLine(
            instance.Id, ++sequence, now, actor, entry.Event.ToString(), entry.ActivityId, entry.ActivityType,
            entry.Message ?? (entry.Outcomes.Count > 0 ? string.Join(", ", entry.Outcomes) : null),
            entry.Payload.Kind is ValueKind.Undefined ? null : entry.Payload.ToJson())));

        instance.Advance(burst.State, burst.Journal.Count, now);
        db.Append(burst.Created.Select(bookmark => new WorkflowBookmark(
            bookmark.Id, instance.Id, bookmark.ActivityId, bookmark.Name, bookmark.Payload["stage"].Text, bookmark.Payload.ToJson(), bookmark.Hash,
            bookmark.CreatedAt, NextSteps.DueAt(bookmark))));
        db.Append(NextSteps.Of(burst, instance.ApplicationId, now, tellsParent));
        foreach (var child in burst.Children)
        {
            var started = new WorkflowInstance(child.State.Id, null, definitions.VersionOf(child.Workflow!));
            db.Add(started);
            Apply(db, started, child, actor, tellsParent: false);
        }

        if (instance.ApplicationId is { } application && CaseStatus.After(burst) is { } status)
        {
            db.Change<GrantApplication>(application, nameof(GrantApplication.Status), status);
        }
    }
}
