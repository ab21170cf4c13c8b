using Microsoft.EntityFrameworkCore;
using SaaS.Domain.Money;
using SaaS.Platform.Data;
using SaaS.Platform.Ledger;

namespace SaaS.Platform.Shares;

/// <summary>
/// Moves a share's money: budget line by a conditional update (two at once can never overspend it), ledger and share together, all in
/// the caller's transaction. The firm's own share has no budget line.
/// </summary>
public sealed class MoveMoney(PostJournal post)
{
    /// <summary>
    /// Locks the budget lines that the shares of an application may draw on, in the order of their ids: called before more than one of
    /// them is moved, so that two cases with the same lines never wait for each other.
    /// </summary>
    /// <returns>The lines in the order in which they were locked.</returns>
    public static Task<List<Guid>> LockLinesAsync(GrantsDb db, Guid applicationId, Guid callId, CancellationToken cancellationToken)
        => db.Database.SqlQuery<Guid>(
            $"""
            select line.id as "Value" from budget_lines line
            where line.tenant_id = {db.Tenant} and line.call_id = {callId} and exists (
                select from application_shares share
                where share.tenant_id = line.tenant_id and share.application_id = {applicationId}
                    and share.funder = line.funder and share.funder_organisation_id = line.funder_organisation_id)
            order by line.id for no key update of line
            """).ToListAsync(cancellationToken);

    /// <summary>Sets a share aside on its funder's budget line.</summary>
    /// <returns>False when the line does not exist or has too little left: nothing was changed.</returns>
    public async Task<bool> ReserveAsync(GrantsDb db, ApplicationShare share, Guid callId, string tier, string actor, CancellationToken cancellationToken)
    {
        Guid? line = null;
        if (share.Funder != Funder.Firm)
        {
            var amount = share.Amount.Amount;
            var lines = await db.Database.SqlQuery<Guid>(
                $"""
                update budget_lines set reserved = reserved + {amount}
                where tenant_id = {db.Tenant} and id = (
                    select id from budget_lines
                    where tenant_id = {db.Tenant} and call_id = {callId} and funder = {share.Funder.ToString()}
                        and funder_organisation_id = {share.FunderOrganisationId} and (tier = {tier} or tier is null)
                    order by tier nulls last limit 1)
                    and reserved + committed + paid + {amount} <= appropriated
                returning id as "Value"
                """).ToListAsync(cancellationToken);
            if (lines.Count == 0)
            {
                return false;
            }

            line = lines[0];
        }

        share.Reserve(line);
        await PostOnceAsync(db, share, JournalKind.Reserve, $"reserve:{share.Id}", AccountKind.Available, AccountKind.Reserved, share.Amount, actor, "예산 배정 / reserved", cancellationToken);
        return true;
    }

    /// <summary>Binds a reserved share. The part in kind is met when the agreement is signed, see <see cref="MeetInKindAsync"/>.</summary>
    public async Task CommitAsync(GrantsDb db, ApplicationShare share, Won inKind, string actor, CancellationToken cancellationToken)
    {
        share.Commit(inKind);
        await BudgetAsync(db, share, -share.Amount.Amount, share.Amount.Amount, 0, cancellationToken);
        await PostOnceAsync(db, share, JournalKind.Commit, $"commit:{share.Id}", AccountKind.Reserved, AccountKind.Committed, share.Amount, actor, "부담 확약 / committed", cancellationToken);
    }

    public async Task MeetInKindAsync(GrantsDb db, ApplicationShare share, string actor, CancellationToken cancellationToken)
    {
        await BudgetAsync(db, share, 0, -share.InKind.Amount, share.InKind.Amount, cancellationToken);
        await PostOnceAsync(db, share, JournalKind.InKind, $"in-kind:{share.Id}", AccountKind.Committed, AccountKind.InKind, share.InKind, actor, "현물 부담 / in kind", cancellationToken);
    }

