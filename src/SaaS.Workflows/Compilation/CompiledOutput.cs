namespace SaaS.Workflows.Compilation;

/// <summary>Where an output of one activity goes: the id of the variable or workflow output that receives it.</summary>
internal sealed class CompiledOutput(string name, string? target, TypeKind type)
{
    public string Name { get; } = name;

    public string? Target { get; } = target;

    public TypeKind Type { get; } = type;
}
