using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Domain.Selections;
using SaaS.Platform.Applications;
using SaaS.Platform.Audit;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Platform.Programmes;
using SaaS.Platform.Shares;
using SaaS.Platform.Time;
using SaaS.Workflows.Programmes;

namespace SaaS.Platform.Selections;

/// <summary>
/// Ranks those of a call who passed their evaluation, and gives places and money away in that order: to all at once when the tier's ranking
/// is due, and again, to those on the waiting list, whenever money or a place came free. Safe to run at any time and at once with others:
/// what was given stays, and a second run finds nothing left to give.
/// </summary>
public sealed class RankCallJob(TenantJob job, MoveMoney money, CompiledDefinitions definitions, IClock clock) : IOutboxJob
{
    public const string Kind = "selection.rank";

    private const string Actor = "job:" + Kind;

    /// <summary>An application that stands so, and passed nothing yet, has no result of its evaluation.</summary>
    internal static readonly ApplicationStatus[] BeforeResult = [ApplicationStatus.Submitted, ApplicationStatus.AwaitingTask, ApplicationStatus.UnderEvaluation];

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    /// <summary>Has a call ranked once the caller's transaction is committed; asked for more than once in it, it is ranked once.</summary>
    internal static void Ask(GrantsDb db, RankMessage message, Instant now, Instant? availableAt = null)
    {
        if (!db.ChangeTracker.Entries<OutboxMessage>().Any(open => open.State == EntityState.Added && open.Entity.Kind == Kind && open.Entity.Read<RankMessage>() == message))
        {
            db.Outbox.Add(OutboxMessage.For(Kind, null, message, now, availableAt));
        }
    }

    /// <summary>Money or a place of a call came free: has it ranked again where somebody waits for that.</summary>
    internal static async Task AskIfAnyWaitsAsync(GrantsDb db, Guid callId, Instant now, CancellationToken cancellationToken)
    {
        if (await db.Set<Candidate>().AnyAsync(
            candidate => candidate.CallId == callId && (candidate.Standing == CandidateStanding.Passed || candidate.Standing == CandidateStanding.Waiting), cancellationToken))
        {
            Ask(db, new RankMessage(callId), now);
        }
    }

    /// <summary>Whoever changes where a candidate stands locks its call first, before shares and budget lines.</summary>
    internal static Task<Call> LockAsync(GrantsDb db, Guid callId, CancellationToken cancellationToken)
        => db.Set<Call>().Where(call => call.Id == callId).Locked().SingleAsync(cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var (callId, withoutWaiting) = message.Read<RankMessage>();
        if (await IsLeftToAnotherAsync(db, message, cancellationToken))
        {
            return;
        }

        // One after the other. Then shares, then budget lines, as everybody locks them.
        var call = await LockAsync(db, callId, cancellationToken);
        if (call.Status == CallStatus.Cancelled)
        {
            return;
        }

        var candidates = await db.Set<Candidate>().Where(candidate => candidate.CallId == callId).ToListAsync(cancellationToken);
        await EndAsync(db, candidates, cancellationToken);
        var open = await OpenAsync(db, call, candidates, withoutWaiting, cancellationToken);
        if (open.Count == 0)
        {
            return;
        }

        var shares = await LockSharesAsync(db, candidates.Where(candidate => open.Contains(candidate) || candidate.Standing == CandidateStanding.Selected), cancellationToken);
        var lines = await CallLines.LockAsync(db, callId, cancellationToken);
        var ranked = candidates.Where(candidate => candidate.Standing != CandidateStanding.Passed || open.Contains(candidate)).OrderBy(candidate => candidate.Merit, Merit.BestFirst).ToList();
        foreach (var tier in ranked.GroupBy(candidate => candidate.Tier))
        {
            foreach (var (place, candidate) in tier.Index())
            {
                candidate.RankAs(place + 1);
            }
        }

        var contending = ranked.Where(candidate => candidate.Standing != CandidateStanding.Ended).ToList();
        var outline = ProgrammeOutline.Read(await definitions.GetAsync(db, call.DefinitionVersionId, cancellationToken));
        var verdicts = Allocation.Run(
            [.. contending.Select(candidate => lines.Contend(candidate, shares[candidate.ApplicationId].ToList()))],
            lines.Free,
            outline.Tiers.ToDictionary(tier => tier.Code, tier => tier.Tier.Quota));
        var names = await lines.NamesAsync(db, shares.SelectMany(ofOne => ofOne), cancellationToken);
        var passedOver = new List<PassedOver>();
        var numbers = new Dictionary<string, int>();
        foreach (var (candidate, verdict) in contending.Zip(verdicts))
        {
            if (!verdict.IsSelected)
            {
                var reasons = names.Explain(candidate, verdict, shares[candidate.ApplicationId].ToList(), verdict.StoppedBy is { } by ? contending[by].Rank : null);
                passedOver.Add(new PassedOver(candidate.Tier, candidate.Rank!.Value, [.. reasons.Select(reason => reason.Code)]));
                numbers[candidate.Tier] = numbers.GetValueOrDefault(candidate.Tier) + 1;
                Wait(db, candidate, numbers[candidate.Tier], reasons);
            }
            else if (candidate.Standing != CandidateStanding.Selected)
            {
                await SelectAsync(db, call, candidate, shares[candidate.ApplicationId], [.. passedOver.Where(over => over.Tier == candidate.Tier)], cancellationToken);
            }
        }
    }

