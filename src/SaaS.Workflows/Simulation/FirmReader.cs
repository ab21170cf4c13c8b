using SaaS.Workflows.Tables;
using SaaS.Workflows.Values;

namespace SaaS.Workflows.Simulation;

/// <summary>Reads the rows of one chunk of a file after another. One reader a thread.</summary>
internal abstract class FirmReader
{
    /// <summary>Begins with a chunk.</summary>
    public abstract void Open(FirmChunk chunk);

    /// <summary>Goes to the next row that can be used; all problems of the others are told.</summary>
    /// <param name="facts">Receives the facts of the row; empty when nobody asks for them.</param>
    /// <param name="problems">Where problems go.</param>
    /// <returns>False at the end of the chunk.</returns>
    public abstract bool Next(Span<Fact> facts, FileProblems problems);

    /// <summary>The line on which the row begins.</summary>
    public long Line { get; protected set; }

    /// <summary>The firm of the row; empty when the row does not say.</summary>
    public abstract ReadOnlySpan<byte> Id { get; }

    /// <summary>The municipality of its facility.</summary>
    public abstract ReadOnlySpan<byte> Municipality { get; }

    /// <summary>The row as the input Application.</summary>
    public abstract Value ToApplication();
}
