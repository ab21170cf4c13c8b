using System.Collections.Concurrent;
using NodaTime;
using SaaS.Workflows.Compilation;
using SaaS.Workflows.Programmes;
using SaaS.Workflows.Tables;

namespace SaaS.Workflows.Simulation;

/// <summary>
/// A definition made ready to be simulated. Where its tables alone decide (see <see cref="ProgrammeTables"/>), each firm is answered by
/// the compiled tables and follows the way on which the runtime brought the first firm with the same answers; else the runtime runs every
/// firm. The figures are the same either way.
/// </summary>
public sealed class SimulationPlan
{
    /// <summary>Answers given to one case before it is left waiting: definitions may lead back to a step for ever.</summary>
    internal const int MostAnswers = 64;

    private readonly ConcurrentDictionary<Signature, RunNode> _first = new();

    /// <param name="workflow">The definition.</param>
    /// <param name="policy">Who answers what.</param>
    /// <param name="now">The time of every run.</param>
    /// <param name="byRuntimeAlone">Runs every firm, whatever the tables could decide.</param>
    public SimulationPlan(CompiledWorkflow workflow, SimulationPolicy policy, Instant now, bool byRuntimeAlone = false)
    {
        Workflow = workflow;
        Policy = policy;
        Now = now;
        var why = "";
        Tables = byRuntimeAlone ? null : ProgrammeTables.TryCompile(workflow, policy.Facts, out why);
        if (Tables is { Steps.Count: > Signature.MostTables })
        {
            (Tables, why) = (null, $"There are more than {Signature.MostTables} tables.");
        }

        WhyNotByTables = why;
        ReasonTellers = workflow.Activities
            .Where(activity => Array.Exists(activity.Outputs, output => output.Name == "Reasons" && output.Target is not null && output.Target == Array.Find(workflow.Workflow.Variables, each => each.Name == "reasons")?.Id))
            .ToLookup(activity => activity.Id, StringComparer.Ordinal);
        Quotas = workflow.Activities.Select(activity => activity.Prepared).OfType<TierTable>().SelectMany(table => table.Tiers)
            .DistinctBy(tier => tier.Code).ToDictionary(tier => tier.Code, tier => policy.Quotas.TryGetValue(tier.Code, out var quota) ? quota : tier.Quota, StringComparer.Ordinal);
    }

    public CompiledWorkflow Workflow { get; }

    public SimulationPolicy Policy { get; }

    public Instant Now { get; }

    /// <summary>Why every firm is run by the runtime; null when the tables decide.</summary>
    public string? WhyNotByTables { get; }

    internal ProgrammeTables? Tables { get; }

    /// <summary>Activities that fill the variable <c>reasons</c>, by id.</summary>
    internal ILookup<string, CompiledActivity> ReasonTellers { get; }

    /// <summary>How many of each tier can be selected; null without limit.</summary>
    internal IReadOnlyDictionary<string, int?> Quotas { get; }

    /// <summary>The node of all firms with these answers; the first of them is run.</summary>
    internal RunNode First(in Signature signature, FirmReader firm) =>
        _first.TryGetValue(signature, out var known) ? known : _first.GetOrAdd(signature, RunNode.Start(this, firm.ToApplication(), isShared: true));
}

/// <summary>What every table of a definition answers to a firm: a byte a table.</summary>
internal readonly record struct Signature(UInt128 Answers)
{
    public const int MostTables = 16;

    public Signature With(int table, byte answer) => new(Answers | ((UInt128)answer << (table * 8)));
}
