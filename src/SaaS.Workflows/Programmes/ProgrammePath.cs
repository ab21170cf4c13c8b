using SaaS.Workflows.Compilation;

namespace SaaS.Workflows.Programmes;

/// <summary>One way that an application can take through a programme, with the tier that was chosen on it.</summary>
/// <param name="Tier">Null when no tier was chosen on the way.</param>
/// <param name="Steps">The activities in the order in which they can run.</param>
internal sealed record ProgrammePath(string? Tier, IReadOnlyList<CompiledActivity> Steps)
{
    /// <summary>For every step, the steps that have surely been done before it.</summary>
    public required IReadOnlyDictionary<CompiledActivity, IReadOnlySet<CompiledActivity>> Before { get; init; }

    /// <summary>What people call a tier that is chosen on this way; its code where nobody named it.</summary>
    public Words NameOf(string tier)
        => Steps.Select(step => step.Prepared).OfType<TierTable>().SelectMany(table => table.Tiers).FirstOrDefault(each => each.Code == tier) is { } found ? new(found.Ko, found.En) : new(tier, tier);

    public IEnumerable<CompiledActivity> OfType(string typeName) => Steps.Where(step => step.TypeName == typeName);

    /// <summary>What the activity made of its raw inputs, of every step that made such a thing.</summary>
    public IEnumerable<(CompiledActivity Step, T Prepared)> Prepared<T>()
        where T : class
        => Steps.Where(step => step.Prepared is T).Select(step => (step, (T)step.Prepared!));
}
