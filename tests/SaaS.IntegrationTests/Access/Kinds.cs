using Npgsql;
using SaaS.Platform.Data;
using SaaS.Platform.Identity;

namespace SaaS.IntegrationTests.Access;

/// <summary>A kind of id that stands in a path: where such ids are kept, and whose they are on which plane. Said here a second time, on purpose.</summary>
/// <param name="Table">The table.</param>
/// <param name="Column">The column that the path names.</param>
/// <param name="Rows">What belongs to a reader (<c>$1</c> organisation, <c>$2</c> user, <c>$3</c> tenant) on each plane.</param>
internal sealed record Kind(string Table, string Column, IReadOnlyDictionary<Plane, string> Rows)
{
    private const string Organisation = "$1::uuid";
    private const string Person = "$2::uuid";
    private const string Here = "tenant_id = $3::text";
    private const string MyCase = "exists (select from applications a where a.tenant_id = x.tenant_id and a.id = x.application_id and a.{0} = " + Organisation + ")";

    private static readonly Kind Application = new("applications", "id", new Dictionary<Plane, string>
    {
        [Plane.Tenant] = Here,
        [Plane.Company] = $"firm_id = {Organisation}",
        [Plane.Supplier] = $"supplier_id = {Organisation}",
        [Plane.Region] = $"centre_id = {Organisation}",
        [Plane.Oversight] = "true",
    });

    private static readonly Kind Call = new("calls", "id", new Dictionary<Plane, string>
    {
        [Plane.Public] = "status <> 'Draft'",
        [Plane.Company] = "status <> 'Draft'",
        [Plane.Tenant] = Here,
    });

    private static readonly Kind Version = new("definition_versions", "id", new Dictionary<Plane, string> { [Plane.Tenant] = Here });

    private static readonly Kind Definition = new("definition_versions", "definition_id", new Dictionary<Plane, string> { [Plane.Tenant] = Here });

    private static readonly Kind Instance = new("workflow_instances", "id", new Dictionary<Plane, string> { [Plane.Tenant] = Here, [Plane.Oversight] = "true" });

    private static string Mine(string column) => MyCase.Replace("{0}", column, StringComparison.Ordinal);

