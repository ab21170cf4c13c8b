using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using SaaS.Domain.Codes;
using SaaS.Domain.Money;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Programmes;
using SaaS.Web.Kit;
using SaaS.Workflows;
using SaaS.Workflows.Programmes;
using SaaS.Workflows.Templates;

namespace SaaS.Web.Pages.Tenant;

/// <summary>A new programme: what to begin with, then four questions.</summary>
public sealed partial class StartPage
{
    private readonly FormErrors errors = new();
    private List<(string Title, string Id, IReadOnlyList<Source> Sources)> groups = [];
    private StartFields fields = StartFields.Empty;
    private ProgrammeOutline? template;
    private string? ownPlace;
    private DraftAuthor? author;

    [Parameter]
    public required string Tenant { get; set; }

    [SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    [CascadingParameter]
    public required HttpContext Context { get; set; }

    [Inject]
    public required GrantsDb Db { get; set; }

    [Inject]
    public required CurrentActor Actor { get; set; }

    [Inject]
    public required StartProgramme Start { get; set; }

    [Inject]
    public required ShareTemplate Templates { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

    protected override async Task OnInitializedAsync()
    {
        author = DraftAuthor.Of(Actor);
        var own = await Db.Set<Programme>().AsNoTracking().OrderBy(programme => programme.Slug).ToListAsync(Context.RequestAborted);
        if (await StartProgramme.FindAsync(Db, From ?? "", Context.RequestAborted) is { } definition)
        {
            template = ProgrammeOutline.Read(definition);
            var tenant = await Db.Tenants.AsNoTracking().SingleOrDefaultAsync(tenant => tenant.Id == Tenant, Context.RequestAborted);
            ownPlace = tenant is null ? null : StartProgramme.PlaceOf(tenant);
            fields = Context.Request.HasFormContentType ? StartFields.Posted(await Context.Request.ReadFormAsync(Context.RequestAborted)) : StartFields.Of(template, ownPlace);
            return;
        }

        groups =
        [
            (D["start.templates"], "templates", Sources(ProgrammeTemplates.All.Where(one => !one.IsAnnounced))),
            (D["start.own"], "own", [.. own.Select(programme => new Source(programme.Id.ToString(), new Words(programme.Ko, programme.En), new Words(programme.Slug, programme.Slug)))]),
            (D["start.shared"], "shared", author is null ? [] : [.. (await Templates.ListAsync(author, Context.RequestAborted)).Select(Lent)]),
            (D["start.announced"], "announced", Sources(ProgrammeTemplates.All.Where(one => one.IsAnnounced))),
        ];
    }

    // A share of something else than the cost does not count towards the hundred.
    private string UnitOf(TierOutline tier, Funder funder) => tier.Shares?.Of(funder) is { TargetBp: > 0, Base: not ShareBase.EligibleCost and var part } ? D["start.of", D["base." + part]] : "%";

    private static string PlaceName(string code) => ShareWords.Place(code) is var name ? Language.Of(name.Ko, name.En) : code;

    private IEnumerable<Region> Elsewhere => Regions.All.Where(region => region.Code != ownPlace && (!int.TryParse(fields.Of("year"), out var year) || region.HoldsIn(year)));

    private static Source Lent(ShareTemplate.Offer offer)
        => new(offer.Id.ToString(), new Words(offer.Ko, offer.En), new Words($"{offer.TenantKo} · {offer.Version}판", $"{offer.TenantEn} · version {offer.Version}"));

    private static List<Source> Sources(IEnumerable<ProgrammeTemplate> templates) => [.. templates.Select(one => new Source(one.Name, one.Title, one.Summary))];

    private async Task StartAsync()
    {
        if (author is null || template is null || fields.Read(From, template, errors) is not { } request)
        {
            return;
        }

        var outcome = await Start.RunAsync(author, request, Context.RequestAborted);
        if (outcome.IsDone(out var started))
        {
            Navigation.NavigateTo($"/t/{Tenant}/programmes/{started.ProgrammeId}/design");
        }

        errors.Add(outcome.WhyNot, field => field);
    }

    /// <summary>Something that a programme can begin with.</summary>
    private sealed record Source(string From, Words Title, Words Summary);
}
