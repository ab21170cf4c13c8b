using System.Text.Json;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Applications;
using SaaS.Platform.Oversight;
using SaaS.Platform.Time;

namespace SaaS.Cli.Demonstration;

/// <summary>Does what a case waits for, as the person whose turn it is. Everybody says yes, everything passes.</summary>
internal sealed class TakeTurns(DemoPeople people, HttpSessions sessions, DemoCase walked, ApplicationReceipt receipt, Action<string> report)
{
    private static readonly string[] TaskPlanes = ["company", "centre", "oversight"];

    /// <returns>False when nobody's turn has come: the jobs are at work.</returns>
    public async Task<bool> RunAsync(ViewCaseMoney.CaseMoney money, CancellationToken cancellationToken) => money.Status switch
    {
        ApplicationStatus.UnderEvaluation => await ScoreAsync(cancellationToken),
        ApplicationStatus.AwaitingTask => await AnswerAsync(cancellationToken),
        ApplicationStatus.AwaitingCommitment => await CommitAsync(money, cancellationToken),
        ApplicationStatus.AwaitingAgreement => await SignAsync(money, cancellationToken),
        ApplicationStatus.InProgress => await DepositAsync(money, cancellationToken) || await PayAsync(money, cancellationToken) || await InspectAsync(cancellationToken),
        _ => false,
    };

    private async Task<bool> ScoreAsync(CancellationToken cancellationToken)
    {
        foreach (var evaluator in people.With("Evaluator"))
        {
            var session = await sessions.OfAsync(evaluator.User, cancellationToken);
            var open = (await session.GetAsync<List<Assignment>>("/api/assess/evaluations", cancellationToken))
                .Find(evaluation => evaluation.ApplicationId == receipt.ApplicationId && evaluation.SubmittedAt is null);
            if (open is null)
            {
                continue;
            }

            var sheet = await session.GetAsync<Sheet>($"/api/assess/evaluations/{open.Id}", cancellationToken);
            var scores = sheet.Criteria.ToDictionary(criterion => criterion.Code, criterion => criterion.Weight - 2);
            await session.PostAsync<JsonElement>($"/api/assess/evaluations/{open.Id}", new { hasConflict = false, scores, comment = "구축계획이 구체적입니다." }, cancellationToken);
            report($"{receipt.ReceiptNumber}: {evaluator.User} 평가 {scores.Values.Sum()}점 / scored");
            return true;
        }

        return false;
    }

    private async Task<bool> AnswerAsync(CancellationToken cancellationToken)
    {
        foreach (var plane in TaskPlanes.Append($"t/{walked.Tenant}"))
        {
            foreach (var person in Members(plane))
            {
                var session = await sessions.OfAsync(person.User, cancellationToken);
                var task = (await session.GetAsync<List<TaskAnswers>>($"/api/{plane}/tasks", cancellationToken))
                    .Find(task => task.ApplicationId == receipt.ApplicationId && task.CompletedAt is null);
                if (task is not null)
                {
                    await session.PostAsync<JsonElement>($"/api/{plane}/tasks/{task.Id}", new { answer = task.Answers[0].Code, comment = "확인했습니다." }, cancellationToken);
                    report($"{receipt.ReceiptNumber}: {person.User} 업무 처리 / answered: {task.Answers[0].Code}");
                    return true;
                }
            }
        }

        return false;
    }

    private IEnumerable<DemoPerson> Members(string plane) => plane switch
    {
        "company" => [people.Of(walked.Firm, "Representative")],
        "centre" => people.All.Where(person => person.Kind == "Centre"),
        "oversight" => people.All.Where(person => person is { Kind: "National", Role: "Officer" }),
        _ => people.All.Where(person => person.User == $"{walked.Tenant}.officer"),
    };

    private async Task<bool> CommitAsync(ViewCaseMoney.CaseMoney money, CancellationToken cancellationToken)
    {
        var done = false;
        foreach (var share in money.Shares.Where(share => share.AwaitsDecision))
        {
            var officer = people.Of(share.FunderKo, "Officer");
            var session = await sessions.OfAsync(officer.User, cancellationToken);
            var inKind = share.Funder == Funder.LeadFirm ? walked.InKind : 0;
            await session.PostAsync<JsonElement>($"/api/funder/shares/{share.Id}", new { commit = true, inKind, comment = "부담을 확약합니다." }, cancellationToken);
            report($"{receipt.ReceiptNumber}: {officer.User} {share.Amount:N0}원 확약 / committed{(inKind > 0 ? $" ({inKind:N0} 현물 / in kind)" : "")}");
            done = true;
        }

        return done;
    }

