using System.Text.Json;
using SaaS.Platform.Applications;

namespace SaaS.Cli.Demonstration;

/// <summary>Applies for a case; shows on the way that a tier which waits for national money is closed until KOSMO grants it.</summary>
internal sealed class SubmitCase(DemoPeople people, HttpSessions sessions, Action<string> report)
{
    // With one facility and one solution a firm applies once in a call: a second walk over the same data takes another solution.
    private static readonly string[] Solutions = ["MES", "ERP", "SCM", "PLM", "FEMS", "QMS", "WMS", "APS", "AI", "DigitalTwin"];

    /// <returns>The receipt, and the words of the refusal before KOSMO's grant; null where the tier was open.</returns>
    /// <exception cref="DemoFailureException">The application was refused, or a closed tier took it.</exception>
    public async Task<(ApplicationReceipt Receipt, string? ClosedTier)> RunAsync(DemoCase walked, CancellationToken cancellationToken)
    {
        var firm = await sessions.OfAsync(people.Of(walked.Firm, "Representative").User, cancellationToken);
        var call = await CallAsync(firm, walked, cancellationToken);
        var facilities = await firm.GetAsync<List<FacilityAnswer>>("/api/company/facilities", cancellationToken);
        var facility = facilities.Count > 0 ? facilities[0] : throw new DemoFailureException($"{walked.Firm}: 사업장이 없습니다 / no facility");
        var supplier = walked.Supplier is null ? null : people.Of(walked.Supplier, "Representative").BusinessNumber;
        var used = await UsedAsync(firm, call, cancellationToken);
        var solution = Solutions.Prepend(walked.Solution).First(solution => !used.Contains(solution));
        var request = new ApplicationRequest
        {
            FacilityId = facility.Id,
            Title = $"{walked.Firm} {solution} 구축",
            Solution = solution,
            Equipment = walked.Equipment,
            TotalCost = walked.Total,
            RequestedTier = walked.Tier,
            SupplierBusinessNumber = supplier,
            Documents = ["APPLICATION", "PLAN", "BUSINESS-REGISTRATION", "FINANCIALS", "TAX", "QUOTE", "CONSENT"],
        };
        var path = $"/api/company/calls/{call}/applications";
        var waiting = await ClosedAsync(walked, call, cancellationToken);
        string? closed = null;
        if (waiting is not null)
        {
            var (early, no) = await firm.SubmitAsync<ApplicationReceipt>(path, request, Guid.CreateVersion7().ToString(), cancellationToken);
            closed = early is null && no is not null && no.Contains("national-share-not-reserved", StringComparison.Ordinal)
                ? HttpSession.Problem(no)
                : throw new DemoFailureException($"{walked.Ko}: 국비 배정 전에 접수되었거나 다른 이유로 거절되었습니다 / taken before KOSMO's grant, or refused for another reason: {no}");
            report($"{walked.Firm}: {closed}");
            await GrantAsync(walked, waiting, cancellationToken);
        }

        var (receipt, refusal) = await firm.SubmitAsync<ApplicationReceipt>(path, request, Guid.CreateVersion7().ToString(), cancellationToken);
        if (receipt is null)
        {
            throw new DemoFailureException($"{walked.Ko}: 신청이 거절되었습니다 / the application was refused: {HttpSession.Problem(refusal ?? "")}");
        }

        report($"{receipt.ReceiptNumber}: {walked.Firm}, {walked.Total:N0}원 접수 / received");
        return (receipt, closed);
    }

    /// <summary>The grant that the tier waits for; null where none is asked for, or it is granted.</summary>
    private async Task<GrantAnswer?> ClosedAsync(DemoCase walked, Guid call, CancellationToken cancellationToken)
    {
        var officer = await KosmoAsync(cancellationToken);
        var grants = await officer.GetAsync<List<GrantAnswer>>("/api/oversight/grants", cancellationToken);
        return grants.Find(grant => grant.CallId == call && grant.Tier == walked.Tier && grant.Granted == 0);
    }

    private async Task GrantAsync(DemoCase walked, GrantAnswer grant, CancellationToken cancellationToken)
    {
        var officer = await KosmoAsync(cancellationToken);
        await officer.PostAsync<JsonElement>($"/api/oversight/grants/{grant.Id}", new { amount = grant.Asked }, cancellationToken);
        report($"KOSMO: {walked.Tenant} {walked.Tier} 국비 {grant.Asked:N0}원 배정 / granted");
    }

    private Task<HttpSession> KosmoAsync(CancellationToken cancellationToken)
        => sessions.OfAsync(people.All.First(person => person is { Kind: "National", Role: "Officer" }).User, cancellationToken);

    private static async Task<Guid> CallAsync(HttpSession firm, DemoCase walked, CancellationToken cancellationToken)
    {
        var calls = await firm.GetAsync<List<CallAnswer>>("/api/calls", cancellationToken);
        return calls.Find(call => call.TenantId == walked.Tenant && call.Number == walked.Call)?.Id
            ?? throw new DemoFailureException($"{walked.Tenant} {walked.Call}: 공고가 없습니다 / there is no such call");
    }

    private static async Task<HashSet<string>> UsedAsync(HttpSession firm, Guid call, CancellationToken cancellationToken)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var mine = await firm.GetAsync<ListApplications.Result>($"/api/company/applications?call={call}&pageSize=200", cancellationToken);
        foreach (var row in mine.Rows)
        {
            var seen = await firm.GetAsync<JsonElement>($"/api/company/applications/{row.Id}", cancellationToken);
            used.Add(seen.GetProperty("solution").GetString() ?? "");
        }

        return used;
    }

    private sealed record FacilityAnswer(Guid Id);

    private sealed record CallAnswer(Guid Id, string TenantId, string Number);

    private sealed record GrantAnswer(Guid Id, Guid CallId, string Tier, long Asked, long Granted);
}
