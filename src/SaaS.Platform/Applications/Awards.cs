using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Agreements;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Programmes;
using SaaS.Platform.Shares;
using SaaS.Platform.Time;
using SaaS.Workflows.Values;

namespace SaaS.Platform.Applications;

/// <summary>A project that a firm was selected for and has not lost since, in any tenant.</summary>
internal sealed record Award
{
    public required string TenantId { get; init; }

    public required ProgrammeModel Model { get; init; }

    public required string Tier { get; init; }

    public required Guid FacilityId { get; init; }

    public required Instant SubmittedAt { get; init; }

    /// <summary>Null until the agreement is concluded.</summary>
    public Instant? AgreedAt { get; init; }

    public required IReadOnlyList<(Funder Funder, Won Amount)> Shares { get; init; }

    /// <summary>The day of the agreement; until there is one, of the application.</summary>
    public LocalDate Day => (AgreedAt ?? SubmittedAt).InZone(Seoul.Zone).Date;

    public long Of(Funder funder) => Shares.Where(share => share.Funder == funder).Sum(share => share.Amount.Amount);
}

/// <summary>What a firm was awarded before, as facts for rules and shares. Read on the company's own plane, so it sees its projects of every tenant.</summary>
internal sealed class Awards(IReadOnlyList<Award> all, string tenant, string? tier, Guid facility)
{
    // The support of smart factories began in 2014: nobody has gone without for longer.
    private static readonly LocalDate Beginning = new(2014, 1, 1);

    private static readonly ApplicationStatus[] Selected =
        [ApplicationStatus.AwaitingNationalShare, ApplicationStatus.AwaitingCommitment, ApplicationStatus.AwaitingAgreement, ApplicationStatus.InProgress, ApplicationStatus.Completed];

    private static readonly ShareStatus[] Kept = [ShareStatus.Planned, ShareStatus.Reserved, ShareStatus.Committed];

    /// <param name="db">The company's plane.</param>
    /// <param name="firm">The firm.</param>
    /// <param name="tenant">Whose call it applies to.</param>
    /// <param name="tier">The tier that it asks for; null counts projects of all tiers.</param>
    /// <param name="facility">The factory that it applies for.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<Awards> ReadAsync(GrantsDb db, Guid firm, string tenant, string? tier, Guid facility, CancellationToken cancellationToken)
    {
        var rows = await (
            from application in db.Set<GrantApplication>().AsNoTracking()
            where application.FirmId == firm && Selected.Contains(application.Status)
            join call in db.Set<Call>() on new { application.TenantId, Id = application.CallId } equals new { call.TenantId, call.Id }
            join programme in db.Set<Programme>() on new { call.TenantId, Id = call.ProgrammeId } equals new { programme.TenantId, programme.Id }
            select new
            {
                application.TenantId,
                programme.Model,
                application.Tier,
                application.FacilityId,
                application.SubmittedAt,
                AgreedAt = db.Set<Agreement>()
                    .Where(agreement => agreement.TenantId == application.TenantId && agreement.ApplicationId == application.Id && agreement.Status == AgreementStatus.Signed)
                    .Max(agreement => agreement.ConcludedAt),
                Shares = db.Set<ApplicationShare>()
                    .Where(share => share.TenantId == application.TenantId && share.ApplicationId == application.Id && Kept.Contains(share.Status))
                    .Select(share => new { share.Funder, share.Amount }).ToList(),
            }).ToListAsync(cancellationToken);
        return new Awards(
            [.. rows.Select(row => new Award
            {
                TenantId = row.TenantId,
                Model = row.Model,
                Tier = row.Tier,
                FacilityId = row.FacilityId,
                SubmittedAt = row.SubmittedAt,
                AgreedAt = row.AgreedAt,
                Shares = [.. row.Shares.Select(share => (share.Funder, share.Amount))],
            })],
            tenant, tier, facility);
    }

    /// <summary>Members of the fact <c>firm</c>.</summary>
    /// <param name="today">The day of the application, Korean time.</param>
    public IEnumerable<(string Name, Value Value)> OfFirm(LocalDate today)
    {
        var inTier = all.Where(award => tier is null || award.Tier == tier).ToList();
        yield return ("awards", all.Count);
        yield return ("yearsWithoutAward", YearsSince(all, today));
        yield return ("yearsWithoutSameAward", YearsSince(inTier.Where(award => award.TenantId == tenant), today));
        yield return ("tiersThisYear", Value.From(all.Where(award => award.Day.Year == today.Year).Select(award => award.Tier).Distinct(StringComparer.Ordinal)));
        yield return ("granted", all.Sum(award => award.Of(Funder.National) + award.Of(Funder.Province) + award.Of(Funder.Municipality)));
        yield return ("grantedInTier", Value.Object(
            [.. new[] { Funder.National, Funder.Province, Funder.Municipality, Funder.LeadFirm }.Select(funder => (funder.ToString(), Value.From(inTier.Sum(award => award.Of(funder)))))]));
    }

    /// <summary>The fact <c>award</c>: the project of the same factory and year that a top-up adds to, zeros where there is none.</summary>
    /// <param name="today">The day of the application, Korean time.</param>
    public Value ToppedUp(LocalDate today)
    {
        var award = all
            .Where(award => award.FacilityId == facility && award.Day.Year == today.Year && award.Model != ProgrammeModel.TopUp)
            .OrderByDescending(award => award.Of(Funder.National)).ThenByDescending(award => award.SubmittedAt)
            .FirstOrDefault();
        return Value.Object(
            ("model", award?.Model.ToString() ?? ""),
            ("tier", award?.Tier ?? ""),
            ("nationalGrant", award?.Of(Funder.National) ?? 0),
            ("firmShare", award?.Of(Funder.Firm) ?? 0));
    }

    private static int YearsSince(IEnumerable<Award> awards, LocalDate today)
    {
        var last = awards.Select(award => award.Day).DefaultIfEmpty(Beginning).Max();
        return last >= today ? 0 : Period.Between(last, today, PeriodUnits.Years).Years;
    }
}
