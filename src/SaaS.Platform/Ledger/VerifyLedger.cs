using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Data;

namespace SaaS.Platform.Ledger;

/// <summary>Reckons the ledger anew: every journal, every budget line, every payment.</summary>
public sealed class VerifyLedger(PlaneDb planes)
{
    /// <param name="Journals">How many were looked at.</param>
    /// <param name="Postings">How many were added up.</param>
    /// <param name="Sum">Of all postings (won); zero when nothing is wrong.</param>
    /// <param name="Faults">The first of each kind that is wrong, in words.</param>
    public sealed record Report(long Journals, long Postings, long Sum, IReadOnlyList<string> Faults);

    public async Task<Report> RunAsync(CancellationToken cancellationToken)
    {
        await using var db = planes.OpenOversight();
        var totals = (await db.Database.SqlQuery<Totals>(
            $"select (select count(*) from ledger_journals) as journals, count(*) as postings, coalesce(sum(amount), 0)::bigint as sum from ledger_postings")
            .ToListAsync(cancellationToken))[0];
        var faults = await db.Database.SqlQuery<string>(
            $"""
            (select 'journal ' || j.id || ' (' || j.tenant_id || ', ' || j.idempotency_key || ') sums to ' || coalesce(sum(p.amount), 0) as "Value"
             from ledger_journals j left join ledger_postings p on p.tenant_id = j.tenant_id and p.journal_id = j.id
             group by j.tenant_id, j.id having coalesce(sum(p.amount), 0) <> 0 or count(p.line) < 2 order by j.id limit 1)
            union all
            (select 'budget line ' || b.id || ' (' || b.tenant_id || ', ' || b.funder || ') says reserved ' || b.reserved || ', committed ' || b.committed
                    || ', paid ' || b.paid || '; the ledger says ' || coalesce(l.reserved, 0) || ', ' || coalesce(l.committed, 0) || ', ' || coalesce(l.paid, 0)
             from budget_lines b left join (
                select a.tenant_id, a.budget_line_id,
                    sum(p.amount) filter (where a.kind = 'Reserved') as reserved,
                    sum(p.amount) filter (where a.kind = 'Committed') as committed,
                    sum(p.amount) filter (where a.kind in ('Paid', 'InKind')) as paid
                from ledger_accounts a join ledger_postings p on p.tenant_id = a.tenant_id and p.account_id = a.id
                group by a.tenant_id, a.budget_line_id) l on l.tenant_id = b.tenant_id and l.budget_line_id = b.id
             where b.reserved <> coalesce(l.reserved, 0) or b.committed <> coalesce(l.committed, 0) or b.paid <> coalesce(l.paid, 0)
             order by b.id limit 1)
            union all
            (select 'account ' || a.id || ' (' || a.tenant_id || ', ' || a.funder || ' ' || a.kind || ') is below zero: ' || sum(p.amount)
             from ledger_accounts a join ledger_postings p on p.tenant_id = a.tenant_id and p.account_id = a.id
             where a.kind <> 'Available' group by a.tenant_id, a.id having sum(p.amount) < 0 order by a.id limit 1)
            union all
            (select 'payment order ' || o.id || ' (' || o.tenant_id || ') is ' || o.status || ' but has ' || count(j.id) || ' journals'
             from payment_orders o left join ledger_journals j on j.tenant_id = o.tenant_id and j.idempotency_key = 'pay:' || o.id
             group by o.tenant_id, o.id having (o.status = 'Paid') <> (count(j.id) = 1) order by o.id limit 1)
            """).ToListAsync(cancellationToken);
        return new Report(totals.Journals, totals.Postings, totals.Sum, faults);
    }

    private sealed record Totals(long Journals, long Postings, long Sum);
}
