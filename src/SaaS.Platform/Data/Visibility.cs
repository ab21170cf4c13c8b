using static SaaS.Platform.Data.Plane;
using static SaaS.Platform.Data.Verbs;

namespace SaaS.Platform.Data;

/// <summary>What a plane may do with the rows that it sees.</summary>
[Flags]
public enum Verbs
{
    Read = 1,
    Add = 2,
    Change = 4,
    Remove = 8,
}

/// <summary>One cell of the table: the rows of <paramref name="Table"/> that <paramref name="Plane"/> sees, and what it may do with them.</summary>
public sealed record Visible(string Table, Plane Plane, Verbs Verbs, string Rows)
{
    /// <summary>The rows that may be added or changed, before and after, where that is fewer than <see cref="Rows"/>.</summary>
    public string? Written { get; init; }
}

/// <summary>
/// Who sees which rows of which table: role x table, the only place. <c>saas prepare</c> makes policies and grants from it, a test compares
/// it with what raw SQL sees. What is not listed is not seen; a table that is not listed at all fails the test.
/// </summary>
/// <remarks>
/// A row that hangs on an application is seen by whoever sees the application: PostgreSQL applies the reader's own policy inside the
/// sub-select. Every <c>ctx()</c> stands in a sub-select, so that it is read once a query. Only the tenant writes tenants' rows.
/// </remarks>
public static class Visibility
{
    private const string Everything = "true";
    private const string Here = "tenant_id = (select ctx('tenant'))";
    private const string Me = "(select ctx('org')::uuid)";
    private const string Myself = "(select ctx('user')::uuid)";

    /// <summary>Bodies that anybody may know of; a firm is known to itself and to those it applied to.</summary>
    private const string PublicBody = "kind <> 'Firm'";

    /// <summary>A second person at the national operator agreed to the guard rail.</summary>
    private const string Agreed = "exists (select from guard_rail_decisions d where d.guard_rail_id = guard_rails.id and d.approved)";

    private const string Published = "status <> 'Draft'";

    /// <summary>On the inbox plane: the bodies that the person acts for, in whatever tenant. Who only judges for a body does not act for it.</summary>
    private const string Mine = "any (array(select m.organisation_id from memberships m where m.role not in ('Evaluator', 'Inspector')))";

    /// <summary>On the inbox plane: the person acts for the national operator.</summary>
    private const string ForKosmo = $"exists (select from organisations k where k.kind = 'Kosmo' and k.id = {Mine})";

    /// <summary>The tenant is the national operator.</summary>
    private const string National = "exists (select from tenants t where t.id = (select ctx('tenant')) and t.kind = 'National')";

    private const Verbs Write = Read | Add | Change;

    /// <summary>The tables that only ever grow.</summary>
    public static readonly IReadOnlyList<string> AppendOnly = ["ledger_journals", "ledger_postings", "workflow_journal", "audit_entries", "definition_versions", "definition_retractions", "draft_returns", "call_notices", "guard_rails", "guard_rail_decisions"];

