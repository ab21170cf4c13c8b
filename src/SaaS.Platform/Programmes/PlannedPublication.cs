using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Shares;
using SaaS.Workflows.Comparison;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Programmes;

namespace SaaS.Platform.Programmes;

/// <summary>A version that is to be published, beside the one that counts and the calls that it would reach.</summary>
public sealed class PlannedPublication
{
    private PlannedPublication(Guid programmeId, WorkflowDefinition definition)
    {
        ProgrammeId = programmeId;
        Definition = definition;
        Outline = ProgrammeOutline.Read(definition);
    }

    public Guid ProgrammeId { get; }

    public WorkflowDefinition Definition { get; }

    public ProgrammeOutline Outline { get; }

    /// <summary>The newest version; null before the first.</summary>
    public DefinitionVersion? Before { get; private init; }

    /// <summary>The number of the new one.</summary>
    public int Version => (Before?.Version ?? 0) + 1;

    public IReadOnlyList<Difference> Differences { get; private init; } = [];

    /// <summary>Calls that are not closed: new applications there follow the new version.</summary>
    public IReadOnlyList<Call> Calls { get; private init; } = [];

    /// <summary>Those of them that take applications now.</summary>
    public IReadOnlyList<Call> OpenCalls { get; private init; } = [];

    /// <summary>What leaves firms with less while they can apply.</summary>
    public IReadOnlyList<Difference> WorseWhileOpen => OpenCalls.Count > 0 ? [.. Differences.Where(difference => difference.WorseForFirms)] : [];

    public bool ChangesMoneyOrRules => Before is null || Differences.Any(difference => difference.ConcernsMoneyOrRules);

    /// <summary>Tiers with national money for which no call that goes on has asked yet.</summary>
    public IReadOnlyList<TierOutline> TiersToAsk { get; private init; } = [];

    private bool TakesNationalMoney { get; init; }

    /// <summary>National money is used and money or rules change, or terms get worse while a call is open.</summary>
    /// <param name="isNational">The tenant is KOSMO itself: it approves its own use of its money by its second person.</param>
    public bool NeedsKosmo(bool isNational) => (TakesNationalMoney && ChangesMoneyOrRules && !isNational) || WorseWhileOpen.Count > 0;

    public static async Task<PlannedPublication> ReadAsync(GrantsDb db, Guid programmeId, WorkflowDefinition definition, Instant now, CancellationToken cancellationToken)
    {
        var before = await db.Set<DefinitionVersion>().AsNoTracking()
            .Where(version => version.ProgrammeId == programmeId).OrderByDescending(version => version.Version).FirstOrDefaultAsync(cancellationToken);
        List<Call> calls = [.. (await db.Set<Call>().Where(call => call.ProgrammeId == programmeId).ToListAsync(cancellationToken))
            .Where(call => call.StandingAt(now) is CallStanding.Draft or CallStanding.NotYetOpen or CallStanding.Open)];
        List<Guid> ids = [.. calls.Select(call => call.Id)];
        var asked = await db.Set<NationalGrant>().AsNoTracking().Where(grant => ids.Contains(grant.CallId)).Select(grant => grant.Tier).Distinct().ToListAsync(cancellationToken);
        var old = before is null ? null : WorkflowDefinition.Parse(before.Json).Required;
        var tiers = NationalMoney.Tiers(ProgrammeOutline.Read(definition));
        return new PlannedPublication(programmeId, definition)
        {
            Before = before,
            Differences = old is null ? [] : DefinitionDifferences.Between(old, definition),
            Calls = calls,
            OpenCalls = [.. calls.Where(call => call.StandingAt(now) is CallStanding.Open)],
            TiersToAsk = [.. tiers.Where(tier => !asked.Contains(tier.Code))],
            TakesNationalMoney = tiers.Count > 0 || (old is not null && NationalMoney.Tiers(ProgrammeOutline.Read(old)).Count > 0),
        };
    }
}