    /// <summary>By the part of the path before the parameter, and the parameter. A route that is not found here fails the sweep: add its kind.</summary>
    public static readonly IReadOnlyDictionary<string, Kind> ByPath = new Dictionary<string, Kind>(StringComparer.OrdinalIgnoreCase)
    {
        ["applications/{id}"] = Application,
        ["cases/{id}"] = Application,
        ["calls/{id}"] = Call,
        ["calls/{callId}"] = Call,
        ["shares/{id}"] = new("application_shares", "id", new Dictionary<Plane, string>
        {
            [Plane.Funder] = $"{Organisation} in (funder_organisation_id, payer_organisation_id)",
        }),
        ["payments/{id}"] = new("payment_orders", "id", new Dictionary<Plane, string> { [Plane.Funder] = $"payer_organisation_id = {Organisation}" }),
        ["reviews/{id}"] = new("evaluations", "id", new Dictionary<Plane, string> { [Plane.Assessor] = $"evaluator_id = {Person}" }),
        ["evaluations/{id}"] = new("evaluations", "id", new Dictionary<Plane, string> { [Plane.Assessor] = $"evaluator_id = {Person}" }),
        ["inspections/{id}"] = new("inspections", "id", new Dictionary<Plane, string> { [Plane.Assessor] = $"inspector_id = {Person}" }),
        ["tasks/{id}"] = new("tasks", "id", new Dictionary<Plane, string>
        {
            [Plane.Tenant] = Here,
            [Plane.Company] = $"assignee_organisation_id = {Organisation}",
            [Plane.Supplier] = $"assignee_organisation_id = {Organisation}",
            [Plane.Region] = $"assignee_organisation_id = {Organisation}",
            [Plane.Oversight] = "true",
        }),
        ["tasks/{taskId}"] = new("workflow_bookmarks", "payload->>'taskId'", new Dictionary<Plane, string> { [Plane.Tenant] = $"name = 'Elsa.RunTask' and {Here}" }),
        ["agreements/{id}"] = new("agreements", "id", new Dictionary<Plane, string>
        {
            [Plane.Tenant] = Here,
            [Plane.Company] = Mine("firm_id"),
            [Plane.Supplier] = Mine("supplier_id"),
            [Plane.Funder] = $"exists (select from agreement_signatures s where s.tenant_id = x.tenant_id and s.agreement_id = x.id and s.organisation_id = {Organisation})",
        }),
        ["tranches/{id}"] = new("tranches", "id", new Dictionary<Plane, string> { [Plane.Company] = Mine("firm_id") }),
        ["documents/{id}"] = new("documents", "id", new Dictionary<Plane, string>
        {
            [Plane.Tenant] = Here,
            [Plane.Company] = Mine("firm_id"),
            [Plane.Region] = Mine("centre_id"),
            [Plane.Oversight] = "true",
            [Plane.Assessor] = $"""
                exists (select from evaluations e where e.tenant_id = x.tenant_id and e.application_id = x.application_id and e.evaluator_id = {Person})
                or exists (select from inspections i where i.tenant_id = x.tenant_id and i.application_id = x.application_id and i.inspector_id = {Person})
                """,
        }),
        ["publications/{id}"] = new("publication_requests", "id", new Dictionary<Plane, string> { [Plane.Oversight] = "true" }),
        ["suppliers/{id}"] = new("supplier_cases", "id", new Dictionary<Plane, string> { [Plane.Oversight] = "true" }),
        ["tenants/{tenantId}"] = new("tenants", "id", new Dictionary<Plane, string> { [Plane.Oversight] = "true" }),
        ["invitations/{id}"] = new("invitations", "id", new Dictionary<Plane, string> { [Plane.Tenant] = Here, [Plane.Oversight] = "true" }),
        ["grants/{id}"] = new("national_grants", "id", new Dictionary<Plane, string> { [Plane.Oversight] = "true" }),
        ["programmes/{id}"] = Version,
        ["programmes/{programmeId}"] = new("programmes", "id", new Dictionary<Plane, string> { [Plane.Tenant] = Here }),
        ["drafts/{id}"] = new("draft_guests", "id", new Dictionary<Plane, string> { [Plane.Region] = $"organisation_id = {Organisation} and revoked_at is null" }),
        ["by-id/{id}"] = Version,
        ["studio/{definitionId}"] = Definition,
        ["workflow-definitions/{definitionId}"] = Definition,
        ["by-definition-id/{definitionId}"] = Definition,
        ["instances/{id}"] = Instance,
        ["workflow-instances/{id}"] = Instance,
        ["workflows/{id}"] = Instance,
        ["programmes/{programme}"] = new("programmes", "slug", new Dictionary<Plane, string> { [Plane.Tenant] = Here }),
        ["t/{tenant}"] = new("tenants", "id", new Dictionary<Plane, string> { [Plane.Tenant] = "id = $3::text" }),
    };

    /// <summary>Parameters that name nobody's data, with what to put there.</summary>
    public static readonly IReadOnlyDictionary<string, string> Plain = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["invitation/{token}"] = "nowhere",
        ["open/{id}"] = "0193aaaa-0000-7000-8000-00000000dead",
        ["status/{code}"] = "404",
        ["jobs/{path}"] = "recurring",
        ["api/{path}"] = "nowhere",
        ["activities/{typeName}"] = "Elsa.Flowchart",
        ["installed/{fullName}"] = "Elsa",
        ["revert/{version}"] = "1",
    };

    public string Absent => Column == "id" && Table != "tenants" ? "0193aaaa-0000-7000-8000-00000000dead" : "nowhere";

    /// <summary>One id that belongs to the reader and one that does not; null where there is none.</summary>
    public async Task<(string? Own, string? Foreign)> FindAsync(NpgsqlConnection connection, Plane plane, ActorMembership membership, Guid user)
    {
        var mine = Rows.GetValueOrDefault(plane, "false");
        return (await OneAsync(mine), await OneAsync($"not ({mine})"));

        async Task<string?> OneAsync(string rows)
        {
            await using var command = new NpgsqlCommand(
                $"select {Column}::text from {Table} x where ($1::uuid, $2::uuid, $3::text) is not null and {rows} order by 1 limit 1", connection);
            command.Parameters.AddWithValue(membership.OrganisationId);
            command.Parameters.AddWithValue(user);
            command.Parameters.AddWithValue(membership.TenantId ?? "");
            return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) as string;
        }
    }
}
