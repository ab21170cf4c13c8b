using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Audit;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Organisations;
using SaaS.Platform.Refusals;
using SaaS.Platform.Time;
using SaaS.Workflows;
using SaaS.Workflows.Checking;

namespace SaaS.Platform.Oversight;

/// <summary>
/// KOSMO changes a guard rail. Before that it sees which programmes of all tenants would offend; it holds when a second person agrees, for
/// versions published and calls announced from its day on. What is published and what is open stays as it is.
/// </summary>
public sealed class WriteGuardRail(GrantsDb db, CurrentActor actor, PlaneDb planes, FindOffenders find, IClock clock)
{
    /// <param name="Rail">What is to hold; null where model or day could not be read.</param>
    /// <param name="Reason">Why; it stands in the history.</param>
    public sealed record Request(GuardRail Rail, string? Reason);

    /// <param name="Before">What holds on that day otherwise; null where nothing does.</param>
    /// <param name="Differences">Each figure that is not the same.</param>
    /// <param name="Checked">How many drafts and versions of all tenants were looked at.</param>
    /// <param name="Offenders">Those that would offend against it.</param>
    public sealed record Preview(GuardRail? Before, IReadOnlyList<Words> Differences, int Checked, IReadOnlyList<FindOffenders.Offender> Offenders);

    /// <summary>What it would do; nothing is stored.</summary>
    public async Task<Outcome<Preview>> PreviewAsync(Request request, CancellationToken cancellationToken)
    {
        if (WhyNot() is { } forbidden)
        {
            return new Outcome<Preview>.Refused(RefusalKind.Forbidden, [forbidden]);
        }

        var rails = await GuardRailsInForce.ReadAsync(db, request.Rail.ValidFrom, cancellationToken);
        var before = rails.For(request.Rail.Model, request.Rail.FromYear, request.Rail.NationalMoney);
        return Mistakes(request, before).ToList() is { Count: > 0 } mistakes ? mistakes : await LookAsync(request.Rail, rails, before, find, cancellationToken);
    }

    /// <summary>Writes it down for a second person.</summary>
    /// <returns>Its id.</returns>
    public async Task<Outcome<Guid>> RunAsync(Request request, CancellationToken cancellationToken)
    {
        if (WhyNot() is not null || actor is not { UserId: { } user, Chosen.TenantId: { } national })
        {
            return new Outcome<Guid>.Refused(RefusalKind.Forbidden, [Forbidden]);
        }

        await using var tenant = planes.OpenTenant(national, user, actor.OrganisationId);
        await using var transaction = await tenant.Database.BeginTransactionAsync(cancellationToken);
        await GuardRailsInForce.LockAsync(tenant, cancellationToken);
        var rails = await GuardRailsInForce.ReadAsync(tenant, request.Rail.ValidFrom, cancellationToken);
        if (Mistakes(request, rails.For(request.Rail.Model, request.Rail.FromYear, request.Rail.NationalMoney)).ToList() is { Count: > 0 } mistakes)
        {
            return mistakes;
        }

        var written = new WrittenGuardRail(request.Rail, request.Reason!.Trim(), user, clock.GetCurrentInstant());
        if (await tenant.Set<WrittenGuardRail>().AnyAsync(
            row => row.Model == written.Model && row.NationalMoney == written.NationalMoney && row.FromYear == written.FromYear
                && !tenant.Set<GuardRailDecision>().Any(decision => decision.GuardRailId == row.Id),
            cancellationToken))
        {
            return new Outcome<Guid>.Refused(RefusalKind.Conflict, [new Refusal(
                "rail-waits",
                "같은 범위의 변경이 이미 승인을 기다립니다. 먼저 그 변경을 승인하거나 거절하세요.",
                "A change of the same rail already waits for approval. Decide on that first.")]);
        }

        tenant.Add(written);
        tenant.AuditEntries.Add(AuditEntry.Of("guard-rail.written", "guard-rail", written.Id, user, written.WrittenAt, new { scope = GuardRailWords.Scope(request.Rail).En, reason = written.Reason }));
        await tenant.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return written.Id;
    }

    internal static async Task<Preview> LookAsync(GuardRail rail, GuardRails rails, GuardRail? before, FindOffenders find, CancellationToken cancellationToken)
    {
        var (looked, offenders) = await find.RunAsync(rails.With(rail), cancellationToken);
        return new Preview(
            before,
            GuardRailWords.Differences(before?.Limits ?? new GuardRailLimits(), rail.Limits),
            looked,
            [.. offenders.Select(offender => offender with { Problems = [.. offender.Problems.Where(problem => problem.Rail == rail)] }).Where(offender => offender.Problems.Count > 0)]);
    }

    private static Refusal Forbidden { get; } = new("role-missing", "국가 기준을 바꿀 권한이 없습니다.", "Your role may not change the national guard rails.");

    private Refusal? WhyNot()
        => actor is { UserId: not null, Chosen: { Kind: OrganisationKind.Kosmo, TenantId: not null } } && (actor.Is(MemberRole.Officer) || actor.Is(MemberRole.Approver)) ? null : Forbidden;

    private IEnumerable<Refusal> Mistakes(Request request, GuardRail? before)
    {
        foreach (var problem in GuardRailRules.Check(request.Rail))
        {
            yield return new Refusal(problem.Code, problem.Ko, problem.En, problem.Pointer);
        }

        if (request.Rail.ValidFrom < clock.TodayInKorea())
        {
            yield return new Refusal("day-passed", "시행일은 오늘이거나 그 뒤여야 합니다. 지난 게시와 공고는 바꿀 수 없습니다.", "It begins today or later: what was published before stays as it is.", "/validFrom");
        }

        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Trim().Length > WrittenGuardRail.LongestReason)
        {
            yield return new Refusal(
                "reason-missing", $"바꾸는 까닭을 {WrittenGuardRail.LongestReason:N0}자 안으로 적어 주세요. 기관이 그대로 봅니다.", $"Say why, in at most {WrittenGuardRail.LongestReason:N0} characters. Tenants read it.", "/reason");
        }

        if (before is not null && before.IsAbout(request.Rail) && GuardRailWords.Differences(before.Limits, request.Rail.Limits).Count == 0)
        {
            yield return new Refusal("nothing-changes", "지금 기준과 다른 값이 없습니다.", "No figure differs from what holds already.");
        }
    }
}
