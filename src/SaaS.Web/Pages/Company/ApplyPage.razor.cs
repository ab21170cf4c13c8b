using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using SaaS.Platform.Applications;
using SaaS.Platform.Calls;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;
using SaaS.Platform.Organisations;
using SaaS.Platform.Programmes;
using SaaS.Platform.Refusals;
using SaaS.Web.Kit;
using SaaS.Workflows.Definitions;
using SaaS.Workflows.Programmes;

namespace SaaS.Web.Pages.Company;

/// <summary>One long form with the money beside it. Whatever is wrong comes back with everything that was typed.</summary>
public sealed partial class ApplyPage(
    GrantsDb db, CurrentActor actor, SubmitApplication submission, PreviewApplication previewer, KeepApplicationDraft keeper, ConfirmTerms confirmation, ReadAnnouncement announcements,
    ReadCancelledForm cancelledForms, NavigationManager navigation)
{
    private readonly FormErrors errors = new();
    private Call? call;
    private ApplyForm form = ApplyForm.For(null);
    private PreviewApplication.Preview? preview;
    private List<Choice> facilities = [];
    private IReadOnlyList<Choice> tiers = [];
    private IReadOnlyList<Choice> documents = [];
    private bool asksInKind;
    private bool demandsSupplier;
    private bool demandsEquipment;
    private bool topsUp;
    private bool isTakenOver;

    // Where whoever pressed a button goes on.
    private int? firstAdded;
    private bool isAskedFor;
    private List<(string Name, string Number)> suppliers = [];
    private ApplicationDraft? draft;
    private List<ReadAnnouncement.Notice> changes = [];

    [Parameter]
    public Guid CallId { get; set; }

    [CascadingParameter]
    public required HttpContext Context { get; set; }

    /// <summary>The firm began under terms that no longer hold, and has not said yes to the new ones.</summary>
    private bool IsLocked => draft is not null && draft.DefinitionVersionId != call!.DefinitionVersionId;

    private IEnumerable<Choice> TierChoices => tiers.Prepend(new Choice("", T["apply.tier.any"]));

    protected override async Task OnInitializedAsync()
    {
        var stop = Context.RequestAborted;
        call = await db.Set<Call>().AsNoTracking().SingleOrDefaultAsync(call => call.Id == CallId, stop);
        var version = call is null ? null : await db.Set<DefinitionVersion>().AsNoTracking().SingleOrDefaultAsync(version => version.Id == call.DefinitionVersionId, stop);
        if (call is null || version is null)
        {
            navigation.NotFound();
            return;
        }

        var definition = WorkflowDefinition.Parse(version.Json).Required;
        tiers = CallChoices.Tiers(definition);
        documents = CallChoices.Documents(definition);
        asksInKind = CallChoices.AsksInKind(definition);
        demandsSupplier = CallChoices.Demands(definition, "supplier.id", "supplier.registered");
        demandsEquipment = CallChoices.Demands(definition, "equipment");
        topsUp = ProgrammeOutline.TopsUp(definition);
        facilities = await db.Facilities.AsNoTracking().Where(facility => facility.FirmId == actor.OrganisationId).OrderBy(facility => facility.Name)
            .Select(facility => new Choice(facility.Id.ToString(), facility.Name + " (" + facility.Address + ")", null)).ToListAsync(stop);
        suppliers = [.. (await (
            from entry in db.Suppliers.AsNoTracking()
            join organisation in db.Organisations on entry.OrganisationId equals organisation.Id
            where entry.Status == SupplierStatus.Registered && organisation.BusinessNumber != null
            orderby organisation.Ko
            select new { organisation.Ko, organisation.En, organisation.BusinessNumber }).Take(200).ToListAsync(stop))
            .Select(row => (Language.Of(row.Ko, row.En), BusinessNumberText.Of(row.BusinessNumber!)))];
        draft = await db.Set<ApplicationDraft>().AsNoTracking().SingleOrDefaultAsync(row => row.CallId == CallId && row.FirmId == actor.OrganisationId, stop);
        form = Context.Request.HasFormContentType && Context.Request.Form.ContainsKey("title")
            ? ApplyForm.Read(await Context.Request.ReadFormAsync(stop))
            : draft is not null ? ApplyForm.Kept(draft.Fields)
            : await cancelledForms.RunAsync(call, actor.OrganisationId, stop) is { } before ? TakeOver(before)
            : ApplyForm.For(facilities is [var only] ? Guid.Parse(only.Value) : null);
        if (IsLocked)
        {
            changes = [.. (await announcements.RunAsync(CallId, stop)).Notices.Where(notice => notice.At > draft!.SavedAt)];
            await TryAsync(form.ToRequest(new FormErrors()));
        }
    }

    private ApplyForm TakeOver(ApplyForm before)
    {
        isTakenOver = true;
        return before;
    }

    private async Task ConfirmAsync()
    {
        var seen = Guid.TryParse(Context.Request.Form["version"], out var version) ? version : Guid.Empty;
        var outcome = await confirmation.RunAsync(CallId, seen, Context.RequestAborted);
        if (outcome.IsDone(out _))
        {
            navigation.NavigateTo($"/company/calls/{CallId}/apply");
            return;
        }

        errors.Add(outcome.WhyNot, _ => null);
        Context.Response.StatusCode = StatusCodes.Status409Conflict;
    }

    private async Task KeepAsync()
    {
        var outcome = await keeper.RunAsync(CallId, ApplyForm.FieldsOf(Context.Request.Form), Context.RequestAborted);
        if (outcome.IsDone(out _))
        {
            navigation.NavigateTo($"/company/calls/{CallId}/apply?kept=1");
            return;
        }

        Say(outcome.WhyNot);
        Context.Response.StatusCode = StatusCodes.Status409Conflict;
    }

    private async Task TryAsync(ApplicationRequest request)
    {
        var tried = await previewer.RunAsync(CallId, request, Context.RequestAborted);
        preview = tried.IsDone(out var value) ? value : null;
    }

    private async Task SubmitAsync()
    {
        var action = Context.Request.Form["action"].ToString();
        if (action == "add-line")
        {
            firstAdded = form.Lines.Count;
            form.AddLines(3);
            return;
        }

        if (action == "keep" || IsLocked)
        {
            await KeepAsync();
            return;
        }

        var request = form.ToRequest(errors);
        if (action == "submit" && !errors.Any)
        {
            var outcome = await submission.RunAsync(CallId, request, form.Key, Context.RequestAborted);
            if (outcome.IsDone(out var receipt))
            {
                navigation.NavigateTo($"/company/applications/{receipt.ApplicationId}/receipt");
                return;
            }

            Say(outcome.WhyNot);
        }

        await TryAsync(request);
        isAskedFor = action == "preview";
        if (action == "submit" && preview is not null)
        {
            // Number problems were found here, the rest by the rules: both at once.
            Say(preview.Reasons.Where(reason => errors.All.All(error => error.Where != form.FieldOf(reason.Where ?? ""))));
        }

        errors.Order(ApplyFields.PlaceOf);
        if (errors.Any)
        {
            Context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        }
    }

    private void Say(IEnumerable<Refusal> reasons) => errors.Add(reasons, where => form.FieldOf(where) is var field && ApplyFields.Has(field) ? field : null);
}
