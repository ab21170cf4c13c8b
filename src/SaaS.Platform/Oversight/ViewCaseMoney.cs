using Microsoft.EntityFrameworkCore;
using SaaS.Domain.Money;
using SaaS.Platform.Agreements;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Disbursements;
using SaaS.Platform.Ledger;
using SaaS.Platform.Refusals;
using SaaS.Platform.Shares;

namespace SaaS.Platform.Oversight;

/// <summary>The money of one case and whose turn it is: shares, signatures, tranches with their orders, and what the ledger says of every funder.</summary>
public sealed class ViewCaseMoney(GrantsDb db, ReadLedger ledger)
{
    public sealed record CaseMoney(
        Guid ApplicationId, string Tenant, string ReceiptNumber, ApplicationStatus Status, long TotalCost,
        IReadOnlyList<FunderMoney> Funders, IReadOnlyList<ShareLine> Shares, AgreementLine? Agreement, IReadOnlyList<TrancheLine> Tranches);

    /// <summary>What the ledger says of one funder (won).</summary>
    /// <param name="Tranches">What was posted as paid for each tranche, from the first.</param>
    public sealed record FunderMoney(
        Funder Funder, string OrganisationKo, string OrganisationEn, long Reserved, long Committed, long Paid, long InKind, IReadOnlyList<long> Tranches);

    public sealed record ShareLine(
        Guid Id, Funder Funder, string FunderKo, string FunderEn, string PayerKo, string PayerEn, long Amount, long InKind, ShareStatus Status, bool AwaitsDecision);

    public sealed record AgreementLine(Guid Id, IReadOnlyList<SignatureLine> Signatures);

    public sealed record SignatureLine(string Party, string OrganisationKo, string OrganisationEn, bool IsSigned);

    /// <param name="DepositDue">What the firm has to deposit before anything else of the tranche is paid (won); zero when nothing is due.</param>
    public sealed record TrancheLine(Guid Id, int Number, string Status, long DepositDue, IReadOnlyList<OrderLine> Orders);

    public sealed record OrderLine(Guid Id, Funder Funder, string PayerKo, string PayerEn, string PayeeKo, string PayeeEn, long Amount, string Status);

