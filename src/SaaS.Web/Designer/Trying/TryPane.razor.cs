using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Programmes;
using SaaS.Web.Flows;
using SaaS.Web.Kit;
using SaaS.Web.Texts;
using SaaS.Workflows.Activities;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Designing;
using SaaS.Workflows.Programmes;
using SaaS.Workflows.Runtime;
using SaaS.Workflows.Trying;

namespace SaaS.Web.Designer.Trying;

/// <summary>Walks one made-up firm through the design, in the memory of the circuit.</summary>
public sealed partial class TryPane
{
    private readonly TrialFirm firm = new();

    // What the programme asks for beside what every one does.
    private IReadOnlyList<(string Code, SaaS.Workflows.Words Name)> equipment = [];
    private IReadOnlyList<string> before = [];
    private IReadOnlyList<string> lists = [];
    private bool asksForSolution;
    private bool asksForAward;
    private Trial? trial;
    private Design? tried;
    private FlowGraph graph = new([], []);
    private ElementReference now;
    private bool wrong;
    private bool moved;
    private bool isReady;

    [Parameter, EditorRequired]
    public required DraftAuthor Author { get; set; }

    [Parameter, EditorRequired]
    public Guid ProgrammeId { get; set; }

    [Inject]
    public required ReadSimulationGround ReadGround { get; set; }

    [Inject]
    public required CompileDraft Compile { get; set; }

    [Inject]
    public required ProgrammeFlow Flows { get; set; }

    [Inject]
    public required StepWords Words { get; set; }

    [Inject]
    public required IClock Clock { get; set; }

    [Inject]
    public required IStringLocalizer<SimulationTexts> W { get; set; }

    protected override bool Heeds(DesignChange change) => change == DesignChange.Settled;

    protected override async Task OnInitializedAsync()
    {
        if ((await ReadGround.RunAsync(Author, ProgrammeId, CancellationToken.None)).IsDone(out var ground))
        {
            (firm.Region, firm.Municipality) = Session.Outline.PlaceFor(ground.Region ?? "", ground.Municipality ?? "");
        }

        firm.Tier = Session.Outline.Tiers is [var first, ..] ? first.Code : "";
        firm.HasLeadFirm = Session.Outline.Model == "WinWin";
        var json = Session.Current.ToJson();
        equipment = [.. Session.ChoicesOf("equipment").Where(each => json.Contains($"\"{each.Code}\"", StringComparison.Ordinal))];
        bool Asks(string fact) => json.Contains($"\"{fact}\"", StringComparison.Ordinal);
        before = [.. firm.Before.Keys.Where(fact => Asks(fact) || (fact.StartsWith("firm.grantedInTier.", StringComparison.Ordinal) && Asks("cumulativeCap") && Asks(fact[(fact.LastIndexOf('.') + 1)..])))];
        lists = [.. Lists.Keys.Where(Asks)];
        asksForSolution = Asks("solution");
        asksForAward = Session.Outline.Model == "TopUp" || ProgrammeOutline.TopsUp(Session.Current.Definition);
        if (asksForAward)
        {
            firm.BeAwarded();
        }

        firm.Documents = [.. Session.Outline.Documents.Select(document => document.Code)];
        isReady = true;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // The buttons that were pressed are gone: whoever reads or types goes on where the next ones are.
        if (moved)
        {
            moved = false;
            await now.FocusAsync();
        }
    }

    // Facts of several codes, each with the way to it in the firm.
    private static readonly Dictionary<string, (Func<TrialFirm, IReadOnlyList<string>> Read, Action<TrialFirm, IReadOnlyList<string>> Write)> Lists = new()
    {
        ["documents"] = (firm => firm.Documents, (firm, codes) => firm.Documents = codes),
        ["firm.completedTiers"] = (firm => firm.CompletedTiers, (firm, codes) => firm.CompletedTiers = codes),
        ["firm.tiersThisYear"] = (firm => firm.TiersThisYear, (firm, codes) => firm.TiersThisYear = codes),
    };

    private static IReadOnlyList<string> With(IReadOnlyList<string> codes, string code, bool isIn) => isIn ? [.. codes, code] : [.. codes.Where(each => each != code)];

