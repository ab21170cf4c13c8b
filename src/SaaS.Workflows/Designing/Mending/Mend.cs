namespace SaaS.Workflows.Designing.Mending;

/// <summary>A way to put right what the checker found.</summary>
/// <param name="Says">What it does, as short as the words on a button.</param>
/// <param name="After">The design with it done.</param>
public sealed record Mend(Words Says, Design After);
