using System.Diagnostics;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Localization;
using NodaTime;
using SaaS.Domain.Codes;
using SaaS.Domain.Money;
using SaaS.Platform.Programmes;
using SaaS.Platform.Time;
using SaaS.Web.Kit;
using SaaS.Web.Texts;
using SaaS.Workflows.Checking;
using SaaS.Workflows.Designing;
using SaaS.Workflows.Simulation;

namespace SaaS.Web.Designer.Simulating;

/// <summary>Runs the draft, and the published version beside it, over many firms. It reckons off the circuit, which goes on to answer.</summary>
public sealed partial class SimulatePane
{
    private readonly SimulationRequest request = new();
    private ReadSimulationGround.Ground? ground;
    private FirmFileUpload? file;
    private bool isReading;
    private CancellationTokenSource? cancel;
    private SimulationMeter? meter;
    private long total = 1;
    private string? status;
    private string? wrong;
    private FirmFileException? unreadable;
    private SimulationResult? result;
    private Design? ranWith;

    [Parameter, EditorRequired]
    public required DraftAuthor Author { get; set; }

    [Parameter, EditorRequired]
    public Guid ProgrammeId { get; set; }

    /// <summary>Asked for when the design has to be mended first; with the step, where one is known.</summary>
    [Parameter]
    public EventCallback<string?> OnMend { get; set; }

    [Inject]
    public required ReadSimulationGround ReadGround { get; set; }

    [Inject]
    public required ReadEarlierApplicants ReadApplicants { get; set; }

    [Inject]
    public required CompileDraft Compile { get; set; }

    [Inject]
    public required IClock Clock { get; set; }

    [Inject]
    public required IStringLocalizer<SimulationTexts> W { get; set; }

    private bool IsRunning => cancel is not null;

    private Task known = Task.CompletedTask;

    private int Errors => Session.Problems.Count(problem => problem.Severity == Severity.Error);

    private string? FirstWrong => Session.Problems.FirstOrDefault(problem => problem.Severity == Severity.Error)?.ActivityId;

    private int Runs => Session.Published is null ? 1 : 2;

    private LocalDate Today => Clock.GetCurrentInstant().InZone(Seoul.Zone).Date;

    private IEnumerable<Funder> Funders => SimulationRequest.Budgeted.Where(funder =>
        request.Budgets.ContainsKey(funder) || Session.Outline.Tiers.Any(tier => tier.Shares?.Of(funder) is not null));

    protected override bool Heeds(DesignChange change) => change == DesignChange.Settled;

    protected override Task OnInitializedAsync() => known = KnowAsync();

    private async Task KnowAsync()
    {
        if ((await ReadGround.RunAsync(Author, ProgrammeId, CancellationToken.None)).IsDone(out var found))
        {
            ground = found;
            request.CallId = found.Calls is [var newest, ..] ? newest.Id : null;
            foreach (var funder in found.Budgets.GroupBy(budget => budget.Funder))
            {
                request.Budgets[funder.Key] = funder.Sum(budget => budget.Won);
            }
        }

        var wanted = ground?.Region is { } own && Regions.Find(own)?.HoldsOn(Today) == true ? own : "41";
        var taken = Session.Outline.PlaceFor(wanted, ground?.Municipality ?? "").Region;
        request.Region = Regions.Find(taken)?.HoldsOn(Today) == true ? taken : wanted;
    }

    protected override void Leave() => cancel?.Cancel();

    private void Stop() => cancel?.Cancel();

    private void SetBudget(Funder funder, string? typed)
    {
        wrong = null;
        if (!WonInput.TryRead(typed, "", new FormErrors(), out var won) || won < 0)
        {
            wrong = W["budget.wrong", S["funder." + funder].Value];
        }
        else if (won is { } amount)
        {
            request.Budgets[funder] = amount;
        }
        else
        {
            request.Budgets.Remove(funder);
        }
    }

    private async Task LoadAsync(InputFileChangeEventArgs chosen)
    {
        (wrong, unreadable, file) = (null, null, null);
        if (chosen.File.Size > FirmFileUpload.MostBytes)
        {
            wrong = W["file.too-large"];
            return;
        }

        isReading = true;
        StateHasChanged();
        file = await FirmFileUpload.ReadAsync(chosen.File, CancellationToken.None);
        isReading = false;
    }

