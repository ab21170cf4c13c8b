using System.Text.Json.Nodes;

namespace SaaS.Platform.Onboarding;

/// <summary>A tenant's <c>tenant.json</c>, as written; every member may be missing and is checked afterwards.</summary>
internal sealed record TenantFile(
    string? Id, string? Kind, string? Ko, string? En, string? Region, string? Municipality,
    BodyFile? Organisation, IReadOnlyList<PersonFile>? People, IReadOnlyList<CallFile>? Calls, JsonObject? Settings = null)
{
    public TenantDescription Description => new(Id, Kind, Ko, En, Region, Municipality, Organisation?.BusinessNumber, Organisation?.Ko, Organisation?.En, Settings);
}

/// <summary>The body that runs the tenant.</summary>
internal sealed record BodyFile(string? BusinessNumber, string? Ko, string? En);

/// <summary>Somebody who signs in.</summary>
internal sealed record PersonFile(string? User, string? Ko, string? En, string? Role);

/// <summary>A call of the tenant with its budgets. Times are Seoul time without zone.</summary>
internal sealed record CallFile(
    string? Programme, string? Number, string? Ko, string? En, string? OpensAt, string? ClosesAt, int? BudgetYear,
    IReadOnlyList<BudgetFile>? Budgets, IReadOnlyList<NationalGrantFile>? NationalGrants);

/// <summary>What one funder has set aside for a call.</summary>
internal sealed record BudgetFile(string? Tier, string? Funder, string? Organisation, long? Appropriated);

/// <summary>National money asked of KOSMO for a tier, and what the national budget gave already.</summary>
internal sealed record NationalGrantFile(string? Tier, long? Asked, long? Granted);

/// <summary>The national operator's <c>registry.json</c>: bodies that are no tenants.</summary>
internal sealed record RegistryFile(IReadOnlyList<RegisteredFile>? Organisations);

/// <summary>One registered body.</summary>
internal sealed record RegisteredFile(
    string? Key, string? Kind, string? Ko, string? En, string? BusinessNumber, string? Region, string? Municipality,
    IReadOnlyList<PersonFile>? People, FirmFile? Firm, IReadOnlyList<FacilityFile>? Facilities, SupplierFile? Supplier);

/// <summary>What is known about a firm; what is not known is null.</summary>
internal sealed record FirmFile(
    int? Employees, long? Revenue, long? AverageSales, long? Assets, bool? Independent, string? Ksic, int? Level, bool? TaxArrears, bool? Banned);

/// <summary>A firm's factory.</summary>
internal sealed record FacilityFile(string? Name, string? Region, string? Municipality, string? Address);

/// <summary>A supplier's entry in the register.</summary>
internal sealed record SupplierFile(string? Status, string? Grade);