    /// <summary>Many ask at once, when a call closes or hundreds are evaluated: it is ranked for all of them by the last one, which nobody runs yet.</summary>
    private async Task<bool> IsLeftToAnotherAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        return await db.Outbox.FromSql($"""
            select * from outbox
            where tenant_id = {db.Tenant} and kind = {Kind} and done_at is null and available_at <= {now} and id <> {message.Id} and payload = {message.Payload}::jsonb
            limit 1 for update skip locked
            """).AsNoTracking().AnyAsync(cancellationToken);
    }

    /// <summary>A case may have been cancelled, or have failed, while it waited.</summary>
    private static async Task EndAsync(GrantsDb db, List<Candidate> candidates, CancellationToken cancellationToken)
    {
        var waiting = candidates.Where(candidate => candidate.Standing is CandidateStanding.Passed or CandidateStanding.Waiting).ToDictionary(candidate => candidate.ApplicationId);
        var ended = await db.Set<GrantApplication>()
            .Where(application => waiting.Keys.Contains(application.Id) && application.Status != ApplicationStatus.UnderEvaluation && application.Status != ApplicationStatus.Waitlisted)
            .Select(application => application.Id).ToListAsync(cancellationToken);
        ended.ForEach(application => waiting[application].End());
    }

    /// <summary>Those to whom something may be given now.</summary>
    private async Task<HashSet<Candidate>> OpenAsync(GrantsDb db, Call call, List<Candidate> candidates, bool withoutWaiting, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var open = candidates.Where(candidate => candidate.Standing == CandidateStanding.Waiting).ToHashSet();
        foreach (var tier in candidates.Where(candidate => candidate.Standing == CandidateStanding.Passed).GroupBy(candidate => candidate.Tier))
        {
            // Who is evaluated after the ranking of the tier joins it as it stands.
            var wasRanked = candidates.Any(candidate => candidate.Tier == tier.Key && candidate.Standing != CandidateStanding.Passed);
            var together = tier.Where(candidate => candidate.Selection == SelectionMode.AfterClosing).ToList();
            open.UnionWith(tier.Except(together));
            if (together.Count == 0)
            {
                continue;
            }

            if (now < call.ClosesAt)
            {
                // The end of the call may have been put off since this was to be looked at.
                Ask(db, new RankMessage(call.Id), now, call.ClosesAt);
            }
            else if (wasRanked || withoutWaiting || !await AnyBeforeResultAsync(db, call.Id, tier.Key, cancellationToken))
            {
                open.UnionWith(together);
            }
        }

        return open;
    }

    /// <summary>Whether an application of the tier has no result of its evaluation yet.</summary>
    private static Task<bool> AnyBeforeResultAsync(GrantsDb db, Guid callId, string tier, CancellationToken cancellationToken) => db.Set<GrantApplication>().AnyAsync(
        application => application.CallId == callId && application.Tier == tier && BeforeResult.Contains(application.Status)
            && !db.Set<Candidate>().Any(candidate => candidate.ApplicationId == application.Id),
        cancellationToken);

    private static async Task<ILookup<Guid, ApplicationShare>> LockSharesAsync(GrantsDb db, IEnumerable<Candidate> candidates, CancellationToken cancellationToken)
    {
        Guid[] applications = [.. candidates.Select(candidate => candidate.ApplicationId)];
        return (await db.Set<ApplicationShare>()
            .FromSql($"""
                select * from application_shares
                where tenant_id = {db.Tenant} and application_id = any({applications}) and funder <> {nameof(Funder.Firm)}
                order by id for update
                """)
            .ToListAsync(cancellationToken)).ToLookup(share => share.ApplicationId);
    }

    private void Wait(GrantsDb db, Candidate candidate, int number, IReadOnlyList<Domain.Reason> reasons)
    {
        var now = clock.GetCurrentInstant();
        var isNew = candidate.Standing == CandidateStanding.Passed;
        candidate.Wait(number, reasons, now);
        if (!isNew)
        {
            return;
        }

        db.Change<GrantApplication>(candidate.ApplicationId, nameof(GrantApplication.Status), ApplicationStatus.Waitlisted);
        db.AuditEntries.Add(AuditEntry.Of(
            "selection.waiting", "application", candidate.ApplicationId, null, now, new { candidate.Rank, candidate.Score, reasons = reasons.Select(reason => reason.Code) }));
        var lastDay = now.InZone(Seoul.Zone).Date.PlusDays(candidate.WaitingDays);
        db.Outbox.Add(OutboxMessage.For(WaitingLapsedJob.Kind, candidate.ApplicationId, new CandidateMessage(candidate.Id), now, Seoul.EndOf(lastDay)));
    }

    private async Task SelectAsync(
        GrantsDb db, Call call, Candidate candidate, IEnumerable<ApplicationShare> shares, IReadOnlyList<PassedOver> passedOver, CancellationToken cancellationToken)
    {
        foreach (var share in shares.Where(share => share.Status == ShareStatus.Planned))
        {
            if (!await money.ReserveAsync(db, share, call.Id, candidate.Tier, Actor, cancellationToken))
            {
                throw new InvalidOperationException($"The budget line of share {share.Id} was locked and had enough, and took too little.");
            }
        }

        var now = clock.GetCurrentInstant();
        candidate.Select(now);
        db.AuditEntries.Add(AuditEntry.Of(
            candidate.IsPromoted ? "selection.promoted" : "selection.selected", "application", candidate.ApplicationId, null, now,
            new { candidate.Rank, candidate.Score, passedOver }));
        db.Outbox.Add(OutboxMessage.For(SelectedJob.Kind, candidate.ApplicationId, new SelectedMessage(candidate.Id, passedOver), now));
    }
}

/// <summary>The payload of <see cref="RankCallJob"/>.</summary>
/// <param name="WithoutWaiting">The tenant ranks a closed call now, without those who have no result yet.</param>
internal sealed record RankMessage(Guid CallId, bool WithoutWaiting = false);

/// <summary>Somebody who ranks higher and waits on, for the file of who was selected: why it was not that one's turn.</summary>
internal sealed record PassedOver(string Tier, int Rank, IReadOnlyList<string> Reasons);
