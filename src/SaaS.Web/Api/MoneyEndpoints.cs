using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Agreements;
using SaaS.Platform.Applications;
using SaaS.Platform.Data;
using SaaS.Platform.Disbursements;
using SaaS.Platform.Ledger;
using SaaS.Platform.Oversight;
using SaaS.Platform.Refusals;
using SaaS.Platform.Shares;

namespace SaaS.Web.Api;

/// <summary>Money: KOSMO's grants, funders' shares, agreements, deposits, payment orders and the ledger.</summary>
internal static class MoneyEndpoints
{
    public static void MapOversight(RouteGroupBuilder oversight)
    {
        oversight.MapGet("/grants", (ListNationalGrants list, CancellationToken cancellationToken) => list.RunAsync(cancellationToken));
        oversight.MapPost("/grants/{id:guid}", async (Guid id, GrantNationalShare.Request request, GrantNationalShare grant, CancellationToken cancellationToken)
            => (await grant.RunAsync(id, request, cancellationToken)).ToHttp());
        oversight.MapGet("/money", (ListMoney list, CancellationToken cancellationToken) => list.RunAsync(cancellationToken));
        oversight.MapGet("/ledger", (VerifyLedger verify, CancellationToken cancellationToken) => verify.RunAsync(cancellationToken));
    }

    public static void MapFunder(RouteGroupBuilder funder)
    {
        funder.MapGet("/shares", (ListShares list, CancellationToken cancellationToken) => list.RunAsync(cancellationToken));
        funder.MapPost("/shares/{id:guid}", async (Guid id, DecideShare.Request request, DecideShare decide, CancellationToken cancellationToken)
            => (await decide.RunAsync(id, request, cancellationToken)).ToHttp());
        funder.MapGet("/payments", (ListPayments list, CancellationToken cancellationToken) => list.RunAsync(cancellationToken));
        funder.MapPost("/payments/{id:guid}", async (Guid id, AdvancePayment.Request request, AdvancePayment advance, CancellationToken cancellationToken)
            => (await advance.RunAsync(id, request, cancellationToken)).ToHttp());
    }

    public static void MapCompany(RouteGroupBuilder company)
        => company.MapPost("/tranches/{id:guid}/deposit", async (Guid id, RecordDeposit.Request request, RecordDeposit record, CancellationToken cancellationToken)
            => (await record.RunAsync(id, request, cancellationToken)).ToHttp());

    /// <summary>For every plane on which somebody signs.</summary>
    public static void MapAgreements(RouteGroupBuilder plane)
    {
        plane.MapGet("/agreements", (ListAgreements list, CancellationToken cancellationToken) => list.WaitingForMeAsync(cancellationToken));
        plane.MapPost("/agreements/{id:guid}", async (Guid id, SignAgreement.Request request, SignAgreement sign, CancellationToken cancellationToken)
            => (await sign.RunAsync(id, request, cancellationToken)).ToHttp());
    }

    /// <summary>For every plane that sees whole cases.</summary>
    public static void MapReading(RouteGroupBuilder plane)
        => plane.MapGet("/applications/{id:guid}/tranches", async (Guid id, GrantsDb db, ListTranches list, CancellationToken cancellationToken)
            => await db.Set<GrantApplication>().AnyAsync(application => application.Id == id, cancellationToken)
                ? TypedResults.Ok(await list.RunAsync(id, cancellationToken))
                : OutcomeResults.NotFound());

    /// <summary>For the planes that see the ledger: the tenant's and KOSMO's.</summary>
    public static void MapCaseMoney(RouteGroupBuilder plane)
        => plane.MapGet("/applications/{id:guid}/money", async (Guid id, ViewCaseMoney view, CancellationToken cancellationToken)
            => (await view.RunAsync(id, cancellationToken)).ToHttp());
}
