using Microsoft.EntityFrameworkCore;
using SaaS.Domain.Money;
using SaaS.Platform.Data;

namespace SaaS.Platform.Ledger;

/// <summary>Reads balances. No figure of money on any screen comes from anywhere else.</summary>
public sealed class ReadLedger(GrantsDb db)
{
    /// <summary>What one funder has set aside, promised and paid for one application (won).</summary>
    public sealed record Balance(Funder Funder, Guid OrganisationId, long Reserved, long Committed, long Paid, long InKind)
    {
        /// <summary>All that the funder stands for, in cash and in kind.</summary>
        public long Obligation => Reserved + Committed + Paid + InKind;
    }

    public async Task<IReadOnlyList<Balance>> OfApplicationAsync(Guid applicationId, CancellationToken cancellationToken)
    {
        var rows = await (
            from account in db.Set<LedgerAccount>().AsNoTracking()
            where account.ApplicationId == applicationId
            join posting in db.Set<LedgerPosting>() on new { account.TenantId, AccountId = account.Id } equals new { posting.TenantId, posting.AccountId }
            group posting by new { account.Funder, account.OrganisationId, account.Kind } into kind
            select new { kind.Key.Funder, kind.Key.OrganisationId, kind.Key.Kind, Sum = kind.Sum(posting => posting.Amount) })
            .ToListAsync(cancellationToken);
        return [.. rows.GroupBy(row => (row.Funder, row.OrganisationId)).OrderBy(funder => funder.Key.Funder).Select(funder =>
        {
            var sums = funder.ToDictionary(row => row.Kind, row => row.Sum);
            return new Balance(
                funder.Key.Funder,
                funder.Key.OrganisationId,
                sums.GetValueOrDefault(AccountKind.Reserved),
                sums.GetValueOrDefault(AccountKind.Committed),
                sums.GetValueOrDefault(AccountKind.Paid),
                sums.GetValueOrDefault(AccountKind.InKind));
        })];
    }
}