    public async Task<Outcome<CaseMoney>> RunAsync(Guid applicationId, CancellationToken cancellationToken)
    {
        var application = await db.Set<GrantApplication>().AsNoTracking().SingleOrDefaultAsync(application => application.Id == applicationId, cancellationToken);
        if (application is null)
        {
            return Absent.Row;
        }

        var shares = await db.Set<ApplicationShare>().AsNoTracking().Where(share => share.ApplicationId == applicationId).ToListAsync(cancellationToken);
        // In the order of the funders, not of their names in the database.
        shares.Sort((one, other) => one.Funder.CompareTo(other.Funder));
        var tranches = await db.Set<Tranche>().AsNoTracking().Where(tranche => tranche.ApplicationId == applicationId).OrderBy(tranche => tranche.Number).ToListAsync(cancellationToken);
        var orders = await db.Set<PaymentOrder>().AsNoTracking().Where(order => order.ApplicationId == applicationId).ToListAsync(cancellationToken);
        orders.Sort((one, other) => one.Funder.CompareTo(other.Funder));
        var agreement = await db.Set<Agreement>().AsNoTracking().Where(agreement => agreement.ApplicationId == applicationId)
            .OrderByDescending(agreement => agreement.Id).FirstOrDefaultAsync(cancellationToken);
        var signatures = agreement is null ? [] : await db.Set<AgreementSignature>().AsNoTracking()
            .Where(signature => signature.AgreementId == agreement.Id).ToListAsync(cancellationToken);
        // The parties of a case see its shares and payments; the ledger is open to the tenant and to the national operator.
        var seesLedger = db.Context.Plane is Plane.Tenant or Plane.Oversight;
        var balances = seesLedger ? await ledger.OfApplicationAsync(applicationId, cancellationToken) : [];
        var paid = seesLedger ? await PaidByTrancheAsync(applicationId, tranches, orders, cancellationToken) : [];

        List<Guid> bodies =
        [
            .. shares.SelectMany(share => new[] { share.FunderOrganisationId, share.PayerOrganisationId }),
            .. orders.SelectMany(order => new[] { order.PayerOrganisationId, order.PayeeOrganisationId }),
            .. signatures.Select(signature => signature.OrganisationId),
        ];
        var names = await db.Organisations.AsNoTracking().Where(body => bodies.Contains(body.Id))
            .ToDictionaryAsync(body => body.Id, body => (body.Ko, body.En), cancellationToken);
        return new CaseMoney(
            application.Id, application.TenantId, application.ReceiptNumber, application.Status, application.TotalCost.Amount,
            [.. balances.Select(balance => new FunderMoney(
                balance.Funder, names[balance.OrganisationId].Ko, names[balance.OrganisationId].En, balance.Reserved, balance.Committed, balance.Paid, balance.InKind,
                [.. tranches.Select(tranche => paid.GetValueOrDefault((balance.Funder, tranche.Number)))]))],
            [.. shares.Select(share => new ShareLine(
                share.Id, share.Funder, names[share.FunderOrganisationId].Ko, names[share.FunderOrganisationId].En, names[share.PayerOrganisationId].Ko, names[share.PayerOrganisationId].En,
                share.Amount.Amount, share.InKind.Amount, share.Status, share.AwaitsDecision))],
            agreement is null ? null : new AgreementLine(agreement.Id, [.. signatures.Select(signature => new SignatureLine(
                signature.Party, names[signature.OrganisationId].Ko, names[signature.OrganisationId].En, signature.SignedAt is not null))]),
            [.. tranches.Select(tranche => new TrancheLine(
                tranche.Id, tranche.Number, tranche.Status.ToString(), tranche.Status == TrancheStatus.AwaitingDeposit ? tranche.FirmAmount.Amount : 0,
                [.. orders.Where(order => order.TrancheId == tranche.Id).Select(order => new OrderLine(
                    order.Id, order.Funder, names[order.PayerOrganisationId].Ko, names[order.PayerOrganisationId].En,
                    names[order.PayeeOrganisationId].Ko, names[order.PayeeOrganisationId].En, order.Amount.Amount, order.Status.ToString()))]))]);
    }

    /// <summary>What the ledger's pay journals moved, by funder and tranche.</summary>
    private async Task<Dictionary<(Funder Funder, int Tranche), long>> PaidByTrancheAsync(
        Guid applicationId, List<Tranche> tranches, List<PaymentOrder> orders, CancellationToken cancellationToken)
    {
        var numbers = tranches.ToDictionary(tranche => tranche.Id, tranche => tranche.Number);
        var keys = orders.ToDictionary(order => $"pay:{order.Id}", order => numbers[order.TrancheId]);
        foreach (var tranche in tranches)
        {
            keys[$"deposit:{tranche.Id}"] = tranche.Number;
        }

        var postings = await (
            from journal in db.Set<LedgerJournal>().AsNoTracking()
            where journal.ApplicationId == applicationId && journal.Kind == JournalKind.Pay
            join posting in db.Set<LedgerPosting>() on new { journal.TenantId, JournalId = journal.Id } equals new { posting.TenantId, posting.JournalId }
            join account in db.Set<LedgerAccount>() on new { posting.TenantId, Id = posting.AccountId } equals new { account.TenantId, account.Id }
            where account.Kind == AccountKind.Paid
            select new { journal.IdempotencyKey, account.Funder, posting.Amount }).ToListAsync(cancellationToken);
        return postings
            .Where(posting => keys.ContainsKey(posting.IdempotencyKey))
            .GroupBy(posting => (posting.Funder, keys[posting.IdempotencyKey]))
            .ToDictionary(group => group.Key, group => group.Sum(posting => posting.Amount));
    }
}
