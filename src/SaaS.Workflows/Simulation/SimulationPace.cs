namespace SaaS.Workflows.Simulation;

/// <summary>How much of the machine a simulation takes, and who is told how far it is.</summary>
/// <param name="Threads">So many processors at most.</param>
/// <param name="Progress">Is told how many firms were run so far, from any thread; null when nobody asks.</param>
public sealed record SimulationPace(int Threads, IProgress<long>? Progress = null)
{
    /// <summary>Firms between two reports of a thread, and between two looks at whether to stop.</summary>
    internal const int Step = 1_000;

    /// <summary>All processors, and nobody asks.</summary>
    public static SimulationPace Full { get; } = new(Environment.ProcessorCount);

    /// <summary>Leaves a processor to the other people on the server.</summary>
    public static SimulationPace BesideOthers(IProgress<long> progress) => new(Math.Max(1, Environment.ProcessorCount - 1), progress);
}
