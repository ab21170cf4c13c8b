using Microsoft.EntityFrameworkCore;
using SaaS.Domain;
using SaaS.Domain.Money;
using SaaS.Domain.Selections;
using SaaS.Platform.Data;
using SaaS.Platform.Organisations;
using SaaS.Platform.Shares;

namespace SaaS.Platform.Selections;

/// <summary>The budget lines of a call while it is ranked: locked, so that nothing is taken of them meanwhile.</summary>
internal sealed class CallLines(List<BudgetLine> lines)
{
    // The last line stands for those that do not exist: a body that has set nothing aside.
    public IReadOnlyList<Won> Free => [.. lines.Select(line => line.Free), Won.Zero];

    /// <summary>In the order of their ids, as everybody locks them who moves more than one.</summary>
    public static async Task<CallLines> LockAsync(GrantsDb db, Guid callId, CancellationToken cancellationToken) => new(await db.Set<BudgetLine>()
        .FromSql($"select * from budget_lines where tenant_id = {db.Tenant} and call_id = {callId} order by id for no key update")
        .AsNoTracking().ToListAsync(cancellationToken));

    public Contender Contend(Candidate candidate, IReadOnlyList<ApplicationShare> shares)
    {
        var isSelected = candidate.Standing == CandidateStanding.Selected;
        return new Contender(
            candidate.Tier,
            [.. shares.Where(share => isSelected ? Holds(share) : share.Status == ShareStatus.Planned && share.Amount > Won.Zero).OrderBy(share => share.Funder).Select(share => new Draw(Of(share, candidate.Tier), share.Amount))],
            isSelected,
            candidate.StopsOthers);
    }

    /// <param name="db">The tenant's context.</param>
    /// <param name="shares">Whose funders may have to be named.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<LineNames> NamesAsync(GrantsDb db, IEnumerable<ApplicationShare> shares, CancellationToken cancellationToken)
    {
        var funders = shares.Select(share => share.FunderOrganisationId).Distinct().ToList();
        var bodies = await db.Organisations.AsNoTracking().Where(body => funders.Contains(body.Id)).ToDictionaryAsync(body => body.Id, cancellationToken);
        return new LineNames(this, bodies);
    }

    /// <summary>The line of its tier before the line of all tiers, as <see cref="MoveMoney.ReserveAsync"/> takes it.</summary>
    internal int Of(ApplicationShare share, string tier)
    {
        var own = lines.FindIndex(line => IsOf(line, share) && line.Tier == tier);
        var common = own >= 0 ? own : lines.FindIndex(line => IsOf(line, share) && line.Tier is null);
        return common >= 0 ? common : lines.Count;
    }

    private static bool IsOf(BudgetLine line, ApplicationShare share) => line.Funder == share.Funder && line.FunderOrganisationId == share.FunderOrganisationId;

    private static bool Holds(ApplicationShare share) => share is { BudgetLineId: not null, Status: ShareStatus.Reserved or ShareStatus.Committed };
}

/// <summary>Tells why somebody waits.</summary>
internal sealed class LineNames(CallLines lines, IReadOnlyDictionary<Guid, Organisation> bodies)
{
    /// <param name="candidate">Who waits.</param>
    /// <param name="verdict">What the allocation said.</param>
    /// <param name="shares">Its shares.</param>
    /// <param name="stoppedAt">The rank at which the ranking stopped.</param>
    public IReadOnlyList<Reason> Explain(Candidate candidate, Verdict verdict, IReadOnlyList<ApplicationShare> shares, int? stoppedAt)
    {
        var reasons = new List<Reason>();
        if (stoppedAt is { } rank)
        {
            reasons.Add(new Reason("STOP", $"{rank}위 기업에 필요한 재원이 모자라 선정이 거기서 멈췄습니다.", $"The selection stopped at rank {rank}, for which there was too little."));
        }

        if (verdict.LacksPlace)
        {
            reasons.Add(new Reason("QUOTA", "선정 규모가 모두 찼습니다.", "All places are taken."));
        }

        foreach (var (line, left) in verdict.Short)
        {
            reasons.Add(Lacking(shares.First(share => share.Status == ShareStatus.Planned && lines.Of(share, candidate.Tier) == line), left));
        }

        return reasons;
    }

    private Reason Lacking(ApplicationShare share, Won left)
    {
        var body = bodies[share.FunderOrganisationId];
        var (code, ko, en) = share.Funder switch
        {
            Funder.National => ("CENTRAL", "국비", "central money"),
            Funder.Province => ("PROVINCE", $"{body.Ko} 예산", $"money of {body.En}"),
            Funder.Municipality => ($"CITY:{body.En}", $"{body.Ko} 예산", $"money of {body.En}"),
            _ => ($"LEAD:{body.En}", $"{body.Ko} 부담금", $"money of {body.En}"),
        };
        return new Reason(code, $"{ko} 부족: {share.Amount}원이 필요한데 {left}원이 남았습니다.", $"Too little {en}: {share.Amount} won needed, {left} won left.");
    }
}
