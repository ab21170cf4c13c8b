using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Jobs;
using SaaS.Platform.Refusals;
using SaaS.Platform.Time;

namespace SaaS.Platform.Tasks;

/// <summary>Answers a task on behalf of the organisation that was asked. An answer is final.</summary>
public sealed class CompleteTask(GrantsDb db, CurrentActor actor, PlaneDb planes, IClock clock)
{
    private const int LongestComment = 4_000;

    /// <param name="Answer">The code of one of the task's answers.</param>
    /// <param name="Comment">For the file.</param>
    public sealed record Request(string? Answer, string? Comment);

    public sealed record Response(Guid Id, string Answer, Instant CompletedAt);

    public async Task<Outcome<Response>> RunAsync(Guid taskId, Request request, CancellationToken cancellationToken)
    {
        var seen = await db.Set<HumanTask>().AsNoTracking().SingleOrDefaultAsync(task => task.Id == taskId, cancellationToken);
        if (seen is null)
        {
            return Absent.Row;
        }

        if (seen.AssigneeOrganisationId != actor.OrganisationId || actor.UserId is not { } user || actor.Roles.All(role => role is MemberRole.Viewer))
        {
            return new Outcome<Response>.Refused(RefusalKind.Forbidden, [new Refusal("not-assigned", "다른 기관에 배정된 업무입니다.", "This task was put to another organisation.")]);
        }

        var problems = Check(seen, request).ToList();
        if (problems.Count > 0)
        {
            return problems;
        }

        await using var tenant = planes.OpenTenant(seen.TenantId, actor.UserId, actor.OrganisationId);
        await using var transaction = await tenant.Database.BeginTransactionAsync(cancellationToken);
        var task = await tenant.Set<HumanTask>()
            .FromSql($"select * from tasks where tenant_id = {seen.TenantId} and id = {taskId} for update")
            .SingleAsync(cancellationToken);
        var now = clock.GetCurrentInstant();
        if (task.Outcome is HumanTask.TimedOut || (task is { CompletedAt: null, DueOn: { } dueOn } && now >= Seoul.EndOf(dueOn)))
        {
            return new Outcome<Response>.Refused(
                RefusalKind.Conflict, [new Refusal("task-overdue", $"답할 기한({task.DueOn:uuuu-MM-dd})이 지났습니다.", $"The last day to answer was {task.DueOn:uuuu-MM-dd}.")]);
        }

        if (task.CompletedAt is not null)
        {
            return new Outcome<Response>.Refused(RefusalKind.Conflict, [new Refusal("task-closed", "이미 답한 업무입니다.", "This task was answered before.")]);
        }

        task.Complete(request.Answer!, request.Comment?.Trim() ?? "", user, now);
        tenant.Outbox.Add(OutboxMessage.For(TaskCompletedJob.Kind, task.ApplicationId, new TaskMessage(task.Id), now));
        await tenant.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Response(task.Id, request.Answer!, now);
    }

    private static IEnumerable<Refusal> Check(HumanTask task, Request request)
    {
        var answers = TaskAnswer.ReadAll(task.Answers);
        if (!answers.Any(answer => answer.Code == request.Answer))
        {
            yield return new Refusal(
                "answer-unknown",
                $"답을 고르세요: {string.Join(", ", answers.Select(answer => answer.Ko))}",
                $"Choose one of: {string.Join(", ", answers.Select(answer => answer.En))}",
                "answer");
        }

        if (request.Comment is { Length: > LongestComment })
        {
            yield return new Refusal("comment-too-long", $"의견은 {LongestComment:N0}자까지 쓸 수 있습니다.", $"The comment may have {LongestComment:N0} characters.", "comment");
        }
    }
}
