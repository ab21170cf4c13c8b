using Microsoft.EntityFrameworkCore;
using SaaS.Domain.Money;
using SaaS.Platform.Agreements;
using SaaS.Platform.Disbursements;
using SaaS.Platform.Evaluations;
using SaaS.Platform.Inspections;
using SaaS.Platform.Ledger;
using SaaS.Platform.Oversight;
using SaaS.Platform.Refusals;
using SaaS.Platform.Shares;

namespace SaaS.IntegrationTests.Disbursements;

/// <summary>The steps of a case after its submission, each done by the people whose turn it is; the jobs run after each.</summary>
internal static class CaseSteps
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Submits and goes on until all funders have committed: the agreement waits to be signed.</summary>
    public static async Task<Guid> UpToAgreementAsync(this Season season, string firm, string tenant, long totalCost, string tier, long inKind = 0)
    {
        var submitted = await season.SubmitAsync(firm, tenant, await season.RequestAsync(firm, tenant, totalCost, tier));
        Assert.True(submitted.IsDone(out var receipt), string.Join("; ", submitted.WhyNot.Select(reason => reason.En)));
        await season.RunJobsAsync();
        await season.ScoreAsync(receipt!.ApplicationId);
        for (var funders = 0; funders < 3; funders++)
        {
            await season.CommitAsync(receipt.ApplicationId, inKind);
        }

        return receipt.ApplicationId;
    }

    public static async Task ScoreAsync(this Season season, Guid application)
    {
        foreach (var evaluator in new[] { "evaluator1", "evaluator2" })
        {
            var open = (await season.AsAsync(evaluator, "/assess", (ListEvaluations list) => list.RunAsync(Cancelled)))
                .FirstOrDefault(row => row.ApplicationId == application && row.SubmittedAt is null);
            if (open is null)
            {
                continue;
            }

            var seen = await season.AsAsync(evaluator, "/assess", (ViewEvaluation view) => view.RunAsync(open.Id, Cancelled));
            Assert.True(seen.IsDone(out var sheet));
            var scores = sheet!.Criteria.ToDictionary(criterion => criterion.Code, criterion => (int?)criterion.Weight);
            Assert.Empty((await season.AsAsync(evaluator, "/assess", (ScoreEvaluation score) => score.RunAsync(open.Id, new(false, scores, null), Cancelled))).WhyNot);
        }

        await season.RunJobsAsync();
    }

    /// <summary>Whoever is asked now commits.</summary>
    public static async Task CommitAsync(this Season season, Guid application, long inKind = 0)
    {
        foreach (var share in (await season.MoneyAsync(application)).Shares.Where(share => share.AwaitsDecision))
        {
            var decided = await season.AsAsync($"{Slug(share.FunderEn)}.officer", "/funder", (DecideShare decide) => decide.RunAsync(
                share.Id, new(true, share.Funder == Funder.LeadFirm ? inKind : null, null), Cancelled));
            Assert.Empty(decided.WhyNot);
        }

        await season.RunJobsAsync();
    }

    public static Task<Outcome<SignAgreement.Response>> SignAsync(this Season season, string user, string path, Guid agreement, bool sign = true)
        => season.AsAsync(user, path, (SignAgreement signing) => signing.RunAsync(agreement, new(sign), Cancelled));

    /// <summary>The firm, the supplier and the tenant's officer sign, who in LG's call is the lead firm's as well.</summary>
    public static async Task SignAllAsync(this Season season, Guid application, string tenant, string firm, string supplier)
    {
        await season.AllSignAsync(application, tenant, firm, supplier);
        await season.RunJobsAsync();
    }

    /// <summary>All sign; what comes of it is still to be done.</summary>
    public static async Task AllSignAsync(this Season season, Guid application, string tenant, string firm, string supplier)
    {
        var agreement = (await season.MoneyAsync(application)).Agreement!.Id;
        Assert.Empty((await season.SignAsync(firm, "/company", agreement)).WhyNot);
        Assert.Empty((await season.SignAsync(supplier, "/supplier", agreement)).WhyNot);
        Assert.Empty((await season.SignAsync($"{tenant}.officer", tenant == "lg" ? "/funder" : $"/t/{tenant}", agreement)).WhyNot);
    }

    public static async Task<ViewCaseMoney.CaseMoney> MoneyAsync(this Season season, Guid application)
    {
        var seen = await season.AsAsync("kosmo.officer", "/oversight", (ViewCaseMoney view) => view.RunAsync(application, Cancelled));
        Assert.True(seen.IsDone(out var money));
        return money!;
    }

    /// <summary>The firm deposits exactly what is due.</summary>
    public static async Task DepositAsync(this Season season, Guid application, string firm)
    {
        var due = (await season.MoneyAsync(application)).Tranches.Single(tranche => tranche.DepositDue > 0);
        var deposited = await season.AsAsync(firm, "/company", (RecordDeposit record) => record.RunAsync(
            due.Id, new(due.DepositDue, $"TRANSFER-{due.Number}", new NodaTime.LocalDate(2025, 3, 4)), Cancelled));
        Assert.Empty(deposited.WhyNot);
        await season.RunJobsAsync();
    }

    /// <summary>Every payer's clerk prepares and its approver approves what is requested.</summary>
    public static async Task ApproveAllAsync(this Season season, Guid application)
    {
        foreach (var order in (await season.MoneyAsync(application)).Tranches.SelectMany(tranche => tranche.Orders).Where(order => order.Status == nameof(PaymentStatus.Requested)))
        {
            Assert.Empty((await season.AdvanceAsync($"{Slug(order.PayerEn)}.finance", order.Id, PaymentStep.Prepare)).WhyNot);
            Assert.Empty((await season.AdvanceAsync($"{Slug(order.PayerEn)}.approver", order.Id, PaymentStep.Approve)).WhyNot);
        }
    }

    public static Task<Outcome<AdvancePayment.Response>> AdvanceAsync(this Season season, string user, Guid order, PaymentStep step, string? comment = null)
        => season.AsAsync(user, "/funder", (AdvancePayment advance) => advance.RunAsync(order, new(step, comment), Cancelled));

    public static async Task PayTrancheAsync(this Season season, Guid application, string firm)
    {
        await season.DepositAsync(application, firm);
        await season.ApproveAllAsync(application);
        await season.RunJobsAsync();
    }

    /// <summary>The inspector to whom the open inspection was given, and the inspection.</summary>
    public static async Task<(string Inspector, ListInspections.Row Inspection)> OpenInspectionAsync(this Season season, Guid application)
    {
        foreach (var inspector in new[] { "inspector1", "inspector2" })
        {
            var open = (await season.AsAsync(inspector, "/assess", (ListInspections list) => list.RunAsync(Cancelled)))
                .FirstOrDefault(row => row.ApplicationId == application && row.SubmittedAt is null);
            if (open is not null)
            {
                return (inspector, open);
            }
        }

        throw new InvalidOperationException("No inspection is open.");
    }

    public static async Task InspectAsync(this Season season, Guid application, bool passes)
    {
        var (inspector, inspection) = await season.OpenInspectionAsync(application);
        var findings = inspection.Checklist.ToDictionary(item => item.Code, _ => (bool?)passes);
        var recorded = await season.AsAsync(inspector, "/assess", (RecordInspection record) => record.RunAsync(
            inspection.Id, new(passes, findings, passes ? null : "계획한 설비가 없습니다."), Cancelled));
        Assert.Empty(recorded.WhyNot);
        await season.RunJobsAsync();
    }

    /// <summary>What a funder's budget line says, past every policy.</summary>
    public static async Task<(long Reserved, long Committed, long Paid)> BudgetAsync(this Season season, string tenant, Funder funder, string body)
    {
        await using var db = season.Platform.Planes.OpenTenant(tenant);
        var organisation = await db.Organisations.Where(organisation => organisation.Ko == body).Select(organisation => organisation.Id).SingleAsync(Cancelled);
        var lines = await db.Set<BudgetLine>().AsNoTracking().Where(line => line.Funder == funder && line.FunderOrganisationId == organisation).ToListAsync(Cancelled);
        return (lines.Sum(line => line.Reserved.Amount), lines.Sum(line => line.Committed.Amount), lines.Sum(line => line.Paid.Amount));
    }

    public static async Task VerifyAsync(this Season season)
    {
        var report = await new VerifyLedger(season.Platform.Planes).RunAsync(Cancelled);
        Assert.Empty(report.Faults);
        Assert.Equal(0, report.Sum);
    }

    private static string Slug(string body) => body switch
    {
        "Jeollanam-do" => "jeonnam",
        "KOSMO" => "kosmo",
        "LG Electronics" => "lg",
        "Naju" => "naju",
        "Yeosu" => "yeosu",
        _ => throw new ArgumentOutOfRangeException(nameof(body), body, "Nobody of this body acts in the tests."),
    };
}
