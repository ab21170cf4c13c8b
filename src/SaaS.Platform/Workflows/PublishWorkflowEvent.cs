using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Jobs;
using SaaS.Platform.Refusals;

namespace SaaS.Platform.Workflows;

/// <summary>Tells the tenant's workflows that something happened outside. Sent twice under the same id it is told once.</summary>
public sealed class PublishWorkflowEvent(GrantsDb db, CurrentActor actor, PlaneDb planes, IClock clock)
{
    private const int LongestName = 200;
    private const int LongestPayload = 100_000;

    /// <param name="Id">Chosen by the sender; whoever is not sure that it arrived sends it again.</param>
    /// <param name="EventName">What workflows listen for.</param>
    /// <param name="CorrelationId">Only instances with this correlation id; null for all.</param>
    /// <param name="Payload">What the listeners get.</param>
    public sealed record Request(Guid? Id, string? EventName, string? CorrelationId, JsonElement? Payload);

    /// <param name="IsNew">False when it had been sent before.</param>
    public sealed record Response(Guid Id, bool IsNew);

    public async Task<Outcome<Response>> RunAsync(Request request, CancellationToken cancellationToken)
    {
        if (!actor.Is(MemberRole.Officer) && !actor.Is(MemberRole.Approver))
        {
            return new Outcome<Response>.Refused(RefusalKind.Forbidden, [new Refusal("role-missing", "사건을 알릴 권한이 없습니다.", "Your role may not publish events.")]);
        }

        var problems = Check(request).ToList();
        if (problems.Count > 0)
        {
            return problems;
        }

        await using var tenant = planes.OpenTenant(db.Tenant, actor.UserId, actor.OrganisationId);
        await using var transaction = await tenant.Database.BeginTransactionAsync(cancellationToken);
        var id = request.Id ?? Guid.CreateVersion7();
        var message = OutboxMessage.For(
            PublishEventJob.Kind, null, new EventMessage(request.EventName!.Trim(), request.CorrelationId, null, request.Payload), clock.GetCurrentInstant());
        var added = await tenant.Database.ExecuteSqlAsync(
            $"""
            insert into outbox (tenant_id, id, kind, payload, created_at, available_at, attempts)
            values ({tenant.Tenant}, {id}, {message.Kind}, {message.Payload}::jsonb, {message.CreatedAt}, {message.AvailableAt}, 0)
            on conflict (tenant_id, id) do nothing
            """,
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Response(id, added > 0);
    }

    private static IEnumerable<Refusal> Check(Request request)
    {
        if (string.IsNullOrWhiteSpace(request.EventName) || request.EventName.Length > LongestName)
        {
            yield return new Refusal("event-name", $"사건 이름을 {LongestName}자 안으로 적어 주세요.", $"Give the event a name of at most {LongestName} characters.", "eventName");
        }

        if (request.CorrelationId is { Length: > LongestName })
        {
            yield return new Refusal("correlation-too-long", $"연관 번호는 {LongestName}자까지 쓸 수 있습니다.", $"The correlation id may have {LongestName} characters.", "correlationId");
        }

        if (request.Payload is { ValueKind: not JsonValueKind.Undefined } payload && payload.GetRawText().Length > LongestPayload)
        {
            yield return new Refusal("payload-too-large", $"내용은 {LongestPayload:N0}자까지 보낼 수 있습니다.", $"The payload may have {LongestPayload:N0} characters.", "payload");
        }
    }
}
