using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using SaaS.Domain.Money;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Programmes;
using SaaS.Web.Flows;
using SaaS.Web.Kit;
using SaaS.Workflows;
using SaaS.Workflows.Programmes;

namespace SaaS.Web.Pages.Public;

/// <summary>A call's page, made from its definition alone: what a tenant changes there is changed here.</summary>
public sealed partial class CallPage(PlaneDb planes, PublicCalls calls, CompiledDefinitions definitions, ProgrammeFlow flows, ReadAnnouncement announcements, IClock clock, NavigationManager navigation)
{
    private readonly FormErrors costErrors = new();
    private CallSummary? call;
    private Call? instead;
    private ProgrammeOutline? outline;
    private ReadAnnouncement.Announcement? announcement;
    private FlowGraph flow = new([], []);
    private TierOutline? chosen;
    private CostSplit? split;
    private string typed = "";
    private Instant now;

    [Parameter]
    public Guid Id { get; set; }

    [SupplyParameterFromQuery]
    public string? Tier { get; set; }

    [SupplyParameterFromQuery]
    public string? Cost { get; set; }

    [CascadingParameter]
    public required HttpContext Context { get; set; }

    protected override async Task OnInitializedAsync()
    {
        now = clock.GetCurrentInstant();
        call = (await calls.ReadAsync(Context.RequestAborted)).FirstOrDefault(call => call.Id == Id);
        if (call is null)
        {
            navigation.NotFound();
            return;
        }

        await using var db = planes.Open(new PlaneContext(Plane.Public));
        var row = await db.Set<Call>().AsNoTracking().SingleAsync(row => row.Id == Id, Context.RequestAborted);
        var workflow = await definitions.GetAsync(db, row.DefinitionVersionId, Context.RequestAborted);
        instead = row.Status != CallStatus.Cancelled ? null : await db.Set<Call>().AsNoTracking()
            .Where(other => other.TenantId == row.TenantId && other.ProgrammeId == row.ProgrammeId && other.Status == CallStatus.Announced && other.ClosesAt > now)
            .OrderByDescending(other => other.OpensAt).FirstOrDefaultAsync(Context.RequestAborted);
        outline = ProgrammeOutline.Read(workflow);
        announcement = await announcements.RunAsync(Id, Context.RequestAborted);
        flow = flows.Of(workflow.Definition, CaseHistory.None);
        Reckon();
    }

    private void Reckon()
    {
        chosen = outline!.Tier(Tier) ?? (outline.Tiers is [var first, ..] ? first : null);
        if (chosen is null)
        {
            return;
        }

        typed = Cost ?? WonText.Figures(chosen.ExampleCost.Amount);
        if (!WonInput.TryRead(typed, "cost", costErrors, out var cost))
        {
            return;
        }

        split = chosen.Split(new Won(cost ?? chosen.ExampleCost.Amount));
    }

    private ShareLine Line(FunderPart part)
    {
        var note = part.Capped > Won.Zero ? T["share.capped", WonText.Full(part.Capped.Amount)].Value
            : part.TakenOver > Won.Zero ? T["share.taken-over", WonText.Full(part.TakenOver.Amount)].Value
            : null;
        return new ShareLine(part.Funder.ToString(), part.Amount.Amount, part.BasisPoints, null, note);
    }

    // What the applicant waits for: all public and lead money together, tranche by tranche.
    private IEnumerable<long> PublicPayments(TierOutline tier)
    {
        var plans = split!.Parts.Where(part => part.Funder != Funder.Firm).Select(part => tier.Payments(part.Amount)).ToList();
        return Enumerable.Range(0, tier.Tranches.Count).Select(index => plans.Sum(plan => plan[index].Amount));
    }

    private static string Say(Words words) => Language.Of(words.Ko, words.En);
}
