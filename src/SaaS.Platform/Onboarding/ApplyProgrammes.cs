using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Programmes;

namespace SaaS.Platform.Onboarding;

/// <summary>Publishes a folder's programmes and brings its calls and their budgets up to date, in one transaction of the tenant.</summary>
public sealed class ApplyProgrammes(PlaneDb planes, PublishDefinition publish, IClock clock)
{
    internal async Task<AppliedTenant> RunAsync(
        TenantFolder folder, IReadOnlyDictionary<(string Tenant, string Reference), Guid> funders, CancellationToken cancellationToken)
    {
        var slug = folder.Tenant.Id!;
        var done = new List<string>();
        await using var db = planes.OpenTenant(slug);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var published = new Dictionary<string, PublishDefinition.Published>(StringComparer.Ordinal);
        foreach (var (name, definition) in folder.Programmes)
        {
            var outcome = await publish.RunAsync(db, definition, publishedBy: null, reason: null, cancellationToken);
            if (!outcome.IsDone(out var version))
            {
                throw new InvalidOperationException($"{name}: {outcome.WhyNot[0].En}");
            }

            published.Add(name, version);
            done.Add($"{name} v{version.Version} {version.Hash[..12]} {(version.IsNew ? "new" : "unchanged")}");
        }

        await db.SaveChangesAsync(cancellationToken);
        foreach (var file in folder.Tenant.Calls ?? [])
        {
            var call = await CallAsync(db, file, published[file.Programme!], cancellationToken);
            await CallBudgets.ApplyAsync(db, call, file, reference => funders[(slug, reference)], clock.GetCurrentInstant(), cancellationToken);
            done.Add($"call {call.Number}");
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new AppliedTenant(slug, done);
    }

    private async Task<Call> CallAsync(GrantsDb db, CallFile file, PublishDefinition.Published version, CancellationToken cancellationToken)
    {
        _ = TenantFolder.TryTime(file.OpensAt, out var opens);
        _ = TenantFolder.TryTime(file.ClosesAt, out var closes);
        var call = await db.Set<Call>().SingleOrDefaultAsync(call => call.Number == file.Number, cancellationToken);
        if (call is null)
        {
            call = new Call(version.ProgrammeId, version.VersionId, file.Number!, file.Ko!, file.En!, opens, closes, file.BudgetYear!.Value);
            call.Announce();
            db.Add(call);
            return call;
        }

        call.Describe(file.Ko!, file.En!, opens, closes, file.BudgetYear!.Value);

        // A closed call keeps the version by which it was decided.
        if (call.StandingAt(clock.GetCurrentInstant()) is CallStanding.Draft or CallStanding.NotYetOpen or CallStanding.Open)
        {
            call.UseVersion(version.VersionId);
        }

        return call;
    }
}
