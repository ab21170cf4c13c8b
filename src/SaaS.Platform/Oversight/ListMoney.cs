using Microsoft.EntityFrameworkCore;
using SaaS.Domain.Money;
using SaaS.Platform.Data;
using SaaS.Platform.Ledger;

namespace SaaS.Platform.Oversight;

/// <summary>KOSMO's sum of money over all tenants: what every kind of funder has reserved, committed and paid, tenant by tenant, from the ledger.</summary>
public sealed class ListMoney(GrantsDb db)
{
    /// <param name="Cases">How many applications have money of this funder.</param>
    public sealed record Row(string Tenant, string TenantKo, string TenantEn, Funder Funder, int Cases, long Reserved, long Committed, long Paid, long InKind);

    public async Task<IReadOnlyList<Row>> RunAsync(CancellationToken cancellationToken)
    {
        var sums = await (
            from account in db.Set<LedgerAccount>().AsNoTracking()
            where account.Kind != AccountKind.Available
            join posting in db.Set<LedgerPosting>() on new { account.TenantId, AccountId = account.Id } equals new { posting.TenantId, posting.AccountId }
            group new { account.ApplicationId, posting.Amount } by new { account.TenantId, account.Funder, account.Kind } into kind
            select new { kind.Key.TenantId, kind.Key.Funder, kind.Key.Kind, Sum = kind.Sum(line => line.Amount), Cases = kind.Select(line => line.ApplicationId).Distinct().Count() })
            .ToListAsync(cancellationToken);
        var tenants = await db.Tenants.AsNoTracking().ToDictionaryAsync(tenant => tenant.Id, tenant => (tenant.Ko, tenant.En), cancellationToken);
        return [.. sums
            .GroupBy(sum => (sum.TenantId, sum.Funder))
            .OrderBy(row => row.Key.TenantId, StringComparer.Ordinal).ThenBy(row => row.Key.Funder)
            .Select(row =>
            {
                var kinds = row.ToDictionary(sum => sum.Kind, sum => sum.Sum);
                var (ko, en) = tenants[row.Key.TenantId];
                return new Row(
                    row.Key.TenantId, ko, en, row.Key.Funder, row.Max(sum => sum.Cases),
                    kinds.GetValueOrDefault(AccountKind.Reserved), kinds.GetValueOrDefault(AccountKind.Committed),
                    kinds.GetValueOrDefault(AccountKind.Paid), kinds.GetValueOrDefault(AccountKind.InKind));
            })];
    }
}
