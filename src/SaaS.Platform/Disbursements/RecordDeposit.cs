using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Jobs;
using SaaS.Platform.Refusals;
using SaaS.Platform.Shares;
using SaaS.Platform.Time;

namespace SaaS.Platform.Disbursements;

/// <summary>The firm records that it paid its own part of a tranche; the other funders' payments open.</summary>
public sealed class RecordDeposit(GrantsDb db, CurrentActor actor, PlaneDb planes, MoveMoney money, IClock clock)
{
    private const int LongestReference = 100;

    /// <param name="Amount">Exactly the firm's part (won).</param>
    /// <param name="BankReference">Of the transfer, as the statement shows it.</param>
    /// <param name="DepositedOn">Not after today, Korean time.</param>
    public sealed record Request(long Amount, string? BankReference, LocalDate? DepositedOn);

    public sealed record Response(Guid Id, int Tranche, long Amount);

    public async Task<Outcome<Response>> RunAsync(Guid trancheId, Request request, CancellationToken cancellationToken)
    {
        var seen = await db.Set<Tranche>().AsNoTracking().SingleOrDefaultAsync(tranche => tranche.Id == trancheId, cancellationToken);
        if (seen is null || actor.UserId is not { } userId)
        {
            return Absent.Row;
        }

        if (!actor.Is(MemberRole.Representative) && !actor.Is(MemberRole.Finance))
        {
            return new Outcome<Response>.Refused(RefusalKind.Forbidden, [new Refusal("role-missing", "입금을 등록할 권한이 없습니다.", "Your role may not record deposits.")]);
        }

        var now = clock.GetCurrentInstant();
        var problems = Check(seen, request, now.InZone(Seoul.Zone).Date).ToList();
        if (problems.Count > 0)
        {
            return problems;
        }

        await using var tenant = planes.OpenTenant(seen.TenantId, userId, actor.OrganisationId);
        await using var transaction = await tenant.Database.BeginTransactionAsync(cancellationToken);
        var tranche = await tenant.Set<Tranche>()
            .FromSql($"select * from tranches where tenant_id = {seen.TenantId} and id = {trancheId} for update")
            .SingleAsync(cancellationToken);
        if (tranche.Status != TrancheStatus.AwaitingDeposit)
        {
            return new Outcome<Response>.Refused(RefusalKind.Conflict, [new Refusal("deposit-recorded", "이미 입금을 등록했습니다.", "The deposit was recorded before.")]);
        }

        var share = await tenant.Set<ApplicationShare>().SingleAsync(share => share.ApplicationId == tranche.ApplicationId && share.Funder == Funder.Firm, cancellationToken);
        var deposit = new Deposit(tranche.Id, tranche.FirmAmount, request.BankReference!.Trim(), request.DepositedOn!.Value, userId, now);
        tenant.Add(deposit);
        tranche.DepositReceived();
        await money.PayAsync(tenant, share, tranche.FirmAmount, $"deposit:{tranche.Id}", $"user:{userId}", $"{tranche.Number}차 기업부담금 / firm's part {tranche.Number}", cancellationToken);
        foreach (var order in await tenant.Set<PaymentOrder>().Where(order => order.TrancheId == trancheId && order.Status == PaymentStatus.Planned).ToListAsync(cancellationToken))
        {
            order.Request();
        }

        tenant.Outbox.Add(OutboxMessage.For(DepositRecordedJob.Kind, tranche.ApplicationId, new TrancheMessage(tranche.Id), now));
        await tenant.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new Response(deposit.Id, tranche.Number, deposit.Amount.Amount);
    }

    private static IEnumerable<Refusal> Check(Tranche tranche, Request request, LocalDate today)
    {
        if (request.Amount != tranche.FirmAmount.Amount)
        {
            yield return new Refusal(
                "deposit-amount",
                $"{tranche.Number}차 기업부담금은 {tranche.FirmAmount}원입니다. 같은 금액을 입금해 주세요.",
                $"The firm's part of tranche {tranche.Number} is {tranche.FirmAmount} won. Please deposit exactly that.",
                "amount");
        }

        if (string.IsNullOrWhiteSpace(request.BankReference) || request.BankReference.Trim().Length > LongestReference)
        {
            yield return new Refusal("bank-reference", $"이체 확인번호를 {LongestReference}자 안으로 적어 주세요.", $"Give the reference of the transfer, up to {LongestReference} characters.", "bankReference");
        }

        if (request.DepositedOn is not { } day || day > today)
        {
            yield return new Refusal("deposit-date", "입금한 날짜를 적어 주세요. 오늘보다 뒤일 수 없습니다.", "Give the day of the deposit; it cannot be after today.", "depositedOn");
        }
    }
}

/// <summary>After a deposit: a tranche that nobody else pays into is complete.</summary>
public sealed class DepositRecordedJob(TenantJob job, SettleTranche settle) : IOutboxJob
{
    public const string Kind = "deposit.recorded";

    public Task RunAsync(string tenant, Guid id, CancellationToken cancellationToken) => job.RunOnceAsync(tenant, id, StepAsync, cancellationToken);

    private async Task StepAsync(GrantsDb db, OutboxMessage message, CancellationToken cancellationToken)
    {
        var trancheId = message.Read<TrancheMessage>().TrancheId;
        var tranche = await db.Set<Tranche>()
            .FromSql($"select * from tranches where tenant_id = {db.Tenant} and id = {trancheId} for update")
            .SingleAsync(cancellationToken);
        var orders = await db.Set<PaymentOrder>().Where(order => order.TrancheId == trancheId).ToListAsync(cancellationToken);
        await settle.RunAsync(db, tranche, orders, $"job:{Kind}", cancellationToken);
    }
}

/// <summary>The payload of <see cref="DepositRecordedJob"/>.</summary>
internal sealed record TrancheMessage(Guid TrancheId);
