using System.Text.Json;
using System.Text.Json.Nodes;
using SaaS.Domain.Codes;
using SaaS.Workflows;
using SaaS.Workflows.Activities;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Comparison;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Designing;
using SaaS.Workflows.Programmes;

namespace SaaS.Web.Designer;

/// <summary>One person's work on one programme: the design as it stands, what can be undone and redone, and what is chosen.</summary>
public sealed class DesignSession
{
    private const string OfProgramme = "/customProperties/programme";

    private readonly Stack<Moment> past = [];
    private readonly Stack<Moment> future = [];
    private readonly List<(Design Before, Design Theirs)> takenIn = [];
    private DesignFindings findings;
    private bool isSettling;
    private WorkflowDefinition? rowsOf;
    private Dictionary<string, List<(string Code, Words Name)>> rows = [];

    /// <param name="draft">The design to begin with.</param>
    /// <param name="published">What it is compared with; null before the first version.</param>
    /// <param name="rails">The national operator's limits as they were when the design was opened; publishing asks anew.</param>
    public DesignSession(WorkflowDefinition draft, WorkflowDefinition? published, GuardRails rails)
    {
        Context = new CheckContext { Rails = rails };
        Begun = draft;
        Published = published;
        Current = Settled = Design.Of(draft);
        findings = DesignFindings.Of(published ?? draft, draft, Context);
        Mends = new MendBook(this);
        ChooseSome();
    }

    /// <summary>Raised after every change of the design, of what is looked at, and of the findings.</summary>
    public event Action<DesignChange>? Changed;

    public Design Current { get; private set; }

    /// <summary>The newest published version; null before the first.</summary>
    public WorkflowDefinition? Published { get; }

    /// <summary>All findings of the checker; those of the design before until <see cref="SettleAsync"/> has caught up.</summary>
    public IReadOnlyList<Problem> Problems => findings.Problems;

    /// <summary>What can be done about each of them.</summary>
    public MendBook Mends { get; }

    /// <summary>The large firms of the platform, which a rule may name.</summary>
    public IReadOnlyList<(string Code, Words Name)> LeadFirms { get; init; } = [];

    /// <summary>What the design is checked against.</summary>
    public CheckContext Context { get; }

    /// <summary>The design that the findings are about.</summary>
    public Design Settled { get; private set; }

    /// <summary>How it differs from the published version, in words; follows like <see cref="Problems"/>.</summary>
    public IReadOnlyList<Difference> Differences => findings.Differences;

    /// <summary>Follows like <see cref="Problems"/>.</summary>
    public ProgrammeOutline Outline => findings.Outline;

    /// <summary>Chosen in place of a step: the programme itself, with its names and dates.</summary>
    public const string Programme = ":programme";

    /// <summary>The step whose properties are shown.</summary>
    public string? Chosen { get; private set; }

    /// <summary>The total cost in won on which the shares are shown.</summary>
    public long ExampleCost { get; private set; } = 100_000_000;

    private WorkflowDefinition Begun { get; }

    /// <summary>Steps that came and went with the newest edit, often by themselves, until something else is looked at; null where none did.</summary>
    public (IReadOnlyList<ActivityDefinition> Come, IReadOnlyList<ActivityDefinition> Gone)? Followed { get; private set; }

    public bool CanUndo => past.Count > 0;

    public bool CanRedo => future.Count > 0;

    public ActivityDefinition? Step => Current.Definition.Root.Flowchart.Activities.FirstOrDefault(step => step.Id == Chosen);

    public void Choose(string? step)
    {
        Followed = step == Chosen ? Followed : null;
        Chosen = step;
        Changed?.Invoke(DesignChange.Looked);
    }

    /// <summary>The place within the step that a finding led to, until its field has been shown.</summary>
    public string? Sought { get; private set; }

    /// <summary>Goes to where a finding is: its step, and the field there.</summary>
    public void Seek(Problem problem)
    {
        Sought = PlaceOf(problem, problem.ActivityId ?? Programme) ?? "";
        Choose(problem.ActivityId is null && Sought.Length > 0 ? Programme : problem.ActivityId ?? Chosen);
    }

    /// <summary>What to bring into sight; asked once.</summary>
    public string? TakeSought()
    {
        var sought = Sought;
        Sought = null;
        return sought;
    }

    /// <summary>What was found at a place of the chosen step or below it; for the empty place, what no field of the step shows.</summary>
    public IReadOnlyList<Problem> FoundAt(string place, bool isAlone = false)
        => [.. Problems.Where(problem => (problem.ActivityId ?? Programme) == Chosen && PlaceOf(problem, Chosen) is var at && (place.Length == 0 ? at is null : at == place || (!isAlone && at is not null && at.StartsWith(place + "/", StringComparison.Ordinal))))];

    // Null where no input that is edited beside the step stands there.
    private string? PlaceOf(Problem problem, string? step)
    {
        if (step == Programme)
        {
            return problem.Pointer.StartsWith(OfProgramme, StringComparison.Ordinal) ? problem.Pointer[OfProgramme.Length..] : null;
        }

        if (Current.Definition.Root.Flowchart.Activities.FirstOrDefault(activity => activity.Id == step) is not { } found || !problem.Pointer.StartsWith(found.Pointer + "/", StringComparison.Ordinal))
        {
            return null;
        }

        var place = problem.Pointer[found.Pointer.Length..];
        var input = place.Split('/')[1];
        return ActivityCatalogue.Standard.Find(found.Type)?.Descriptor.Inputs.Any(known => known.JsonName == input && !known.IsWrapped) == true ? place : null;
    }

    public void Reckon(long exampleCost)
    {
        ExampleCost = exampleCost;
        Changed?.Invoke(DesignChange.Looked);
    }