    private async Task<bool> SignAsync(ViewCaseMoney.CaseMoney money, CancellationToken cancellationToken)
    {
        if (money.Agreement is not { } agreement)
        {
            return false;
        }

        var done = false;
        // A body that is two parties, as a large firm in its own call, signs once for both.
        foreach (var signature in agreement.Signatures.Where(signature => !signature.IsSigned).DistinctBy(signature => signature.OrganisationKo))
        {
            var signer = people.Of(signature.OrganisationKo, "Officer", "Representative");
            var plane = signature.Party switch
            {
                "Firm" => "company",
                "Supplier" => "supplier",
                "Tenant" => $"t/{walked.Tenant}",
                _ => "funder",
            };
            var session = await sessions.OfAsync(signer.User, cancellationToken);
            await session.PostAsync<JsonElement>($"/api/{plane}/agreements/{agreement.Id}", new { sign = true }, cancellationToken);
            report($"{receipt.ReceiptNumber}: {signer.User} 협약 서명 / signed");
            done = true;
        }

        return done;
    }

    private async Task<bool> DepositAsync(ViewCaseMoney.CaseMoney money, CancellationToken cancellationToken)
    {
        if (money.Tranches.FirstOrDefault(tranche => tranche.DepositDue > 0) is not { } tranche)
        {
            return false;
        }

        var firm = await sessions.OfAsync(people.Of(walked.Firm, "Representative").User, cancellationToken);
        var today = receipt.SubmittedAt.InZone(Seoul.Zone).Date;
        await firm.PostAsync<JsonElement>(
            $"/api/company/tranches/{tranche.Id}/deposit",
            new { amount = tranche.DepositDue, bankReference = $"{receipt.ReceiptNumber}-{tranche.Number}", depositedOn = today },
            cancellationToken);
        report($"{receipt.ReceiptNumber}: {tranche.Number}차 기업부담금 {tranche.DepositDue:N0}원 입금 / deposited");
        return true;
    }

    private async Task<bool> PayAsync(ViewCaseMoney.CaseMoney money, CancellationToken cancellationToken)
    {
        var done = false;
        foreach (var order in money.Tranches.SelectMany(tranche => tranche.Orders))
        {
            var step = order.Status switch { "Requested" => "Prepare", "Prepared" => "Approve", _ => null };
            if (step is null)
            {
                continue;
            }

            var clerk = people.Of(order.PayerKo, step == "Prepare" ? "Finance" : "Approver");
            var session = await sessions.OfAsync(clerk.User, cancellationToken);
            await session.PostAsync<JsonElement>($"/api/funder/payments/{order.Id}", new { step }, cancellationToken);
            report($"{receipt.ReceiptNumber}: {clerk.User} {FunderNames.Ko(order.Funder)} {order.Amount:N0}원 {(step == "Prepare" ? "지급 준비 / prepared" : "지급 승인 / approved")}");
            done = true;
        }

        return done;
    }

    private async Task<bool> InspectAsync(CancellationToken cancellationToken)
    {
        foreach (var inspector in people.With("Inspector"))
        {
            var session = await sessions.OfAsync(inspector.User, cancellationToken);
            var open = (await session.GetAsync<List<Visit>>("/api/assess/inspections", cancellationToken))
                .Find(visit => visit.ApplicationId == receipt.ApplicationId && visit.SubmittedAt is null);
            if (open is null)
            {
                continue;
            }

            var checklist = open.Checklist.ToDictionary(item => item.Code, _ => true);
            await session.PostAsync<JsonElement>($"/api/assess/inspections/{open.Id}", new { passed = true, checklist, comment = "계획대로 구축되었습니다." }, cancellationToken);
            report($"{receipt.ReceiptNumber}: {inspector.User} {(open.Kind == "Final" ? "최종점검" : "중간점검")} 적합 / passed");
            return true;
        }

        return false;
    }

    private sealed record Assignment(Guid Id, Guid ApplicationId, Instant? SubmittedAt);

    private sealed record Sheet(IReadOnlyList<Criterion> Criteria);

    private sealed record Criterion(string Code, int Weight);

    private sealed record TaskAnswers(Guid Id, Guid ApplicationId, IReadOnlyList<Answer> Answers, Instant? CompletedAt);

    private sealed record Answer(string Code);

    private sealed record Visit(Guid Id, Guid ApplicationId, string Kind, IReadOnlyList<Item> Checklist, Instant? SubmittedAt);

    private sealed record Item(string Code);
}
