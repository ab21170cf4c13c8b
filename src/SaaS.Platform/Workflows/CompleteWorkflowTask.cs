using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Jobs;
using SaaS.Platform.Refusals;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Platform.Workflows;

/// <summary>Brings the result of a task that a workflow gave out (RunTask); it goes on with it. A task is completed once.</summary>
public sealed class CompleteWorkflowTask(GrantsDb db, CurrentActor actor, PlaneDb planes, IClock clock)
{
    /// <param name="Result">What the workflow gets.</param>
    public sealed record Request(JsonElement? Result);

    public sealed record Response(Guid InstanceId);

    /// <param name="taskId">As the workflow gave it out: 32 digits.</param>
    /// <param name="request">The result.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Outcome<Response>> RunAsync(string taskId, Request request, CancellationToken cancellationToken)
    {
        var hash = BookmarkHash.Of("Elsa.RunTask", Value.Object(("taskId", taskId)), null);
        var seen = await db.Set<WorkflowBookmark>().AsNoTracking()
            .Where(bookmark => bookmark.Hash == hash)
            .Select(bookmark => new { bookmark.Id, bookmark.InstanceId })
            .FirstOrDefaultAsync(cancellationToken);
        if (seen is null)
        {
            return Absent.Row;
        }

        if (!actor.Is(MemberRole.Officer) && !actor.Is(MemberRole.Approver))
        {
            return new Outcome<Response>.Refused(RefusalKind.Forbidden, [new Refusal("role-missing", "업무를 마칠 권한이 없습니다.", "Your role may not complete tasks.")]);
        }

        await using var tenant = planes.OpenTenant(db.Tenant, actor.UserId, actor.OrganisationId);
        var input = JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement?>
        {
            ["RunTaskInput"] = request.Result is { ValueKind: not JsonValueKind.Undefined } result ? result : null,
        });
        tenant.Outbox.Add(OutboxMessage.For(ResumeWorkflowJob.Kind, null, new ResumeMessage(seen.InstanceId, seen.Id, input), clock.GetCurrentInstant()));
        await tenant.SaveChangesAsync(cancellationToken);
        return new Response(seen.InstanceId);
    }
}