    /// <summary>Takes over an edit; what was undone before is gone.</summary>
    public void Apply(Design next)
    {
        past.Push(Now);
        future.Clear();
        Become(next);
    }

    /// <summary>
    /// Takes in what somebody else saved. It cannot be undone here: undo and redo take back and give again what was edited on this page,
    /// and leave the other's work as it is.
    /// </summary>
    /// <param name="before">What both began with.</param>
    /// <param name="theirs">What the other one saved.</param>
    /// <param name="joined">Both people's work.</param>
    public void TakeIn(Design before, Design theirs, Design joined)
    {
        takenIn.Add((before, theirs));
        Become(joined);
    }

    public void Undo()
    {
        if (past.TryPop(out var before))
        {
            future.Push(Now);
            Become(WithTakenIn(before));
        }
    }

    public void Redo()
    {
        if (future.TryPop(out var after))
        {
            past.Push(Now);
            Become(WithTakenIn(after));
        }
    }

    /// <summary>Whether the programme may name a region, or a municipality of it: codes hold for a time.</summary>
    public bool MayName(string place) => Outline.Year is not { } year || Regions.Find(place[..2]) is not { } region || region.HoldsIn(year);

    /// <summary>The codes that a fact can have in this programme, with their names; empty where anything may be written.</summary>
    public IReadOnlyList<(string Code, Words Name)> ChoicesOf(string field) => field switch
    {
        "requestedTier" => Tiers,
        // What a firm had elsewhere may be of a tier that this programme has not.
        "award.tier" or "firm.completedTiers" or "firm.tiersThisYear" => [.. Tiers.Concat(FactNames.ChoicesOf(field)).DistinctBy(tier => tier.Code)],
        "documents" => Rows("Grant.ApplicationStage", "documents", "code"),
        "leadFirm.tenant" => LeadFirms,
        "facility.region" or "facility.municipality" => [.. FactNames.ChoicesOf(field).Where(place => MayName(place.Code))],
        _ => FactNames.ChoicesOf(field),
    };

    /// <summary>What people call a code of a fact; null where nobody named it.</summary>
    public Words? NameOf(string field, string code) => ChoicesOf(field).Where(choice => choice.Code == code).Select(choice => (Words?)choice.Name).FirstOrDefault();

    private List<(string Code, Words Name)> Tiers => Rows("Grant.ChooseTier", "tiers", "tier");

    // As they are written: a table with an unfinished condition cannot be read as a whole, and what it offers must not vanish for that.
    private List<(string Code, Words Name)> Rows(string type, string input, string key)
    {
        if (!ReferenceEquals(rowsOf, Current.Definition))
        {
            (rowsOf, rows) = (Current.Definition, []);
        }

        if (!rows.TryGetValue(input, out var known))
        {
            rows[input] = known = [.. Current.Definition.Root.Flowchart.Activities.Where(step => step.Type == type && step.Property(input) is { ValueKind: JsonValueKind.Array })
                .SelectMany(step => step.Property(input)!.Value.EnumerateArray())
                .Where(row => row.ValueKind == JsonValueKind.Object)
                .Select(row => (Code: Text(row, key) ?? "", Name: new Words(Text(row, "ko") ?? Text(row, key) ?? "", Text(row, "en") ?? Text(row, key) ?? "")))
                .Where(row => row.Code.Length > 0).DistinctBy(row => row.Code)];
        }

        return known;

        static string? Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
    }

    /// <summary>The rows of a table of the chosen step, to be changed and given back to <see cref="SetInput"/>.</summary>
    public JsonArray Rows(string input) => Step?.Property(input) is { ValueKind: JsonValueKind.Array } written ? JsonArray.Create(written)!.DeepClone().AsArray() : [];

    /// <summary>Changes an input of the chosen step.</summary>
    public void SetInput(string input, JsonNode? value)
    {
        if (Chosen is { } step)
        {
            Apply(Current.SetInput(step, input, value));
        }
    }

    /// <summary>Lets the findings catch up with the design: reckoned beside the circuit, which goes on to answer.</summary>
    public async Task SettleAsync()
    {
        if (isSettling)
        {
            return;
        }

        isSettling = true;
        try
        {
            while (!ReferenceEquals(Settled, Current))
            {
                var design = Current;
                findings = await Task.Run(() => DesignFindings.Of(Published ?? Begun, design.Definition, Context));
                Settled = design;
                Changed?.Invoke(DesignChange.Settled);
            }
        }
        finally
        {
            isSettling = false;
        }
    }

    private Moment Now => new(Current, takenIn.Count);

    private Design WithTakenIn(Moment moment)
        => takenIn.Skip(moment.TakenIn).Aggregate(moment.Design, (design, work) => DraftMerge.InFavourOfTheirs(work.Before, design, work.Theirs));

    private void Become(Design design)
    {
        var (before, after) = (Current.Definition.Root.Flowchart.Activities, design.Definition.Root.Flowchart.Activities);
        List<ActivityDefinition> come = [.. after.ExceptBy(before.Select(step => step.Id), step => step.Id)];
        List<ActivityDefinition> gone = [.. before.ExceptBy(after.Select(step => step.Id), step => step.Id)];
        Followed = come.Count + gone.Count > 0 ? (come, gone) : null;
        Current = design;
        ChooseSome();
        Changed?.Invoke(DesignChange.Edited);
    }

    private void ChooseSome()
    {
        if (Step is null && Chosen != Programme)
        {
            Chosen = Current.Definition.Root.Flowchart.Activities is [var first, ..] ? first.Id : null;
        }
    }

    /// <summary>A design that was, and how much of others' work it knew.</summary>
    private readonly record struct Moment(Design Design, int TakenIn);
}