    public static readonly IReadOnlyList<Visible> All =
    [
        .. Table("tenants",
        [
            (Administration, Write, Everything),
            .. ReadBy([Public, Plane.Identity, Company, Supplier, Funder, Region, Assessor, Plane.Oversight, Plane.Inbox], Everything),
        ]),
        new("tenants", Tenant, Read | Add, Everything) { Written = National },
        .. Table("organisations",
        [
            (Administration, Write, Everything),
            (Plane.Identity, Read, Everything),
            (Plane.Oversight, Read, Everything),
            (Public, Read, PublicBody),
            (Company, Read, $"{PublicBody} or id = {Me}"),
            .. ReadBy([Supplier, Region], $"{PublicBody} or id in (select a.firm_id from applications a)"),
            .. ReadBy([Funder, Assessor], PublicBody),
            (Plane.Inbox, Read, $"{PublicBody} or id = {Mine}"),
        ]),
        new("organisations", Tenant, Write, $"{PublicBody} or exists (select from applications a where a.firm_id = organisations.id)") { Written = National },
        .. Table("firms",
        [
            (Administration, Write, Everything),
            (Plane.Oversight, Read, Everything),
            (Company, Read | Change, $"organisation_id = {Me}"),
            .. ReadBy([Tenant, Region], "organisation_id in (select a.firm_id from applications a)"),
        ]),
        .. Table("facilities",
        [
            (Administration, Write, Everything),
            (Plane.Oversight, Read, Everything),
            (Company, Write, $"firm_id = {Me}"),
            .. ReadBy([Tenant, Supplier, Region, Assessor], "id in (select a.facility_id from applications a)"),
        ]),
        .. Table("suppliers",
        [
            (Administration, Write, Everything),
            .. ReadBy([Public, Company, Supplier, Region, Plane.Oversight], Everything),
        ]),
        new("suppliers", Tenant, Read | Change, Everything) { Written = National },
        .. Table("supplier_cases",
        [
            (Plane.Oversight, Read, Everything),
            (Supplier, Read, $"supplier_id = {Me}"),
            .. ReadBy([Company, Region], "id in (select w.supplier_case_id from supplier_waits w)"),
            (Plane.Inbox, Read, $"status = 'Open' and {ForKosmo}"),
        ]),
        // Whoever takes an application in may ask; the national operator alone answers.
        new("supplier_cases", Tenant, Write, Everything) { Written = $"status = 'Open' or {National}" },
        // What everybody is held to, everybody may read; what waits for a second person is the national operator's.
        .. Table("guard_rails",
        [
            .. ReadBy([Public, Company, Supplier, Funder, Region, Assessor], Agreed),
            (Plane.Oversight, Read, Everything),
            (Plane.Inbox, Read, ForKosmo),
        ]),
        new("guard_rails", Tenant, Read | Add, $"{Agreed} or {National}") { Written = National },
        .. Table("guard_rail_decisions",
        [
            .. ReadBy([Public, Company, Supplier, Funder, Region, Assessor], "approved"),
            (Plane.Oversight, Read, Everything),
            (Plane.Inbox, Read, ForKosmo),
        ]),
        new("guard_rail_decisions", Tenant, Read | Add, $"approved or {National}") { Written = National },
        .. Table("guard_rail_findings",
        [
            (Tenant, Write, Here),
            (Plane.Oversight, Read, Everything),
            (Plane.Inbox, Read, $"resolved_at is null and exists (select from tenants t where t.id = guard_rail_findings.tenant_id and t.organisation_id = {Mine})"),
        ]),
        .. Table("users",
        [
            (Administration, Write, Everything),
            (Plane.Identity, Read | Change, Everything),

            // Whoever took up an invitation becomes a person here, and a member in the roles that it offered; see AcceptInvitation.
            (Tenant, Add, "id in (select i.accepted_by from invitations i)"),
            (Plane.Inbox, Read, $"id = {Myself}"),
        ]),
        .. Table("memberships",
        [
            (Administration, Write | Remove, Everything),
            (Plane.Identity, Read, Everything),
            .. ReadBy([Region, Plane.Inbox], $"user_id = {Myself}"),
        ]),
        new("memberships", Tenant, Read | Add, Everything)
        {
            Written = "exists (select from invitations i where i.accepted_by = user_id and i.organisation_id = memberships.organisation_id and role = any (i.roles))",
        },
        .. Table("invitations",
        [
            (Tenant, Write, Here),
            (Plane.Identity, Read, Everything),
            (Plane.Oversight, Read, Everything),
            (Plane.Inbox, Read, "email = (select u.user_name from users u)"),
        ]),

        .. Table("outbox",
        [
            (Tenant, Write, Here),
            (Plane.Oversight, Read, Everything),
            (Plane.Jobs, Read | Change, Everything),
        ]),
        .. Table("audit_entries",
        [
            (Tenant, Read | Add, Here),
            (Plane.Oversight, Read, Everything),
        ]),

        .. Table("inbox_notices",
        [
            (Tenant, Write | Remove, Here),
        ]),

        .. Table("programmes",
        [
            (Tenant, Write, Here),
            .. ReadBy([Public, Company, Supplier, Funder, Region, Assessor, Plane.Oversight, Plane.Inbox], Everything),
        ]),
        .. Table("definition_drafts",
        [
            (Tenant, Write | Remove, Here),
            (Region, Read, OfVisible("draft_guests", "programme_id", "programme_id")),
            (Plane.Inbox, Read, $"{OfVisible("draft_guests", "programme_id", "programme_id")} or ((ready_at is not null or return_id is not null) and exists (select from tenants t where t.id = definition_drafts.tenant_id and t.organisation_id = {Mine}))"),
        ]),
        .. Table("draft_returns",
        [
            (Tenant, Read | Add, Here),
            (Plane.Inbox, Read, $"exists (select from tenants t where t.id = draft_returns.tenant_id and t.organisation_id = {Mine})"),
        ]),
        .. Table("publication_requests",
        [
            (Tenant, Write, Here),
            (Plane.Oversight, Read, Everything),
            (Plane.Inbox, Read, $"status = 'Waiting' and {ForKosmo}"),
        ]),
        .. Table("draft_guests",
        [
            (Tenant, Write, Here),
            (Plane.Oversight, Read, Everything),
            (Region, Read, $"organisation_id = {Me} and revoked_at is null"),
            (Plane.Inbox, Read, $"organisation_id = {Mine} and revoked_at is null"),
        ]),
        // Lent to every tenant's designers until it is taken back.
        .. Table("shared_templates",
        [
            (Plane.Oversight, Read, Everything),
        ]),
        new("shared_templates", Tenant, Write, $"withdrawn_at is null or {Here}") { Written = Here },
        .. Table("definition_retractions",
        [
            (Tenant, Read | Add, Here),
            (Plane.Oversight, Read, Everything),
        ]),
        .. Table("definition_versions",
        [
            (Tenant, Read | Add, Here),
            (Plane.Oversight, Read, Everything),
            .. ReadBy([Public, Funder], OfVisible("calls", "definition_version_id", "id")),
            // The call may have gone over to another version; a case keeps its own, and whoever sees the case may read it.
            .. ReadBy([Company, Supplier, Region, Assessor], $"{OfVisible("calls", "definition_version_id", "id")} or {OfVisible("applications", "definition_version_id", "id")}"),
        ]),
        .. Table("calls",
        [
            (Tenant, Write, Here),
            (Plane.Oversight, Read, Everything),
            .. ReadBy([Public, Company, Supplier, Funder, Region, Assessor, Plane.Inbox], Published),
        ]),
        .. Table("call_notices",
        [
            (Tenant, Read | Add, Here),
            (Plane.Oversight, Read, Everything),
            .. ReadBy([Public, Company, Supplier, Funder, Region, Assessor, Plane.Inbox], OfVisible("calls", "id", "call_id")),
        ]),
        .. Table("national_grants",
        [
            (Tenant, Write, Here),
            (Plane.Oversight, Read, Everything),
            (Plane.Inbox, Read, $"decided_at is null and {ForKosmo}"),
        ]),
        .. Table("budget_lines",
        [
            (Tenant, Write, Here),
            (Plane.Oversight, Read, Everything),
            (Funder, Read, $"funder_organisation_id = {Me}"),
        ]),

        .. Table("applications",
        [
            (Tenant, Write, Here),
            (Plane.Oversight, Read, Everything),
            (Company, Read, $"firm_id = {Me}"),
            (Supplier, Read, $"supplier_id = {Me}"),
            (Region, Read, $"centre_id = {Me}"),
            (Assessor, Read, $"{AssignedIn("evaluations", "evaluator_id")} or {AssignedIn("inspections", "inspector_id")}"),
            (Plane.Inbox, Read, string.Join(" or ",
                [
                    $"firm_id = {Mine}",
                    .. new[] { "tasks", "evaluations", "inspections", "agreements" }.Select(table => OfVisible(table, "application_id", "id")),
                ])),
        ]),
        .. OfApplication("cost_lines", Company, Supplier, Region, Assessor),
        .. OfApplication("supplier_waits", Company, Supplier, Region),
        new("supplier_waits", Plane.Inbox, Read, $"status = 'NameAnother' and exists (select from applications a where a.tenant_id = supplier_waits.tenant_id and a.id = supplier_waits.application_id and a.firm_id = {Mine})"),
        .. OfApplication("documents", Company, Region, Assessor),
        .. OfApplication("workflow_instances", Company, Supplier, Region),
        .. Table("agreements",
        [
            (Tenant, Write, Here),
            (Plane.Oversight, Read, Everything),
            (Funder, Read, OfVisible("agreement_signatures", "agreement_id", "id")),
            .. ReadBy([Company, Supplier, Region], OfVisible("applications", "id", "application_id")),
            (Plane.Inbox, Read, OfVisible("agreement_signatures", "agreement_id", "id")),
        ]),
        .. OfApplication("tranches", Company, Supplier, Region),
        new("tranches", Plane.Inbox, Read, $"status = 'AwaitingDeposit' and exists (select from applications a where a.tenant_id = tranches.tenant_id and a.id = tranches.application_id and a.firm_id = {Mine})"),
        .. Table("application_shares",
        [
            (Tenant, Write, Here),
            (Plane.Oversight, Read, Everything),
            (Funder, Read, $"funder_organisation_id = {Me} or payer_organisation_id = {Me}"),
            .. ReadBy([Company, Supplier, Region], OfVisible("applications", "id", "application_id")),
            (Plane.Inbox, Read, $"funder_organisation_id = {Mine} or payer_organisation_id = {Mine}"),
        ]),
        .. Table("submission_refusals",
        [
            (Tenant, Write, Here),
            (Plane.Oversight, Read, Everything),
            (Company, Read, $"firm_id = {Me}"),
        ]),

        // The tenant counts them and reads none: what a firm has not sent is its own.
        .. Table("application_drafts",
        [
            (Tenant, Write | Remove, Here),
            (Company, Read, $"firm_id = {Me}"),
            (Plane.Inbox, Read, $"firm_id = {Mine}"),
        ]),
        .. Table("receipt_counters",
        [
            (Tenant, Write, Here),
        ]),

        .. Table("workflow_bookmarks",
        [
            (Tenant, Write | Remove, Here),
            (Plane.Oversight, Read, Everything),
        ]),
        .. Table("workflow_triggers",
        [
            (Tenant, Write | Remove, Here),
            (Plane.Oversight, Read, Everything),
        ]),
        .. Table("definition_uses",
        [
            (Tenant, Read | Add, Here),
            (Plane.Oversight, Read, Everything),
        ]),
        .. Table("workflow_journal",
        [
            (Tenant, Read | Add, Here),
            (Plane.Oversight, Read, Everything),
            .. ReadBy([Company, Supplier, Region], OfVisible("workflow_instances", "id", "instance_id")),
        ]),
        .. Table("tasks",
        [
            (Tenant, Write, Here),
            (Plane.Oversight, Read, Everything),
            .. ReadBy([Company, Supplier, Funder, Region], $"assignee_organisation_id = {Me}"),
            (Plane.Inbox, Read, $"completed_at is null and assignee_organisation_id = {Mine}"),
        ]),
        .. Table("agreement_signatures",
        [
            (Tenant, Write, Here),
            (Plane.Oversight, Read, Everything),
            (Funder, Read, $"organisation_id = {Me}"),
            .. ReadBy([Company, Supplier, Region], OfVisible("agreements", "id", "agreement_id")),
            (Plane.Inbox, Read, $"signed_at is null and organisation_id = {Mine}"),
        ]),
        .. Table("evaluations",
        [
            (Tenant, Write, Here),
            (Plane.Oversight, Read, Everything),
            (Assessor, Read, $"evaluator_id = {Myself}"),
            (Plane.Inbox, Read, $"submitted_at is null and evaluator_id = {Myself}"),
        ]),
        .. OfApplication("candidates", Company, Region),
        new("candidates", Plane.Inbox, Read, $"waiting_since is not null and exists (select from applications a where a.tenant_id = candidates.tenant_id and a.id = candidates.application_id and a.firm_id = {Mine})"),
        .. Table("inspections",
        [
            (Tenant, Write, Here),
            (Plane.Oversight, Read, Everything),
            (Assessor, Read, $"inspector_id = {Myself}"),
            .. ReadBy([Company, Supplier, Region], OfVisible("applications", "id", "application_id")),
            (Plane.Inbox, Read, $"submitted_at is null and inspector_id = {Myself}"),
        ]),
        .. Table("payment_orders",
        [
            (Tenant, Write, Here),
            (Plane.Oversight, Read, Everything),
            (Funder, Read, $"payer_organisation_id = {Me}"),
            .. ReadBy([Company, Supplier, Region], OfVisible("applications", "id", "application_id")),
            (Plane.Inbox, Read, $"status in ('Requested', 'Prepared') and payer_organisation_id = {Mine}"),
        ]),
        .. Table("deposits",
        [
            (Tenant, Write, Here),
            (Plane.Oversight, Read, Everything),
            .. ReadBy([Company, Supplier, Region], OfVisible("tranches", "id", "tranche_id")),
        ]),

        .. Table("ledger_accounts",
        [
            (Tenant, Read | Add, Here),
            (Plane.Oversight, Read, Everything),
            (Funder, Read, $"organisation_id = {Me}"),
            .. ReadBy([Company, Supplier, Region], OfVisible("applications", "id", "application_id")),
        ]),
        .. Table("ledger_journals",
        [
            (Tenant, Read | Add, Here),
            (Plane.Oversight, Read, Everything),
            (Funder, Read, OfVisible("ledger_postings", "journal_id", "id")),
            .. ReadBy([Company, Supplier, Region], OfVisible("applications", "id", "application_id")),
        ]),
        .. Table("ledger_postings",
        [
            (Tenant, Read | Add, Here),
            (Plane.Oversight, Read, Everything),
            .. ReadBy([Company, Supplier, Region, Funder], OfVisible("ledger_accounts", "id", "account_id")),
        ]),
    ];

    private static IEnumerable<Visible> Table(string table, IEnumerable<(Plane Plane, Verbs Verbs, string Rows)> cells)
        => cells.Select(cell => new Visible(table, cell.Plane, cell.Verbs, cell.Rows.Replace("{table}", table, StringComparison.Ordinal)));

    private static IEnumerable<(Plane, Verbs, string)> ReadBy(Plane[] planes, string rows) => planes.Select(plane => (plane, Read, rows));

    private static IEnumerable<Visible> OfApplication(string table, params Plane[] readers) => Table(table,
    [
        (Tenant, Write, Here),
        (Plane.Oversight, Read, Everything),
        .. ReadBy(readers, OfVisible("applications", "id", "application_id")),
    ]);

    /// <summary>Rows that belong to a row of another table that the same reader sees.</summary>
    private static string OfVisible(string other, string otherColumn, string column)
        => $"exists (select from {other} o where o.tenant_id = {{table}}.tenant_id and o.{otherColumn} = {{table}}.{column})";

    private static string AssignedIn(string table, string person)
        => $"exists (select from {table} x where x.tenant_id = applications.tenant_id and x.application_id = applications.id and x.{person} = {Myself})";
}
