using Npgsql;
using NodaTime;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;
using SaaS.Workflows.Comparison;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Designing;

namespace SaaS.Web.Designer;

/// <summary>
/// Keeps the draft and what one works on the same: saves every edit, and takes in what others saved. One thing after the other, on the
/// circuit's own thread.
/// </summary>
public sealed class DraftKeeper(ReadDraft read, SaveDraft save, DraftAuthor author, Guid programmeId, DesignSession session, int revision)
{
    private readonly Dictionary<string, MergeSide> choices = new(StringComparer.Ordinal);
    private Design kept = session.Current;
    private Task working = Task.CompletedTask;
    private TaskCompletionSource decided = Decided();
    private int heard;

    /// <summary>Raised when something of what follows has changed.</summary>
    public event Action? Changed;

    public Instant? SavedAt { get; private set; }

    /// <summary>The draft holds all that was edited.</summary>
    public bool IsSaved => ReferenceEquals(kept, session.Current);

    /// <summary>The database is away; it is tried again.</summary>
    public bool IsFailing { get; private set; }

    /// <summary>Why nothing more is saved: the draft is gone. Null while all is well.</summary>
    public Refusal? WhyNot { get; private set; }

    /// <summary>Steps that somebody else changed too. Nothing is saved until each is decided.</summary>
    public IReadOnlyList<MergeClash> Asked { get; private set; } = [];

    /// <summary>What somebody else changed, after it was taken in; null when nobody did, or once it was read.</summary>
    public JoinedWork? Joined { get; private set; }

    /// <summary>Waits until the draft holds all that was edited; as long as somebody has to decide.</summary>
    /// <returns>False when it cannot be saved any more.</returns>
    public async Task<bool> SavedAsync()
    {
        do
        {
            await Work();
            await decided.Task;
        }
        while (!IsSaved && WhyNot is null);
        return IsSaved;
    }

    /// <summary>Begins with what there is to do; does nothing when it is being done.</summary>
    public Task Work()
    {
        if (working.IsCompleted)
        {
            working = WorkAsync();
        }

        return working;
    }

    /// <summary>Somebody saved; perhaps this page itself.</summary>
    public Task Hear(int savedRevision)
    {
        heard = Math.Max(heard, savedRevision);
        return Work();
    }

    /// <summary>What was decided for a step that both changed; null while it is not.</summary>
    public MergeSide? ChoiceOf(string step) => choices.TryGetValue(step, out var side) ? side : null;

    /// <summary>Decides for a step. The last decision joins both people's work.</summary>
    public Task Choose(string step, MergeSide side)
    {
        choices[step] = side;
        if (Asked.Count > 0 && Asked.All(clash => choices.ContainsKey(clash.Step)))
        {
            Asked = [];
            heard = Math.Max(heard, revision + 1);
            decided.SetResult();
        }

        return Work();
    }

    public void Dismiss() => Joined = null;

    private static TaskCompletionSource Decided()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    private async Task WorkAsync()
    {
        while (WhyNot is null && Asked.Count == 0 && (heard > revision || !IsSaved))
        {
            try
            {
                await (heard > revision ? JoinAsync() : SaveAsync());
                IsFailing = false;
            }
            catch (Exception exception) when (exception is NpgsqlException or { InnerException: NpgsqlException })
            {
                // What was edited is still here, and in the page.
                IsFailing = true;
                Changed?.Invoke();
                await Task.Delay(TimeSpan.FromSeconds(2));
            }
        }

        Changed?.Invoke();
    }

    private async Task SaveAsync()
    {
        var design = session.Current;
        var outcome = await save.RunAsync(author, programmeId, design.ToJson(), revision, CancellationToken.None);
        if (outcome.IsDone(out var saved))
        {
            (revision, kept, SavedAt) = (saved.Revision, design, saved.SavedAt);
        }
        else if (outcome.WhyNot is [{ Code: "draft-changed" }, ..])
        {
            heard = Math.Max(heard, revision + 1);
        }
        else
        {
            WhyNot = outcome.WhyNot is [var reason, ..] ? reason : new Refusal("programme-gone", "이 사업을 찾을 수 없습니다.", "There is no such programme here.");
        }
    }

    private async Task JoinAsync()
    {
        if (!(await read.RunAsync(author, programmeId, CancellationToken.None)).IsDone(out var draft) || draft.Revision == 0)
        {
            WhyNot = new Refusal(
                "draft-gone", "그사이 이 초안이 게시되었거나 버려졌습니다. 다시 열어 주세요.", "This draft was published or discarded meanwhile. Please open it again.");
            return;
        }

        heard = draft.Revision;
        if (draft.Revision == revision)
        {
            return;
        }

        var theirs = Design.Of(WorkflowDefinition.Parse(draft.Json).Required);
        var merge = DraftMerge.Of(kept, session.Current, theirs, ChoiceOf);
        Asked = merge.Clashes;
        if (Asked.Count > 0)
        {
            decided = new TaskCompletionSource();
            return;
        }

        choices.Clear();
        var isTheirs = merge.Design.Definition.ToCanonicalJson() == theirs.Definition.ToCanonicalJson();
        session.TakeIn(kept, theirs, isTheirs ? theirs : merge.Design);
        (revision, kept, SavedAt) = (draft.Revision, theirs, draft.SavedAt ?? SavedAt);
        Joined = new JoinedWork(draft.SavedBy, merge.Theirs);
    }
}

/// <summary>What somebody else saved and this page has taken in.</summary>
/// <param name="By">Whoever saved last.</param>
/// <param name="Differences">In words; empty where only the picture was arranged.</param>
public sealed record JoinedWork(Guid? By, IReadOnlyList<Difference> Differences);
