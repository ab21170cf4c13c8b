using SaaS.Domain.Money;

namespace SaaS.Workflows.Simulation;

/// <summary>What became of one firm.</summary>
/// <param name="Line">Its line in the file.</param>
/// <param name="Id">The firm.</param>
/// <param name="Verdict">Of its eligibility.</param>
/// <param name="Tier">The tier, where it passed.</param>
/// <param name="Reasons">Codes of why not.</param>
/// <param name="Result">What the case was closed with, or how else it ended; null when it did not pass.</param>
/// <param name="IsSupported">Whether it gets the money.</param>
/// <param name="Shares">Won by funder, in the order of <see cref="Funder"/>; zeros where it did not pass.</param>
public sealed record FirmOutcome(long Line, string Id, string Verdict, string? Tier, IReadOnlyList<string> Reasons, string? Result, bool IsSupported, IReadOnlyList<long> Shares);
