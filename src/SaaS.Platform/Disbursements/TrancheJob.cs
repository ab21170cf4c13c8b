using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Jobs;
using SaaS.Platform.Shares;
using SaaS.Platform.Workflows;

namespace SaaS.Platform.Disbursements;

/// <summary>Opens a tranche: the firm's part to deposit, and a payment order for every other funder that pays in cash.</summary>
public sealed class TrancheJob(TenantJob job, SettleTranche settle, IClock clock) : IOutboxJob
{
    public const string Kind = "stage.disbursement";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var stage = message.Read<StageMessage>();
        var bookmarkId = stage.BookmarkId ?? throw new JsonException($"Outbox message {message.Id} names no bookmark.");
        var terms = Read(stage.Parameters);
        var application = await db.Set<GrantApplication>().SingleAsync(application => application.Id == message.ApplicationId, cancellationToken);
        var shares = await db.Set<ApplicationShare>().Where(share => share.ApplicationId == application.Id).OrderBy(share => share.Funder).ToListAsync(cancellationToken);
        var before = await PaidBeforeAsync(db, application.Id, cancellationToken);

        Won Part(ApplicationShare share) => Tranches.Amount(share.Cash, terms.PercentBp, share.RoundingUnit, before.GetValueOrDefault(share.Funder), terms.Last);

        var payee = terms.Payee == "Supplier" ? application.SupplierId ?? application.FirmId : application.FirmId;
        var firm = shares.SingleOrDefault(share => share.Funder == Funder.Firm);
        var tranche = new Tranche(application.Id, bookmarkId, terms, payee, firm is null ? Won.Zero : Part(firm), clock.GetCurrentInstant());
        db.Add(tranche);
        var orders = shares
            .Where(share => share.Funder != Funder.Firm && share.Status == ShareStatus.Committed && Part(share) > Won.Zero)
            .Select(share => new PaymentOrder(tranche, share, Part(share)))
            .ToList();
        db.AddRange(orders);
        if (orders.Count == 0)
        {
            await settle.RunAsync(db, tranche, orders, $"job:{Kind}", cancellationToken);
        }
    }

    private static TrancheTerms Read(JsonElement parameters) => new(
        parameters.GetProperty("tranche").GetInt32(),
        parameters.GetProperty("percentBp").GetInt32(),
        parameters.GetProperty("last").GetBoolean(),
        parameters.GetProperty("payee").GetString()!,
        parameters.GetProperty("depositFirst").GetBoolean());

    private static async Task<Dictionary<Funder, Won>> PaidBeforeAsync(GrantsDb db, Guid applicationId, CancellationToken cancellationToken)
    {
        var orders = await db.Set<PaymentOrder>().AsNoTracking().Where(order => order.ApplicationId == applicationId)
            .Select(order => new { order.Funder, order.Amount }).ToListAsync(cancellationToken);
        var deposits = await db.Set<Tranche>().AsNoTracking().Where(tranche => tranche.ApplicationId == applicationId)
            .Select(tranche => new { Funder = Funder.Firm, Amount = tranche.FirmAmount }).ToListAsync(cancellationToken);
        return orders.Concat(deposits)
            .GroupBy(row => row.Funder)
            .ToDictionary(group => group.Key, group => group.Aggregate(Won.Zero, (sum, row) => sum + row.Amount));
    }
}

/// <summary>Closes a tranche when the firm has deposited and every order is paid, and lets the workflow go on.</summary>
public sealed class SettleTranche(WorkflowInstances instances, IClock clock)
{
    /// <param name="db">The tenant's context; the tranche's row is locked in its transaction.</param>
    /// <param name="tranche">Tracked.</param>
    /// <param name="orders">All its orders, as this transaction has them.</param>
    /// <param name="actor">For the journal.</param>
    /// <param name="cancellationToken">Stops it.</param>
    internal async Task RunAsync(GrantsDb db, Tranche tranche, IReadOnlyList<PaymentOrder> orders, string actor, CancellationToken cancellationToken)
    {
        if (tranche.Status != TrancheStatus.Open || orders.Any(order => order.Status != PaymentStatus.Paid))
        {
            return;
        }

        tranche.MarkPaid(clock.GetCurrentInstant());
        var instanceId = await db.Set<GrantApplication>().Where(application => application.Id == tranche.ApplicationId)
            .Select(application => application.WorkflowInstanceId).SingleAsync(cancellationToken);
        await instances.ResumeAsync(
            db, instanceId, tranche.BookmarkId, "Paid",
            new { tranche = tranche.Number, firm = tranche.FirmAmount.Amount, paid = orders.ToDictionary(order => order.Funder.ToString(), order => order.Amount.Amount) },
            actor, cancellationToken);
    }
}
