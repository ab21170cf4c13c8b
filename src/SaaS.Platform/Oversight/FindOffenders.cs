using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Programmes;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;

namespace SaaS.Platform.Oversight;

/// <summary>
/// Holds a tenant's programmes to guard rails: the draft, the newest version, and every version by which a call still takes or will take
/// applications. Calls that are open keep their terms; they are named so that everybody knows.
/// </summary>
public sealed class FindOffenders(PlaneDb planes, IClock clock)
{
    /// <param name="VersionId">Null for the draft.</param>
    /// <param name="Version">Its number, or the one that the draft gets.</param>
    /// <param name="Calls">Those that are not over and follow it.</param>
    /// <param name="Problems">What it breaks; never empty.</param>
    public sealed record Offender(
        string Tenant, string TenantKo, string TenantEn, Guid ProgrammeId, string Ko, string En, Guid? VersionId, int Version, IReadOnlyList<OngoingCall> Calls, IReadOnlyList<Problem> Problems);

    public sealed record OngoingCall(Guid Id, string Number, CallStanding Standing);

    /// <param name="Checked">How many drafts and versions were looked at.</param>
    public sealed record Result(int Checked, IReadOnlyList<Offender> Offenders);

    /// <summary>Over all tenants.</summary>
    /// <param name="rails">Those to be held to.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<Result> RunAsync(GuardRails rails, CancellationToken cancellationToken)
    {
        List<(string Id, string Ko, string En)> tenants;
        await using (var open = planes.Open(new PlaneContext(Plane.Public)))
        {
            tenants = [.. (await open.Tenants.AsNoTracking().OrderBy(tenant => tenant.Id).Select(tenant => new { tenant.Id, tenant.Ko, tenant.En }).ToListAsync(cancellationToken))
                .Select(tenant => (tenant.Id, tenant.Ko, tenant.En))];
        }

        var looked = 0;
        var found = new List<Offender>();
        foreach (var (id, ko, en) in tenants)
        {
            // A draft is its tenant's alone, so each tenant's are read as that tenant.
            await using var db = planes.OpenTenant(id);
            var (count, offenders) = await OfTenantAsync(db, rails, cancellationToken);
            looked += count;
            found.AddRange(offenders.Select(offender => offender with { TenantKo = ko, TenantEn = en }));
        }

        return new Result(looked, found);
    }

    /// <param name="db">The tenant's context.</param>
    /// <param name="rails">Those to be held to.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal async Task<Result> OfTenantAsync(GrantsDb db, GuardRails rails, CancellationToken cancellationToken)
    {
        var programmes = await db.Set<Programme>().AsNoTracking().OrderBy(programme => programme.Slug).ToListAsync(cancellationToken);
        if (programmes.Count == 0)
        {
            return new Result(0, []);
        }

        var now = clock.GetCurrentInstant();
        var calls = (await db.Set<Call>().AsNoTracking().Where(call => call.Status != CallStatus.Cancelled && call.ClosesAt > now).OrderBy(call => call.Number).ToListAsync(cancellationToken))
            .ToLookup(call => call.DefinitionVersionId, call => new OngoingCall(call.Id, call.Number, call.StandingAt(now)));
        var used = calls.Select(version => version.Key).ToList();
        var standing = db.Set<DefinitionVersion>().AsNoTracking()
            .Where(version => !db.Set<DefinitionRetraction>().Any(retraction => retraction.DefinitionVersionId == version.Id));
        var versions = await standing
            .Where(version => used.Contains(version.Id) || !standing.Any(later => later.ProgrammeId == version.ProgrammeId && later.Version > version.Version))
            .OrderBy(version => version.Version).Select(version => new { version.Id, version.ProgrammeId, version.Version, version.Json }).ToListAsync(cancellationToken);
        var drafts = await db.Set<DefinitionDraft>().AsNoTracking().Select(draft => new
        {
            draft.ProgrammeId,
            draft.Json,
            Version = (db.Set<DefinitionVersion>().Where(version => version.ProgrammeId == draft.ProgrammeId).Max(version => (int?)version.Version) ?? 0) + 1,
        }).ToListAsync(cancellationToken);

        var subjects = versions.Select(version => (version.ProgrammeId, VersionId: (Guid?)version.Id, version.Version, version.Json))
            .Concat(drafts.Select(draft => (draft.ProgrammeId, VersionId: (Guid?)null, draft.Version, draft.Json)))
            .ToLookup(subject => subject.ProgrammeId);
        var found = new List<Offender>();
        foreach (var programme in programmes)
        {
            foreach (var subject in subjects[programme.Id])
            {
                // What cannot be read has no shares to look at; whoever edits it is told why.
                if (WorkflowDefinition.Parse(subject.Json).Definition is { } definition
                    && DefinitionChecker.CheckRails(CompiledWorkflow.Compile(definition), rails) is { Count: > 0 } problems)
                {
                    found.Add(new Offender(
                        db.Tenant, "", "", programme.Id, programme.Ko, programme.En, subject.VersionId, subject.Version,
                        subject.VersionId is { } version ? [.. calls[version]] : [], problems));
                }
            }
        }

        return new Result(versions.Count + drafts.Count, found);
    }
}
