namespace SaaS.Workflows.Simulation;

/// <summary>Something in a file of firms that cannot be read.</summary>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Name of the column, or path of the member.</param>
/// <param name="Ko">One sentence in Korean.</param>
/// <param name="En">The same in English.</param>
public sealed record FileProblem(long Line, string? Column, string Ko, string En);

/// <summary>A file of firms has lines that cannot be read; nothing was simulated.</summary>
/// <param name="problems">The first of them by line.</param>
/// <param name="count">How many there are.</param>
public sealed class FirmFileException(IReadOnlyList<FileProblem> problems, long count) : Exception($"{count} problems")
{
    /// <summary>How many problems are told one by one.</summary>
    public const int Told = 20;

    public IReadOnlyList<FileProblem> Problems { get; } = problems;

    public long Count { get; } = count;
}

/// <summary>Collects problems of all threads; keeps the first ones.</summary>
internal sealed class FileProblems
{
    private readonly Lock _lock = new();
    private readonly List<FileProblem> _first = [];

    public long Count { get; private set; }

    public void Add(FileProblem problem)
    {
        lock (_lock)
        {
            Count++;
            _first.Add(problem);
            if (_first.Count >= FirmFileException.Told * 10)
            {
                Trim();
            }
        }
    }

    /// <exception cref="FirmFileException">There are any.</exception>
    public void ThrowIfAny()
    {
        if (Count > 0)
        {
            Trim();
            throw new FirmFileException(_first, Count);
        }
    }

    private void Trim()
    {
        _first.Sort((left, right) => left.Line != right.Line ? left.Line.CompareTo(right.Line) : string.CompareOrdinal(left.Column, right.Column));
        if (_first.Count > FirmFileException.Told)
        {
            _first.RemoveRange(FirmFileException.Told, _first.Count - FirmFileException.Told);
        }
    }
}
