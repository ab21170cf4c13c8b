using Microsoft.EntityFrameworkCore;
using NodaTime;
using Npgsql;
using NpgsqlTypes;
using SaaS.Domain.Money;
using SaaS.Platform.Data;

namespace SaaS.Platform.Ledger;

/// <summary>Money of one funder that goes from one account to another.</summary>
/// <param name="Amount">More than zero won.</param>
public sealed record Movement(Funder Funder, Guid OrganisationId, Guid? BudgetLineId, AccountKind From, AccountKind To, Won Amount);

/// <summary>Posts a journal as one statement: journal, accounts where they are new, and a pair of postings a movement.</summary>
public sealed class PostJournal(IClock clock)
{
    private const string Statement = """
        with journal as (
            insert into ledger_journals (tenant_id, id, idempotency_key, kind, application_id, at, actor, memo)
            values (@tenant, @journal, @key, @kind, @application, @at, @actor, @memo)
            on conflict (tenant_id, idempotency_key) do nothing
            returning id),
        lines as (
            select * from unnest(@lines, @ids, @funders, @organisations, @budget_lines, @kinds, @amounts)
                as t (line, id, funder, organisation_id, budget_line_id, kind, amount)
            where exists (select from journal)),
        opened as (
            insert into ledger_accounts (tenant_id, id, application_id, budget_line_id, funder, organisation_id, kind)
            select distinct on (funder, kind) @tenant, id, @application, budget_line_id, funder, organisation_id, kind from lines
            on conflict (tenant_id, application_id, funder, kind) do nothing
            returning id, funder, kind),
        accounts as (
            select id, funder, kind from opened
            union all
            select id, funder, kind from ledger_accounts where tenant_id = @tenant and application_id = @application),
        posted as (
            insert into ledger_postings (tenant_id, journal_id, line, account_id, amount)
            select @tenant, @journal, l.line, a.id, l.amount from lines l join accounts a on a.funder = l.funder and a.kind = l.kind
            returning 1)
        select count(*)::int as "Value" from posted
        """;

    /// <param name="db">The tenant's context, in the transaction of the effect.</param>
    /// <param name="kind">What the journal does.</param>
    /// <param name="key">Unique within the tenant; the same key again posts nothing.</param>
    /// <param name="applicationId">The application whose money it is.</param>
    /// <param name="movements">One or more.</param>
    /// <param name="actor"><c>user:…</c> or <c>job:…</c>.</param>
    /// <param name="memo">For people.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>False when it was posted before.</returns>
    /// <exception cref="ArgumentException">A movement of zero or less won.</exception>
    public async Task<bool> RunAsync(
        GrantsDb db, JournalKind kind, string key, Guid applicationId, IReadOnlyList<Movement> movements, string actor, string memo, CancellationToken cancellationToken)
    {
        if (movements.Count == 0 || movements.Any(movement => movement.Amount <= Won.Zero))
        {
            throw new ArgumentException("A journal moves one or more amounts, each more than zero.", nameof(movements));
        }

        var lines = movements
            .SelectMany(movement => new[] { (movement, Kind: movement.From, Amount: -movement.Amount.Amount), (movement, Kind: movement.To, movement.Amount.Amount) })
            .ToArray();
        var posted = (await db.Database.SqlQueryRaw<int>(
            Statement,
            Text("tenant", db.Tenant),
            new NpgsqlParameter<Guid>("journal", Guid.CreateVersion7()),
            Text("key", key),
            Text("kind", kind.ToString()),
            new NpgsqlParameter<Guid>("application", applicationId),
            new NpgsqlParameter("at", NpgsqlDbType.TimestampTz) { Value = clock.GetCurrentInstant() },
            Text("actor", actor),
            Text("memo", memo),
            new NpgsqlParameter<int[]>("lines", [.. Enumerable.Range(1, lines.Length)]),
            new NpgsqlParameter<Guid[]>("ids", [.. lines.Select(_ => Guid.CreateVersion7())]),
            new NpgsqlParameter<string[]>("funders", [.. lines.Select(line => line.movement.Funder.ToString())]),
            new NpgsqlParameter<Guid[]>("organisations", [.. lines.Select(line => line.movement.OrganisationId)]),
            new NpgsqlParameter<Guid?[]>("budget_lines", [.. lines.Select(line => line.movement.BudgetLineId)]),
            new NpgsqlParameter<string[]>("kinds", [.. lines.Select(line => line.Kind.ToString())]),
            new NpgsqlParameter<long[]>("amounts", [.. lines.Select(line => line.Amount)]))
            .ToListAsync(cancellationToken))[0];
        return posted == 0 || posted == lines.Length
            ? posted > 0
            : throw new InvalidOperationException($"Journal '{key}' posted {posted} of {lines.Length} lines.");
    }

    private static NpgsqlParameter<string> Text(string name, string value) => new(name, value);
}
