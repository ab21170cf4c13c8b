using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using SaaS.Domain.Codes;
using SaaS.Platform.Data;
using SaaS.Platform.Firms;
using SaaS.Platform.Identity;
using SaaS.Platform.Organisations;
using SaaS.Platform.Refusals;
using SaaS.Web.Kit;

namespace SaaS.Web.Pages.Company;

/// <summary>The facts of a firm on which eligibility is decided, and its factories.</summary>
public sealed partial class FirmPage(GrantsDb db, CurrentActor actor, UpdateFirm update, AddFacility addition, NavigationManager navigation)
{
    private readonly FormErrors errors = new();
    private Organisation? organisation;
    private Firm? firm;
    private List<Facility> facilities = [];

    [CascadingParameter]
    public required HttpContext Context { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var stop = Context.RequestAborted;
        organisation = await db.Organisations.AsNoTracking().SingleOrDefaultAsync(organisation => organisation.Id == actor.OrganisationId, stop);
        firm = await db.Firms.AsNoTracking().SingleOrDefaultAsync(firm => firm.OrganisationId == actor.OrganisationId, stop);
        facilities = await db.Facilities.AsNoTracking().Where(facility => facility.FirmId == actor.OrganisationId).OrderBy(facility => facility.Name).ToListAsync(stop);
        if (firm is null)
        {
            navigation.NotFound();
        }
    }

    private async Task SaveAsync()
    {
        var typed = Typed("employees", null);
        int? employees = null;
        if (typed.Length > 0)
        {
            if (int.TryParse(typed.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            {
                employees = number;
            }
            else
            {
                errors.Add("employees", "상시근로자 수는 숫자로 입력하세요.", "Write the number of employees in digits.");
            }
        }

        WonInput.TryRead(Typed("revenue", null), "revenue", errors, out var revenue);
        WonInput.TryRead(Typed("averageSales", null), "averageSales", errors, out var averageSales);
        WonInput.TryRead(Typed("assets", null), "assets", errors, out var assets);
        bool? independent = bool.TryParse(Typed("independent", null), out var answer) ? answer : null;
        if (errors.Any)
        {
            Context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return;
        }

        Finish(await update.RunAsync(new UpdateFirm.Request(employees, revenue, averageSales, assets, independent, Typed("ksic", null)), Context.RequestAborted));
    }

    private async Task AddAsync() => Finish(await addition.RunAsync(
        new AddFacility.Request(Typed("name", null), Typed("municipalityCode", null), Typed("address", null)), Context.RequestAborted));

    private void Finish<T>(Outcome<T> outcome)
    {
        if (outcome.IsDone(out _))
        {
            navigation.NavigateTo("/company/firm?done=1");
            return;
        }

        errors.Add(outcome.WhyNot, where => where);
        Context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
    }

    private static IEnumerable<Choice> SectorChoices => Sectors.All.Select(sector => new Choice(sector.Code, $"{sector.Code} {Language.Of(sector.Ko, sector.En)}"));

    private string Typed(string name, string? stored) =>
        Context.Request.HasFormContentType && Context.Request.Form.TryGetValue(name, out var value) ? value.ToString().Trim() : stored ?? "";

    private static string Place(string code) => Municipalities.Find(code) is { } place ? Language.Of(place.FullKo, place.FullEn) : code;
}