    /// <param name="db">The tenant's context in a transaction.</param>
    /// <param name="share">A committed share.</param>
    /// <param name="amount">More than zero won.</param>
    /// <param name="key">For example <c>pay:&lt;payment order&gt;</c>: paying twice under it changes nothing.</param>
    /// <param name="actor">For the ledger.</param>
    /// <param name="memo">For people.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>False when it was paid before.</returns>
    public async Task<bool> PayAsync(GrantsDb db, ApplicationShare share, Won amount, string key, string actor, string memo, CancellationToken cancellationToken)
    {
        if (!await PostAsync(db, share, JournalKind.Pay, key, AccountKind.Committed, AccountKind.Paid, amount, actor, memo, cancellationToken))
        {
            return false;
        }

        await BudgetAsync(db, share, 0, -amount.Amount, amount.Amount, cancellationToken);
        return true;
    }

    /// <summary>Gives back what is reserved or committed but not paid, so that the budget line is free for others.</summary>
    public async Task ReleaseAsync(GrantsDb db, ApplicationShare share, string actor, CancellationToken cancellationToken)
    {
        var held = await db.Database.SqlQuery<Held>(
            $"""
            select coalesce(sum(p.amount) filter (where a.kind = 'Reserved'), 0)::bigint as reserved,
                coalesce(sum(p.amount) filter (where a.kind = 'Committed'), 0)::bigint as committed
            from ledger_accounts a join ledger_postings p on p.tenant_id = a.tenant_id and p.account_id = a.id
            where a.tenant_id = {db.Tenant} and a.application_id = {share.ApplicationId} and a.funder = {share.Funder.ToString()}
            """).ToListAsync(cancellationToken);
        var (reserved, committed) = (held[0].Reserved, held[0].Committed);
        Movement[] movements =
        [
            .. Some(share, AccountKind.Reserved, reserved),
            .. Some(share, AccountKind.Committed, committed),
        ];
        if (movements.Length > 0)
        {
            await BudgetAsync(db, share, -reserved, -committed, 0, cancellationToken);
            if (!await post.RunAsync(db, JournalKind.Release, $"release:{share.Id}", share.ApplicationId, movements, actor, "미집행액 반환 / released", cancellationToken))
            {
                throw PostedBefore(share, JournalKind.Release);
            }
        }
    }

    private static IEnumerable<Movement> Some(ApplicationShare share, AccountKind from, long amount)
        => amount > 0 ? [Of(share, from, AccountKind.Available, new Won(amount))] : [];

    // The budget line has moved already in this transaction: a journal that was posted before must undo that, or line and ledger differ.
    private async Task PostOnceAsync(
        GrantsDb db, ApplicationShare share, JournalKind kind, string key, AccountKind from, AccountKind to, Won amount, string actor, string memo, CancellationToken cancellationToken)
    {
        if (!await PostAsync(db, share, kind, key, from, to, amount, actor, memo, cancellationToken))
        {
            throw PostedBefore(share, kind);
        }
    }

    private static InvalidOperationException PostedBefore(ApplicationShare share, JournalKind kind)
        => new($"The journal {kind} of share {share.Id} was posted before; nothing of this transaction may stand.");

    private Task<bool> PostAsync(
        GrantsDb db, ApplicationShare share, JournalKind kind, string key, AccountKind from, AccountKind to, Won amount, string actor, string memo, CancellationToken cancellationToken)
        => post.RunAsync(db, kind, key, share.ApplicationId, [Of(share, from, to, amount)], actor, memo, cancellationToken);

    private static Movement Of(ApplicationShare share, AccountKind from, AccountKind to, Won amount)
        => new(share.Funder, share.FunderOrganisationId, share.BudgetLineId, from, to, amount);

    // The checks of the table refuse what would make a figure negative or overspend the line.
    private static async Task BudgetAsync(GrantsDb db, ApplicationShare share, long reserved, long committed, long paid, CancellationToken cancellationToken)
    {
        if (share.BudgetLineId is { } line)
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                update budget_lines set reserved = reserved + {reserved}, committed = committed + {committed}, paid = paid + {paid}
                where tenant_id = {db.Tenant} and id = {line}
                """,
                cancellationToken);
        }
    }

    private sealed record Held(long Reserved, long Committed);
}
