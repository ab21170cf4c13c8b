using NodaTime;
using SaaS.Workflows.Compilation;

namespace SaaS.Workflows.Simulation;

/// <summary>The same firms through a draft and through the version that is published.</summary>
/// <param name="Draft">The figures under the draft.</param>
/// <param name="Published">The figures under the published version; null before there is one.</param>
/// <param name="Difference">What the draft changes for the firms; null before there is a published version.</param>
public sealed record VersionSimulation(SimulationFigures Draft, SimulationFigures? Published, VersionDifference? Difference)
{
    /// <param name="draft">The draft.</param>
    /// <param name="published">Null before there is a published version.</param>
    /// <param name="policy">Who answers what, under both.</param>
    /// <param name="now">The time of every run.</param>
    /// <param name="firms">The firms.</param>
    /// <param name="pace">Told of the firms of both runs, one after the other.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="FirmFileException">The file has lines that cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static VersionSimulation Run(
        CompiledWorkflow draft, CompiledWorkflow? published, SimulationPolicy policy, Instant now, FirmSource firms, SimulationPace pace, CancellationToken cancellationToken)
    {
        var (after, outcomesAfter) = RunOne(draft, pace);
        if (published is null)
        {
            return new VersionSimulation(after, null, null);
        }

        var (before, outcomesBefore) = RunOne(published, pace with { Progress = pace.Progress is { } progress ? new Behind(progress, after.Firms) : null });
        return new VersionSimulation(after, before, VersionDifference.Between(outcomesBefore, outcomesAfter));

        (SimulationFigures Figures, OutcomeList Outcomes) RunOne(CompiledWorkflow workflow, SimulationPace pace)
        {
            var outcomes = new OutcomeList();
            using var stream = firms.Open();
            var sums = FirmSimulation.Run(new SimulationPlan(workflow, policy, now), stream, firms.Format, published is null ? null : outcomes.Add, pace, cancellationToken);
            return (SimulationFigures.Read(sums), outcomes);
        }
    }

    private sealed class Behind(IProgress<long> progress, long before) : IProgress<long>
    {
        public void Report(long value) => progress.Report(before + value);
    }
}

/// <summary>Where firms come from, as often as they are wanted.</summary>
/// <param name="Open">Opens them from the beginning; the caller closes what he opened.</param>
/// <param name="Format">How they are written.</param>
public sealed record FirmSource(Func<Stream> Open, FirmFormat Format)
{
    public static FirmSource Of(byte[] text, FirmFormat format) => new(() => new MemoryStream(text, writable: false), format);
}
