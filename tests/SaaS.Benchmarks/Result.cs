using System.Globalization;

namespace SaaS.Benchmarks;

/// <summary>What a figure is held to.</summary>
public enum Measure
{
    /// <summary>Ours / peer must not exceed the target.</summary>
    RatioAtMost,

    /// <summary>Peer / ours must reach the target.</summary>
    TimesFaster,

    /// <summary>Our own figure must not exceed the target, whatever the machine; there is no peer.</summary>
    AtMost,

    /// <summary>Ours / peer is told; no target is set.</summary>
    Told,
}

/// <summary>One figure beside its peer, both of the same run.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Ours">Our figure, in <see cref="Unit"/>.</param>
/// <param name="Peer">The peer's, in the same unit; 0 where there is none.</param>
/// <param name="Target">What is not to be exceeded, or is to be reached: see <see cref="Measure"/>.</param>
/// <param name="Against">What the peer does; for <see cref="Measure.AtMost"/> what the figure is of.</param>
public sealed record Result(string Name, double Ours, double Peer, double Target, string Against)
{
    public Measure Measure { get; init; } = Measure.RatioAtMost;

    public string Unit { get; init; } = "ms";

    /// <summary>The figure that the target is about.</summary>
    public double Ratio => Math.Round(Measure switch { Measure.AtMost => Ours, Measure.TimesFaster => Peer / Ours, _ => Ours / Peer }, 3);

    public bool Reached => Measure switch { Measure.TimesFaster => Ratio >= Target, Measure.Told => true, _ => Ratio <= Target };

    public override string ToString()
    {
        var verdict = Reached ? "OK" : "MISSED";
        return Measure switch
        {
            Measure.AtMost => string.Create(CultureInfo.InvariantCulture, $"{Name}: {Ours:0.###} {Unit} ({Against}), target {Target:0.###} {Unit}, {verdict}"),
            Measure.TimesFaster => string.Create(CultureInfo.InvariantCulture, $"{Name}: {Ours:0.###} {Unit}, {Peer:0.###} {Unit} ({Against}), {Ratio:0}x as fast, target {Target:0}x, {verdict}"),
            Measure.Told => string.Create(CultureInfo.InvariantCulture, $"{Name}: {Ours:0.###} {Unit}, {Peer:0.###} {Unit} ({Against}), {Ratio:0.00}x, no target"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{Name}: {Ours:0.000} {Unit}, {Peer:0.000} {Unit} ({Against}), {Ratio:0.00}x, target {Target:0.0}x, {verdict}"),
        };
    }
}
