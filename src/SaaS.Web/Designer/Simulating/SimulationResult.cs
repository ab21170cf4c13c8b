using SaaS.Domain.Money;
using SaaS.Workflows.Programmes;
using SaaS.Workflows.Simulation;

namespace SaaS.Web.Designer.Simulating;

/// <summary>A simulation that has ended, with all that its report needs: it stays as it is when the design goes on to change.</summary>
public sealed record SimulationResult
{
    public required VersionSimulation Run { get; init; }

    /// <summary>The design that was run.</summary>
    public required ProgrammeOutline Outline { get; init; }

    /// <summary>Whose firms they were, in the reader's language.</summary>
    public required string Who { get; init; }

    public required TimeSpan Took { get; init; }

    /// <summary>What the firms are called, by their id; ids stand for themselves where it is not known.</summary>
    public required IReadOnlyDictionary<string, (string Ko, string En)> Names { get; init; }

    public required IReadOnlyDictionary<Funder, long> Budgets { get; init; }

    /// <summary>Appropriated by single municipalities in the last call, by code.</summary>
    public required IReadOnlyDictionary<string, long> MunicipalBudgets { get; init; }
}