    private async Task RunAsync()
    {
        if (IsRunning || isReading || Errors > 0)
        {
            return;
        }

        // Whoever is quicker than the database would get the firms of another region.
        await known;
        (wrong, unreadable) = (null, null);
        using var stop = new CancellationTokenSource();
        (cancel, total, status) = (stop, 1, W["running"]);
        meter = new SimulationMeter(() => _ = InvokeAsync(StateHasChanged));
        try
        {
            var began = Stopwatch.GetTimestamp();
            var design = Session.Current;
            if (await ChooseFirmsAsync(stop.Token) is not { } firms)
            {
                status = null;
                return;
            }

            total = Math.Max(1, firms.Count * Runs);
            var draft = await Compile.RunAsync(Author, design.Definition, stop.Token);
            var published = Session.Published is { } before ? await Compile.RunAsync(Author, before, stop.Token) : null;
            var (policy, now, outline) = (request.Policy, Clock.GetCurrentInstant(), Session.Outline);
            var run = await Task.Run(() => VersionSimulation.Run(draft, published, policy, now, firms.Source, SimulationPace.BesideOthers(meter), stop.Token), stop.Token);
            ranWith = design;
            result = new SimulationResult
            {
                Run = run,
                Outline = outline,
                Who = firms.Who,
                Took = Stopwatch.GetElapsedTime(began),
                Names = firms.Names,
                Budgets = new Dictionary<Funder, long>(request.Budgets),
                MunicipalBudgets = ground?.Budgets.Where(budget => budget.Municipality is not null).ToDictionary(budget => budget.Municipality!, budget => budget.Won) ?? [],
            };
            status = null;
        }
        catch (OperationCanceledException)
        {
            status = W["cancelled"];
        }
        catch (FirmFileException exception)
        {
            (unreadable, status, result) = (exception, null, null);
        }
        finally
        {
            (cancel, meter) = (null, null);
        }
    }

    private async Task<Firms?> ChooseFirmsAsync(CancellationToken cancellationToken)
    {
        switch (request.From)
        {
            case FirmsFrom.Region:
                return await Task.Run(MakeRegion, cancellationToken);
            case FirmsFrom.File when file is not null:
                return new Firms(FirmSource.Of(file.Text, file.Format), file.Firms, file.Name, NoNames);
            case FirmsFrom.File:
                wrong = W["file.none"];
                return null;
        }

        if (request.CallId is not { } call || !(await ReadApplicants.RunAsync(Author, call, cancellationToken)).IsDone(out var applicants))
        {
            wrong = W["applicants.none"];
            return null;
        }

        var chosen = ground!.Calls.First(each => each.Id == call);
        return new Firms(FirmSource.Of(applicants.Jsonl, FirmFormat.Jsonl), chosen.Applications, W["applicants.who", Language.Of(chosen.Ko, chosen.En)], applicants.Names);
    }

    private Firms MakeRegion()
    {
        var region = new SyntheticRegion(
            request.Region,
            ground?.Municipality is { } own && own.StartsWith(request.Region, StringComparison.Ordinal)
                ? [own]
                : [.. Municipalities.All.Where(place => place.Region == request.Region).Select(place => place.Code)],
            request.Sector.Length == 0 ? null : request.Sector,
            [.. Session.Outline.Tiers.Select(tier => tier.Tier)],
            WithLeadFirm: Session.Outline.Model == "WinWin" || Session.Outline.Asks("leadFirm.tenant") || Session.Outline.Tiers.Any(tier => tier.Shares?.Of(Funder.LeadFirm) is not null),
            WithAward: Session.Outline.Model == "TopUp" || Session.Outline.Asks("award"),
            Documents: [.. Session.Outline.Documents.Select(document => document.Code)]);
        var place = Regions.Find(request.Region)!;
        return new Firms(
            FirmSource.Of(SyntheticFirms.Write(region, request.Size), FirmFormat.Csv), request.Size, W["region.who", Language.Of(place.Ko, place.En)], NoNames);
    }

    private static readonly Dictionary<string, (string Ko, string En)> NoNames = [];

    private sealed record Firms(FirmSource Source, long Count, string Who, IReadOnlyDictionary<string, (string Ko, string En)> Names);
}
