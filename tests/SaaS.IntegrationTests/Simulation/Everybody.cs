using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SaaS.Domain.Money;
using SaaS.Platform.Agreements;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Disbursements;
using SaaS.Platform.Identity;
using SaaS.Platform.Inspections;
using SaaS.Platform.Ledger;
using SaaS.Platform.Refusals;
using SaaS.Platform.Shares;

namespace SaaS.IntegrationTests.Simulation;

/// <summary>
/// Everybody who has a part in a tenant's cases after their selection: whoever is asked says yes, through the same operations as pages and
/// API, for all cases side by side; the jobs run in between.
/// </summary>
internal sealed class Everybody(Season season, string tenant)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Until nobody is asked anything any more.</summary>
    public async Task SayYesAsync()
    {
        var (clerk, head) = (await season.UserAsync($"{tenant}.finance"), await season.UserAsync($"{tenant}.approver"));
        do
        {
            await season.RunJobsAsync();
        }
        while (await CommitAsync(head) + await SignAsync(head) + await DepositAsync(clerk) + await PayAsync(clerk, head) + await InspectAsync() > 0);
    }

    /// <summary>What the ledger says of each case: won of each funder that were paid, and won that are still set aside for it.</summary>
    public async Task<Dictionary<Guid, (Dictionary<Funder, long> Paid, long SetAside)>> LedgerAsync()
    {
        await using var db = season.Platform.Planes.OpenTenant(tenant);
        var lines = await (
            from posting in db.Set<LedgerPosting>()
            join account in db.Set<LedgerAccount>() on posting.AccountId equals account.Id
            group posting.Amount by new { account.ApplicationId, account.Funder, account.Kind } into sums
            select new { sums.Key.ApplicationId, sums.Key.Funder, sums.Key.Kind, Won = sums.Sum() })
            .ToListAsync(Cancelled);
        return lines.GroupBy(line => line.ApplicationId).ToDictionary(
            lines => lines.Key,
            lines => (
                lines.Where(line => line.Kind is AccountKind.Paid or AccountKind.InKind && line.Won != 0).GroupBy(line => line.Funder).ToDictionary(funder => funder.Key, funder => funder.Sum(line => line.Won)),
                lines.Where(line => line.Kind is AccountKind.Reserved or AccountKind.Committed).Sum(line => line.Won)));
    }

    private async Task<int> CommitAsync(Guid person)
    {
        var asked = await ReadAsync(db => db.Set<ApplicationShare>().Where(share => share.BookmarkId != null && share.DecidedAt == null && (share.Status == ShareStatus.Planned || share.Status == ShareStatus.Reserved)));
        foreach (var share in asked)
        {
            await YesAsync(
                Plane.Funder, share.FunderOrganisationId, person, MemberRole.Approver, (DecideShare decide) => decide.RunAsync(share.Id, new(true, null, null), Cancelled));
        }

        return asked.Count;
    }

    private async Task<int> SignAsync(Guid person)
    {
        var unsigned = await ReadAsync(db => db.Set<AgreementSignature>().Where(signature => signature.SignedAt == null));
        foreach (var signature in unsigned)
        {
            var plane = signature.Party switch { "Firm" => Plane.Company, "Supplier" => Plane.Supplier, _ => Plane.Tenant };
            await YesAsync(
                plane, signature.OrganisationId, person, plane is Plane.Tenant ? MemberRole.Approver : MemberRole.Representative,
                (SignAgreement sign) => sign.RunAsync(signature.AgreementId, new(true), Cancelled));
        }

        return unsigned.Count;
    }

    private async Task<int> DepositAsync(Guid person)
    {
        var due = await ReadAsync(
            db => from tranche in db.Set<Tranche>()
                  where tranche.Status == TrancheStatus.AwaitingDeposit
                  join application in db.Set<GrantApplication>() on tranche.ApplicationId equals application.Id
                  select new { tranche.Id, tranche.FirmAmount, application.FirmId });
        foreach (var tranche in due)
        {
            await YesAsync(
                Plane.Company, tranche.FirmId, person, MemberRole.Finance,
                (RecordDeposit record) => record.RunAsync(tranche.Id, new(tranche.FirmAmount.Amount, $"{tranche.Id:N}", new NodaTime.LocalDate(2025, 3, 4)), Cancelled));
        }

        return due.Count;
    }

    private async Task<int> PayAsync(Guid clerk, Guid head)
    {
        var requested = await ReadAsync(db => db.Set<PaymentOrder>().Where(order => order.Status == PaymentStatus.Requested));
        foreach (var order in requested)
        {
            foreach (var (person, role, step) in new[] { (clerk, MemberRole.Finance, PaymentStep.Prepare), (head, MemberRole.Approver, PaymentStep.Approve) })
            {
                await YesAsync(Plane.Funder, order.PayerOrganisationId, person, role, (AdvancePayment advance) => advance.RunAsync(order.Id, new(step, null), Cancelled));
            }
        }

        return requested.Count;
    }

    private async Task<int> InspectAsync()
    {
        var done = 0;
        foreach (var inspector in new[] { "inspector1", "inspector2" })
        {
            var open = (await season.AsAsync(inspector, "/assess", (ListInspections list) => list.RunAsync(Cancelled))).Where(row => row.SubmittedAt is null).ToList();
            foreach (var inspection in open)
            {
                var findings = inspection.Checklist.ToDictionary(item => item.Code, _ => (bool?)true);
                var recorded = await season.AsAsync(inspector, "/assess", (RecordInspection record) => record.RunAsync(inspection.Id, new(true, findings, null), Cancelled));
                Assert.Empty(recorded.WhyNot);
            }

            done += open.Count;
        }

        return done;
    }

    private async Task<List<T>> ReadAsync<T>(Func<GrantsDb, IQueryable<T>> query)
    {
        await using var db = season.Platform.Planes.OpenTenant(tenant);
        return await query(db).ToListAsync(Cancelled);
    }

    private async Task YesAsync<TOperation, T>(Plane plane, Guid organisation, Guid person, MemberRole role, Func<TOperation, Task<Outcome<T>>> act)
        where TOperation : notnull
    {
        await using var scope = season.Platform.Services.CreateAsyncScope();
        var actor = scope.ServiceProvider.GetRequiredService<CurrentActor>();
        actor.Context = new PlaneContext(plane, plane is Plane.Tenant ? tenant : null, organisation, person);
        actor.Roles = new HashSet<MemberRole> { role };
        Assert.Empty((await act(scope.ServiceProvider.GetRequiredService<TOperation>())).WhyNot);
    }
}
