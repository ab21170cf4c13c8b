using System.Diagnostics;
using SaaS.Platform.Applications;
using SaaS.Platform.Oversight;

namespace SaaS.Cli.Demonstration;

/// <summary>
/// Takes one case from application to the last tranche: every step is done over HTTP by the person whose turn it is, everything
/// between is left to the jobs, and KOSMO's view says whose turn it is.
/// </summary>
internal sealed class WalkCase(DemoPeople people, HttpSessions sessions, TimeSpan patience, Action<string> report)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(120);

    /// <param name="Money">The money of the finished case, as the ledger has it.</param>
    /// <param name="ClosedTier">How the application was refused before KOSMO's grant; null where the tier was open.</param>
    public sealed record Walked(ViewCaseMoney.CaseMoney Money, string? ClosedTier);

    /// <exception cref="DemoFailureException">A step was refused, or nothing happened for longer than one waits.</exception>
    public async Task<Walked> RunAsync(DemoCase walked, CancellationToken cancellationToken)
    {
        var (receipt, closed) = await new SubmitCase(people, sessions, report).RunAsync(walked, cancellationToken);
        var turns = new TakeTurns(people, sessions, walked, receipt, report);
        var kosmo = await sessions.OfAsync(people.With("Operator").First().User, cancellationToken);
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var money = await kosmo.GetAsync<ViewCaseMoney.CaseMoney>($"/api/oversight/applications/{receipt.ApplicationId}/money", cancellationToken);
            if (money.Status >= ApplicationStatus.Completed)
            {
                report($"{receipt.ReceiptNumber}: {money.Status}");
                return new Walked(money, closed);
            }

            if (await turns.RunAsync(money, cancellationToken))
            {
                waited.Restart();
            }
            else if (waited.Elapsed > patience)
            {
                throw new DemoFailureException(
                    $"{receipt.ReceiptNumber}: {patience.TotalSeconds:0}초 동안 진행이 없습니다(상태 {money.Status}). 워커가 실행 중인지 확인하세요 / nothing happened for {patience.TotalSeconds:0} seconds (status {money.Status}); is the worker running?");
            }
            else
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }
}