    private static string Name(string field) => FactNames.Of(field) is var name ? Language.Label(Language.Of(name.Ko, name.En)) : field;

    // People and years are in the name already.
    private static string NameAndUnit(string field) => FactNames.UnitOf(field) == FactNames.Won ? Name(field) + Language.Of("(원)", " (won)") : Name(field);

    private static IReadOnlyList<string> Outcomes(ActivityDefinition step) =>
        ActivityCatalogue.Standard.Find(step.Type)?.Outcomes(step) is { Count: > 0 } outcomes ? outcomes : ["Done"];

    private async Task StartAsync()
    {
        tried = Session.Current;
        var at = Clock.GetCurrentInstant();
        Show(Trial.Start(await Compile.RunAsync(Author, tried.Definition, CancellationToken.None), firm.ToApplication(at), at));
    }

    private void Answer(string step, string outcome) => Show(trial!.Answer(step, outcome, Clock.GetCurrentInstant()));

    private void Show(Trial next)
    {
        (trial, moved) = (next, true);
        var notes = next.Moments
            .Where(moment => moment is { Event: JournalEvent.Completed, Outcome: not null })
            .Select(moment => (moment.ActivityId, Words: Step(moment.ActivityId) is { } step ? Words.Outcome(step, moment.Outcome!) : null))
            .Where(note => note.Words is not null)
            .GroupBy(note => note.ActivityId)
            .ToDictionary(group => group.Key, group => group.Last().Words!);
        graph = Flows.Of(tried!.Definition, new CaseHistory(next.Done, next.Waiting.ToHashSet(), next.IsFinished, notes));
    }

    private ActivityDefinition? Step(string id) => tried!.Definition.Root.Flowchart.Activities.FirstOrDefault(step => step.Id == id);

    private IEnumerable<string> Lines()
    {
        foreach (var moment in trial!.Moments)
        {
            if (Step(moment.ActivityId) is not { } step || (!step.Type.StartsWith("Grant.", StringComparison.Ordinal) && moment.Event != JournalEvent.Faulted))
            {
                continue;
            }

            var title = Words.Title(step);
            yield return moment.Event switch
            {
                JournalEvent.Faulted => S["journal.fault", title],
                JournalEvent.Suspended => S["journal.waits", title],
                _ => moment.Outcome is { } outcome && Words.Outcome(step, outcome) is { } word ? $"{title}: {word}" : title,
            };
        }
    }

    private RenderFragment Number(string field, long value, Action<long> set) => builder =>
    {
        builder.OpenElement(0, "label");
        builder.AddContent(1, NameAndUnit(field));
        builder.OpenElement(2, "input");
        builder.AddAttribute(3, "class", "krds-input small field-number");
        builder.AddAttribute(4, "inputmode", "numeric");
        builder.AddAttribute(5, "value", WonText.Figures(value));
        builder.AddAttribute(6, "onchange", EventCallback.Factory.Create<ChangeEventArgs>(this, change =>
        {
            wrong = !(WonWords.TryRead(change.Value as string ?? "", out var typed) || long.TryParse(change.Value as string, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out typed)) || typed < 0;
            if (!wrong)
            {
                set(typed);
            }
        }));
        builder.CloseElement();
        builder.CloseElement();
    };

    private RenderFragment Truth(string field, bool value, Action<bool> set, string? label = null) => builder =>
    {
        var id = "trial-" + field.Replace('.', '-');
        builder.OpenElement(0, "div");
        builder.AddAttribute(1, "class", "krds-form-check medium");
        builder.OpenElement(2, "input");
        builder.AddAttribute(3, "type", "checkbox");
        builder.AddAttribute(4, "id", id);
        builder.AddAttribute(5, "checked", value);
        builder.AddAttribute(6, "onchange", EventCallback.Factory.Create<ChangeEventArgs>(this, change => set(change.Value is true)));
        builder.CloseElement();
        builder.OpenElement(7, "label");
        builder.AddAttribute(8, "for", id);
        builder.AddContent(9, label ?? Name(field));
        builder.CloseElement();
        builder.CloseElement();
    };
}
