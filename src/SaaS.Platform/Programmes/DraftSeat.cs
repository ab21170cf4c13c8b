using System.Diagnostics;

namespace SaaS.Platform.Programmes;

/// <summary>One page on which a draft is open, and who else it knows of in the same room.</summary>
public sealed class DraftSeat : IAsyncDisposable
{
    private readonly DraftRooms rooms;
    private readonly string ko;
    private readonly string en;
    private readonly Action changed;
    private readonly Action<int> saved;
    // Whoever entered has a language of his own; what is heard comes from a thread that has none.
    private readonly ExecutionContext? entered = ExecutionContext.Capture();
    private readonly Lock turn = new();
    private readonly Dictionary<Guid, (DraftColleague Colleague, long HeardAt)> others = [];

    internal DraftSeat(DraftRooms rooms, string tenant, Guid programmeId, Guid userId, string ko, string en, string? step, Action changed, Action<int> saved)
    {
        (this.rooms, Tenant, ProgrammeId, UserId, this.ko, this.en, Step, this.changed, this.saved) = (rooms, tenant, programmeId, userId, ko, en, step, changed, saved);
    }

    /// <summary>The others who have the draft open, one entry a page, in the order of their names.</summary>
    public IReadOnlyList<DraftColleague> Others
    {
        get
        {
            lock (turn)
            {
                return [.. others.Values.Select(other => other.Colleague).OrderBy(other => other.Ko, StringComparer.Ordinal)];
            }
        }
    }

    internal Guid Id { get; } = Guid.CreateVersion7();

    internal string Tenant { get; }

    internal Guid ProgrammeId { get; }

    internal Guid UserId { get; }

    internal string? Step { get; private set; }

    /// <summary>Tells the others which step is looked at now.</summary>
    public async Task MoveAsync(string? step)
    {
        if (Step != step)
        {
            Step = step;
            await rooms.SayAsync(Words(DraftWord.Here), CancellationToken.None);
        }
    }

    public async ValueTask DisposeAsync() => await rooms.LeaveAsync(this);

    internal DraftMessage Words(DraftWord word) => new(word, Tenant, ProgrammeId, Id, UserId, ko, en, Step, 0);

    internal void Hear(DraftMessage message)
    {
        switch (message.Word)
        {
            case DraftWord.Saved:
                Run(() => saved(message.Revision));
                return;
            case DraftWord.Entered:
                _ = rooms.SayAsync(Words(DraftWord.Here), CancellationToken.None);
                break;
        }

        bool isNews;
        lock (turn)
        {
            var colleague = new DraftColleague(message.UserId, message.Ko, message.En, message.Step);
            isNews = message.Word == DraftWord.Left
                ? others.Remove(message.Seat)
                : !others.TryGetValue(message.Seat, out var known) || known.Colleague != colleague;
            if (message.Word != DraftWord.Left)
            {
                others[message.Seat] = (colleague, Stopwatch.GetTimestamp());
            }
        }

        if (isNews)
        {
            Run(changed);
        }
    }

    private void Run(Action told)
    {
        if (entered is null)
        {
            told();
        }
        else
        {
            ExecutionContext.Run(entered, _ => told(), null);
        }
    }

    internal void Forget(TimeSpan after)
    {
        bool isNews;
        lock (turn)
        {
            var gone = others.Where(other => Stopwatch.GetElapsedTime(other.Value.HeardAt) > after).Select(other => other.Key).ToList();
            gone.ForEach(seat => others.Remove(seat));
            isNews = gone.Count > 0;
        }

        if (isNews)
        {
            Run(changed);
        }
    }
}

/// <summary>Somebody else's page on the same draft.</summary>
/// <param name="UserId">The person; the same as one's own for another page of one's own.</param>
/// <param name="Ko">The name.</param>
/// <param name="En">The name in English.</param>
/// <param name="Step">The step that is looked at there.</param>
public sealed record DraftColleague(Guid UserId, string Ko, string En, string? Step);

internal enum DraftWord
{
    Entered,
    Here,
    Left,
    Saved,
}

/// <summary>What pages tell each other; only the servers hear it.</summary>
internal sealed record DraftMessage(DraftWord Word, string Tenant, Guid ProgrammeId, Guid Seat, Guid UserId, string Ko, string En, string? Step, int Revision);
