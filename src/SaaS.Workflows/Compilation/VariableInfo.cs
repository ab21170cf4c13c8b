using SaaS.Workflows.Values;

namespace SaaS.Workflows.Compilation;

/// <summary>A variable of a definition, or one that a loop declares for its body.</summary>
internal sealed class VariableInfo(string id, string name, TypeKind type, Value initial, bool isPersisted)
{
    public string Id { get; } = id;

    public string Name { get; } = name;

    public TypeKind Type { get; } = type;

    public Value Initial { get; } = initial;

    /// <summary>Whether its storage driver keeps the value over a wait.</summary>
    public bool IsPersisted { get; } = isPersisted;
}
