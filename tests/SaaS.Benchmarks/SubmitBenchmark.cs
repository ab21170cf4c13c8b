namespace SaaS.Benchmarks;

/// <summary>
/// Submitting an application, whole: read who applies, decide with the programme's definition, take a receipt number, store application,
/// cost lines, shares, workflow instance, journal, bookmark and outbox. Against one raw round trip that writes the same rows.
/// </summary>
public static class SubmitBenchmark
{
    public static async Task<IReadOnlyList<Result>> RunAsync(Ground ground, CancellationToken cancellationToken)
    {
        var receipt = await ground.SubmitAsync(cancellationToken);
        var raw = await RawSubmission.LikeAsync(ground, receipt.ApplicationId, cancellationToken);
        return
        [
            await Comparison.RunAsync(
                "submit",
                2.0,
                $"one raw round trip, {raw.Rows} rows",
                400,
                () => ground.SubmitAsync(cancellationToken),
                () => raw.WriteAsync(ground.AsTenant, cancellationToken),
                cancellationToken),
        ];
    }
}
