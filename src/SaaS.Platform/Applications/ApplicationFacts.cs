using NodaTime;
using NodaTime.Text;
using SaaS.Domain.Money;
using SaaS.Platform.Organisations;
using SaaS.Platform.Time;
using SaaS.Workflows.Values;

namespace SaaS.Platform.Applications;

/// <summary>
/// The workflow's input <c>Application</c>: the facts as they are at submission. What is not known is null, never 0; a party that takes no
/// part is known, and has empty texts: a rule that asks for one then refuses in its own words.
/// </summary>
internal static class ApplicationFacts
{
    public static Value Of(Applicant applicant, ApplicationRequest request, string? receiptNumber, Instant submittedAt)
    {
        var facility = applicant.Facility ?? throw new InvalidOperationException("Facts are made for a facility.");
        var today = submittedAt.InZone(Seoul.Zone).Date;
        return Value.Object(
        [
            ("receiptNumber", receiptNumber),
            ("submittedAt", InstantPattern.ExtendedIso.Format(submittedAt)),
            ("totalCost", request.TotalCost),
            ("requestedTier", string.IsNullOrWhiteSpace(request.RequestedTier) ? Value.Null : request.RequestedTier),
            ("solution", request.Solution),
            ("equipment", Value.From(request.Equipment)),
            ("firmInKind", request.FirmInKind),
            ("firm", Firm(applicant, today)),
            ("facility", Value.Object(
                ("id", facility.Id.ToString()),
                ("name", facility.Name),
                ("region", facility.RegionCode),
                ("municipality", facility.MunicipalityCode))),
            ("supplier", Supplier(applicant)),
            ("leadFirm", applicant.LeadFirm is { } lead
                ? Value.Object(("id", lead.Id.ToString()), ("tenant", lead.TenantId))
                : Value.Object(("id", ""), ("tenant", ""))),
            ("documents", Value.From(request.Documents)),
            .. applicant.Awards is { } awards ? [("award", awards.ToppedUp(today))] : Array.Empty<(string, Value)>(),
        ]);
    }

    private static Value Firm(Applicant applicant, LocalDate today)
    {
        var firm = applicant.Firm;
        return Value.Object(
        [
            ("id", firm.OrganisationId.ToString()),
            ("businessNumber", applicant.Organisation.BusinessNumber),
            ("ko", applicant.Organisation.Ko),
            ("employees", Number(firm.Employees)),
            ("revenue", Number(firm.Revenue)),
            ("averageSales", Number(firm.AverageSales)),
            ("assets", Number(firm.Assets)),
            ("independent", firm.Independent is { } independent ? Value.From(independent) : Value.Null),
            ("ksic", firm.Ksic),
            ("level", firm.Level),
            ("taxArrears", firm.TaxArrears),
            ("banned", firm.Banned),
            ("completedTiers", Value.From(applicant.CompletedTiers)),
            .. applicant.Awards?.OfFirm(today) ?? [],
        ]);
    }

    private static Value Supplier(Applicant applicant) => applicant.SupplierOrganisation is { } supplier
        ? Value.Object(
            ("id", supplier.Id.ToString()),
            ("businessNumber", supplier.BusinessNumber),
            ("ko", supplier.Ko),
            ("registered", applicant.Supplier?.Status == SupplierStatus.Registered))
        : Value.Object(("id", ""));

    private static Value Number(int? number) => number is { } known ? Value.From(known) : Value.Null;

    private static Value Number(Won? won) => won is { } known ? Value.From(known.Amount) : Value.Null;
}
