namespace SaaS.Workflows.Definitions;

/// <summary>One connection of a flowchart. A port that is not written is <c>Done</c> at the source and <c>In</c> at the target.</summary>
public sealed record ConnectionDefinition(string Source, string SourcePort, string Target, string TargetPort, string Pointer);
