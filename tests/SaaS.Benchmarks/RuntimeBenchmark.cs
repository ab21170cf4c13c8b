using NodaTime;
using SaaS.Workflows.Cases;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Values;

namespace SaaS.Benchmarks;

/// <summary>
/// Whole runs in memory of two definitions that Elsa itself was measured with (its core, cached graph: 2.1 ms and 213 KB for the small
/// one, 6 ms and 709 KB for the large one), compiled once; each run records what was executed, completed and journalled.
/// </summary>
public static class RuntimeBenchmark
{
    private static readonly Guid InstanceId = new("0198f5a0-0000-7000-8000-000000000001");

    public static Task<IReadOnlyList<Result>> RunAsync(CancellationToken cancellationToken)
    {
        var small = Prepare("bench3");
        var large = Prepare("bench12");
        var best = Batches.BestNanoseconds(cancellationToken, small.Run, large.Run, AsDelegate);
        return Task.FromResult<IReadOnlyList<Result>>(
        [
            new("workflow, 3 nodes", best[0] / 1_000, 0, 2.1, "a run; Elsa's core 2,100 µs") { Measure = Measure.AtMost, Unit = "µs" },
            new("workflow, 3 nodes, allocated", Batches.AllocatedBytes(small.Run), 0, 1_024, "a run; Elsa's core 213 KB") { Measure = Measure.AtMost, Unit = "bytes" },
            new("workflow, 3 nodes beside C#", best[0], best[2], 0, "the same decision as a compiled delegate") { Measure = Measure.Told, Unit = "ns" },
            new("workflow, 12 nodes", best[1] / 1_000, 0, 7, "a run; Elsa's core 6,000 µs") { Measure = Measure.AtMost, Unit = "µs" },
            new("workflow, 12 nodes, allocated", Batches.AllocatedBytes(large.Run), 0, 4_096, "a run; Elsa's core 709 KB") { Measure = Measure.AtMost, Unit = "bytes" },
        ]);
    }

    private static Runs Prepare(string name)
    {
        var @case = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "elsa-cases.ndjson")).Select(WorkflowCase.Read).Single(each => each.Name == name);
        var runs = new Runs(CompiledWorkflow.Compile(WorkflowDefinition.Parse(@case.Definition).Required), @case.Input);
        var burst = runs.Once();
        var output = burst.State.Output["decision"];
        return burst.State.SubStatus == WorkflowSubStatus.Finished && output.Equals(@case.Expected["output"]["decision"]) && burst.Journal.Count == @case.Expected["journal"].Items.Length
            ? runs
            : throw new InvalidOperationException($"{name} does not run as Elsa runs it.");
    }

    private static readonly Func<int, string> Decision = amount => amount > 100 ? "high" : "low";

    private static long AsDelegate(int runs)
    {
        var sum = 0L;
        for (var run = 0; run < runs; run++)
        {
            sum += Decision(run & 255).Length;
        }

        return sum;
    }

    private sealed class Runs(CompiledWorkflow workflow, Value input)
    {
        private static readonly Instant Now = Instant.FromUtc(2026, 1, 1, 0, 0);
        private static readonly Func<Guid> NewId = static () => InstanceId;

        public Burst Once() => WorkflowRuntime.Start(workflow, new StartWorkflow { InstanceId = InstanceId, Input = input, Now = Now, NewId = NewId });

        public long Run(int runs)
        {
            var sum = 0L;
            for (var run = 0; run < runs; run++)
            {
                sum += Once().Journal.Count;
            }

            return sum;
        }
    }
}
