using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;

#nullable disable

namespace SaaS.Platform.Migrations
{
    /// <inheritdoc />
    public partial class InitialSchema : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit_entries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    action = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    subject = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: true),
                    details = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_entries", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "guard_rails",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    model = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    national_money = table.Column<bool>(type: "boolean", nullable: false),
                    from_year = table.Column<int>(type: "integer", nullable: false),
                    valid_from = table.Column<LocalDate>(type: "date", nullable: false),
                    limits = table.Column<string>(type: "jsonb", nullable: false),
                    source = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    written_by = table.Column<Guid>(type: "uuid", nullable: true),
                    written_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_guard_rails", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "invitations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    email = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    roles = table.Column<List<string>>(type: "text[]", nullable: false),
                    language = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    invited_by = table.Column<Guid>(type: "uuid", nullable: false),
                    invited_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    times = table.Column<int>(type: "integer", nullable: false),
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    expires_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    accepted_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    accepted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    withdrawn_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invitations", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "organisations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    business_number = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true),
                    ko = table.Column<string>(type: "text", nullable: false),
                    en = table.Column<string>(type: "text", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    region_code = table.Column<string>(type: "text", nullable: true),
                    municipality_code = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_organisations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    kind = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: true),
                    payload = table.Column<string>(type: "jsonb", nullable: false),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    available_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    dispatched_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    done_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "programmes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    slug = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    model = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ko = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    en = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_programmes", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "receipt_counters",
                columns: table => new
                {
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    last = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_receipt_counters", x => new { x.tenant_id, x.year });
                });

            migrationBuilder.CreateTable(
                name: "users",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    normalized_user_name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    ko = table.Column<string>(type: "text", nullable: false),
                    en = table.Column<string>(type: "text", nullable: false),
                    email = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    mail_off = table.Column<bool>(type: "boolean", nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: true),
                    security_stamp = table.Column<string>(type: "text", nullable: false),
                    failed_sign_ins = table.Column<int>(type: "integer", nullable: false),
                    locked_until = table.Column<Instant>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_users", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "guard_rail_decisions",
                columns: table => new
                {
                    guard_rail_id = table.Column<Guid>(type: "uuid", nullable: false),
                    approved = table.Column<bool>(type: "boolean", nullable: false),
                    reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_guard_rail_decisions", x => x.guard_rail_id);
                    table.ForeignKey(
                        name: "fk_guard_rail_decisions_written_guard_rail_guard_rail_id",
                        column: x => x.guard_rail_id,
                        principalTable: "guard_rails",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "firms",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    employees = table.Column<int>(type: "integer", nullable: true),
                    revenue = table.Column<long>(type: "bigint", nullable: true),
                    average_sales = table.Column<long>(type: "bigint", nullable: true),
                    assets = table.Column<long>(type: "bigint", nullable: true),
                    independent = table.Column<bool>(type: "boolean", nullable: true),
                    ksic = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    level = table.Column<int>(type: "integer", nullable: false),
                    tax_arrears = table.Column<bool>(type: "boolean", nullable: false),
                    banned = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_firms", x => x.organisation_id);
                    table.ForeignKey(
                        name: "fk_firms_organisations_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "suppliers",
                columns: table => new
                {
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    grade = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_suppliers", x => x.organisation_id);
                    table.ForeignKey(
                        name: "fk_suppliers_organisations_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "tenants",
                columns: table => new
                {
                    id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ko = table.Column<string>(type: "text", nullable: false),
                    en = table.Column<string>(type: "text", nullable: false),
                    region_code = table.Column<string>(type: "text", nullable: true),
                    municipality_code = table.Column<string>(type: "text", nullable: true),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    settings = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tenants", x => x.id);
                    table.ForeignKey(
                        name: "fk_tenants_organisations_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "definition_drafts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    programme_id = table.Column<Guid>(type: "uuid", nullable: false),
                    definition_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    json = table.Column<string>(type: "text", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    saved_by = table.Column<Guid>(type: "uuid", nullable: false),
                    saved_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    authors = table.Column<List<Guid>>(type: "uuid[]", nullable: false),
                    ready_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    ready_by = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_definition_drafts", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_definition_drafts_programme_tenant_id_programme_id",
                        columns: x => new { x.tenant_id, x.programme_id },
                        principalTable: "programmes",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "definition_versions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    programme_id = table.Column<Guid>(type: "uuid", nullable: false),
                    definition_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    json = table.Column<string>(type: "text", nullable: false),
                    published_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    published_by = table.Column<Guid>(type: "uuid", nullable: true),
                    reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_definition_versions", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_definition_versions_programme_tenant_id_programme_id",
                        columns: x => new { x.tenant_id, x.programme_id },
                        principalTable: "programmes",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "draft_guests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    programme_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    invited_by = table.Column<Guid>(type: "uuid", nullable: false),
                    invited_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    revoked_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_draft_guests", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_draft_guests_programme_tenant_id_programme_id",
                        columns: x => new { x.tenant_id, x.programme_id },
                        principalTable: "programmes",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "shared_templates",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    programme_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    json = table.Column<string>(type: "text", nullable: false),
                    ko = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    en = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    shared_by = table.Column<Guid>(type: "uuid", nullable: false),
                    shared_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    withdrawn_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_shared_templates", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_shared_templates_programmes_tenant_id_programme_id",
                        columns: x => new { x.tenant_id, x.programme_id },
                        principalTable: "programmes",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "inbox_notices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    item_id = table.Column<Guid>(type: "uuid", nullable: false),
                    mail_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    handed_over_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox_notices", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_inbox_notices_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "memberships",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_memberships", x => new { x.user_id, x.organisation_id, x.role });
                    table.ForeignKey(
                        name: "fk_memberships_organisations_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_memberships_users_user_id",
                        column: x => x.user_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "facilities",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    firm_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    region_code = table.Column<string>(type: "character varying(2)", maxLength: 2, nullable: false),
                    municipality_code = table.Column<string>(type: "character varying(5)", maxLength: 5, nullable: false),
                    address = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_facilities", x => x.id);
                    table.ForeignKey(
                        name: "fk_facilities_firms_firm_id",
                        column: x => x.firm_id,
                        principalTable: "firms",
                        principalColumn: "organisation_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "supplier_cases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    supplier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    opened_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    due_on = table.Column<LocalDate>(type: "date", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    reason = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_supplier_cases", x => x.id);
                    table.ForeignKey(
                        name: "fk_supplier_cases_suppliers_supplier_id",
                        column: x => x.supplier_id,
                        principalTable: "suppliers",
                        principalColumn: "organisation_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "calls",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    programme_id = table.Column<Guid>(type: "uuid", nullable: false),
                    definition_version_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    ko = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    en = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    opens_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    closes_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    budget_year = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calls", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_calls_window", "opens_at < closes_at");
                    table.ForeignKey(
                        name: "fk_calls_definition_version_tenant_id_definition_version_id",
                        columns: x => new { x.tenant_id, x.definition_version_id },
                        principalTable: "definition_versions",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_calls_programme_tenant_id_programme_id",
                        columns: x => new { x.tenant_id, x.programme_id },
                        principalTable: "programmes",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "definition_retractions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    definition_version_id = table.Column<Guid>(type: "uuid", nullable: false),
                    retracted_by = table.Column<Guid>(type: "uuid", nullable: false),
                    retracted_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_definition_retractions", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_definition_retractions_definition_version_tenant_id_definit",
                        columns: x => new { x.tenant_id, x.definition_version_id },
                        principalTable: "definition_versions",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "definition_uses",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    definition_version_id = table.Column<Guid>(type: "uuid", nullable: false),
                    used_definition_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    used_version_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_definition_uses", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_definition_uses_definition_versions_tenant_id_definition_ve",
                        columns: x => new { x.tenant_id, x.definition_version_id },
                        principalTable: "definition_versions",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_definition_uses_definition_versions_tenant_id_used_version_",
                        columns: x => new { x.tenant_id, x.used_version_id },
                        principalTable: "definition_versions",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "guard_rail_findings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    programme_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version_id = table.Column<Guid>(type: "uuid", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false),
                    sentences = table.Column<string>(type: "jsonb", nullable: false),
                    found_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    resolved_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_guard_rail_findings", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_guard_rail_findings_definition_version_tenant_id_version_id",
                        columns: x => new { x.tenant_id, x.version_id },
                        principalTable: "definition_versions",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_guard_rail_findings_programme_tenant_id_programme_id",
                        columns: x => new { x.tenant_id, x.programme_id },
                        principalTable: "programmes",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "workflow_triggers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    definition_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    definition_version_id = table.Column<Guid>(type: "uuid", nullable: false),
                    activity_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    hash = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    payload = table.Column<string>(type: "jsonb", nullable: false),
                    next_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_workflow_triggers", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_workflow_triggers_definition_versions_tenant_id_definition_",
                        columns: x => new { x.tenant_id, x.definition_version_id },
                        principalTable: "definition_versions",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "application_drafts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    call_id = table.Column<Guid>(type: "uuid", nullable: false),
                    firm_id = table.Column<Guid>(type: "uuid", nullable: false),
                    definition_version_id = table.Column<Guid>(type: "uuid", nullable: false),
                    fields = table.Column<string>(type: "jsonb", nullable: false),
                    saved_by = table.Column<Guid>(type: "uuid", nullable: false),
                    saved_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_application_drafts", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_application_drafts_call_tenant_id_call_id",
                        columns: x => new { x.tenant_id, x.call_id },
                        principalTable: "calls",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_application_drafts_definition_version_tenant_id_definition_",
                        columns: x => new { x.tenant_id, x.definition_version_id },
                        principalTable: "definition_versions",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_application_drafts_firms_firm_id",
                        column: x => x.firm_id,
                        principalTable: "firms",
                        principalColumn: "organisation_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "applications",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    call_id = table.Column<Guid>(type: "uuid", nullable: false),
                    definition_version_id = table.Column<Guid>(type: "uuid", nullable: false),
                    workflow_instance_id = table.Column<Guid>(type: "uuid", nullable: false),
                    receipt_number = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    submitted_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    firm_id = table.Column<Guid>(type: "uuid", nullable: false),
                    facility_id = table.Column<Guid>(type: "uuid", nullable: false),
                    supplier_id = table.Column<Guid>(type: "uuid", nullable: true),
                    lead_firm_id = table.Column<Guid>(type: "uuid", nullable: true),
                    centre_id = table.Column<Guid>(type: "uuid", nullable: true),
                    firm_name_ko = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    firm_name_en = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    solution = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    total_cost = table.Column<long>(type: "bigint", nullable: false),
                    tier = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    facts = table.Column<string>(type: "jsonb", nullable: false),
                    idempotency_key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    request_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_applications", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_applications_total_cost", "total_cost > 0");
                    table.ForeignKey(
                        name: "fk_applications_call_tenant_id_call_id",
                        columns: x => new { x.tenant_id, x.call_id },
                        principalTable: "calls",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_applications_definition_version_tenant_id_definition_versio",
                        columns: x => new { x.tenant_id, x.definition_version_id },
                        principalTable: "definition_versions",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_applications_facilities_facility_id",
                        column: x => x.facility_id,
                        principalTable: "facilities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_applications_firms_firm_id",
                        column: x => x.firm_id,
                        principalTable: "firms",
                        principalColumn: "organisation_id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_applications_organisations_centre_id",
                        column: x => x.centre_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_applications_organisations_lead_firm_id",
                        column: x => x.lead_firm_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_applications_organisations_supplier_id",
                        column: x => x.supplier_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "budget_lines",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    call_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tier = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    funder = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    funder_organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    appropriated = table.Column<long>(type: "bigint", nullable: false),
                    reserved = table.Column<long>(type: "bigint", nullable: false),
                    committed = table.Column<long>(type: "bigint", nullable: false),
                    paid = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_budget_lines", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_budget_lines_not_negative", "appropriated >= 0 and reserved >= 0 and committed >= 0 and paid >= 0");
                    table.CheckConstraint("ck_budget_lines_not_overspent", "reserved + committed + paid <= appropriated");
                    table.ForeignKey(
                        name: "fk_budget_lines_calls_tenant_id_call_id",
                        columns: x => new { x.tenant_id, x.call_id },
                        principalTable: "calls",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_budget_lines_organisations_funder_organisation_id",
                        column: x => x.funder_organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "call_notices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    call_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    changes = table.Column<string>(type: "jsonb", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: true),
                    closed_before = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    closes_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_call_notices", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_call_notices_calls_tenant_id_call_id",
                        columns: x => new { x.tenant_id, x.call_id },
                        principalTable: "calls",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "national_grants",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    call_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tier = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    asked = table.Column<long>(type: "bigint", nullable: false),
                    granted = table.Column<long>(type: "bigint", nullable: false),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_national_grants", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_national_grants_within_asked", "granted >= 0 and granted <= asked");
                    table.ForeignKey(
                        name: "fk_national_grants_calls_tenant_id_call_id",
                        columns: x => new { x.tenant_id, x.call_id },
                        principalTable: "calls",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "publication_requests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    programme_id = table.Column<Guid>(type: "uuid", nullable: false),
                    base_version_id = table.Column<Guid>(type: "uuid", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false),
                    json = table.Column<string>(type: "text", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    is_exception = table.Column<bool>(type: "boolean", nullable: false),
                    effective_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    closes_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    national = table.Column<string>(type: "jsonb", nullable: false),
                    requested_by = table.Column<Guid>(type: "uuid", nullable: false),
                    requested_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    decision_reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    version_id = table.Column<Guid>(type: "uuid", nullable: true),
                    call_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_publication_requests", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_publication_requests_calls_tenant_id_call_id",
                        columns: x => new { x.tenant_id, x.call_id },
                        principalTable: "calls",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_publication_requests_definition_versions_tenant_id_base_ver",
                        columns: x => new { x.tenant_id, x.base_version_id },
                        principalTable: "definition_versions",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_publication_requests_definition_versions_tenant_id_version_",
                        columns: x => new { x.tenant_id, x.version_id },
                        principalTable: "definition_versions",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_publication_requests_programmes_tenant_id_programme_id",
                        columns: x => new { x.tenant_id, x.programme_id },
                        principalTable: "programmes",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "submission_refusals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    call_id = table.Column<Guid>(type: "uuid", nullable: false),
                    firm_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    arrived_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    codes = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    reasons = table.Column<string>(type: "jsonb", nullable: false),
                    total_cost = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_submission_refusals", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_submission_refusals_call_tenant_id_call_id",
                        columns: x => new { x.tenant_id, x.call_id },
                        principalTable: "calls",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "agreements",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    bookmark_id = table.Column<Guid>(type: "uuid", nullable: false),
                    due_on = table.Column<LocalDate>(type: "date", nullable: false),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    concluded_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agreements", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_agreements_grant_application_tenant_id_application_id",
                        columns: x => new { x.tenant_id, x.application_id },
                        principalTable: "applications",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "cost_lines",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    label = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    amount = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cost_lines", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_cost_lines_amount", "amount > 0");
                    table.ForeignKey(
                        name: "fk_cost_lines_grant_application_tenant_id_application_id",
                        columns: x => new { x.tenant_id, x.application_id },
                        principalTable: "applications",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "documents",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    name = table.Column<string>(type: "character varying(150)", maxLength: 150, nullable: false),
                    media_type = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    uploaded_by = table.Column<Guid>(type: "uuid", nullable: false),
                    uploaded_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_documents", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_documents_applications_tenant_id_application_id",
                        columns: x => new { x.tenant_id, x.application_id },
                        principalTable: "applications",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "evaluations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    bookmark_id = table.Column<Guid>(type: "uuid", nullable: false),
                    evaluator_id = table.Column<Guid>(type: "uuid", nullable: false),
                    criteria = table.Column<string>(type: "jsonb", nullable: false),
                    pass_mark = table.Column<decimal>(type: "numeric(5,2)", precision: 5, scale: 2, nullable: false),
                    assigned_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    conflict_declared = table.Column<bool>(type: "boolean", nullable: true),
                    scores = table.Column<string>(type: "jsonb", nullable: true),
                    total = table.Column<decimal>(type: "numeric(5,2)", precision: 5, scale: 2, nullable: true),
                    comment = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    submitted_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_evaluations", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_evaluations_applications_tenant_id_application_id",
                        columns: x => new { x.tenant_id, x.application_id },
                        principalTable: "applications",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_evaluations_users_evaluator_id",
                        column: x => x.evaluator_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "inspections",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    bookmark_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    inspector_id = table.Column<Guid>(type: "uuid", nullable: false),
                    checklist = table.Column<string>(type: "jsonb", nullable: false),
                    assigned_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    findings = table.Column<string>(type: "jsonb", nullable: true),
                    result = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    comment = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    submitted_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inspections", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_inspections_applications_tenant_id_application_id",
                        columns: x => new { x.tenant_id, x.application_id },
                        principalTable: "applications",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_inspections_users_inspector_id",
                        column: x => x.inspector_id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ledger_journals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    idempotency_key = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    actor = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    memo = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ledger_journals", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_ledger_journals_applications_tenant_id_application_id",
                        columns: x => new { x.tenant_id, x.application_id },
                        principalTable: "applications",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "supplier_waits",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    bookmark_id = table.Column<Guid>(type: "uuid", nullable: false),
                    supplier_case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    since = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    name_until = table.Column<LocalDate>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_supplier_waits", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_supplier_waits_applications_tenant_id_application_id",
                        columns: x => new { x.tenant_id, x.application_id },
                        principalTable: "applications",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_supplier_waits_supplier_cases_supplier_case_id",
                        column: x => x.supplier_case_id,
                        principalTable: "supplier_cases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "tasks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    bookmark_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    assignee_organisation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    assignee_role = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    title_ko = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    title_en = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    instructions_ko = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    instructions_en = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    answers = table.Column<string>(type: "jsonb", nullable: false),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    due_on = table.Column<LocalDate>(type: "date", nullable: true),
                    outcome = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true),
                    comment = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    completed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    completed_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tasks", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_tasks_applications_tenant_id_application_id",
                        columns: x => new { x.tenant_id, x.application_id },
                        principalTable: "applications",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_tasks_organisations_assignee_organisation_id",
                        column: x => x.assignee_organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "tranches",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    bookmark_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    last = table.Column<bool>(type: "boolean", nullable: false),
                    deposit_first = table.Column<bool>(type: "boolean", nullable: false),
                    payee_organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    firm_amount = table.Column<long>(type: "bigint", nullable: false),
                    status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    opened_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    paid_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tranches", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_tranches_applications_tenant_id_application_id",
                        columns: x => new { x.tenant_id, x.application_id },
                        principalTable: "applications",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_tranches_organisations_payee_organisation_id",
                        column: x => x.payee_organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "workflow_instances",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: true),
                    definition_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    correlation_id = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    name = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    parent_instance_id = table.Column<Guid>(type: "uuid", nullable: true),
                    definition_version_id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<string>(type: "json", nullable: false),
                    status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    sub_status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    journal_length = table.Column<int>(type: "integer", nullable: false),
                    started_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    advanced_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    archived_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    trouble = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_workflow_instances", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_workflow_instances_applications_tenant_id_application_id",
                        columns: x => new { x.tenant_id, x.application_id },
                        principalTable: "applications",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_workflow_instances_definition_versions_tenant_id_definition",
                        columns: x => new { x.tenant_id, x.definition_version_id },
                        principalTable: "definition_versions",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "application_shares",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    funder = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    funder_organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    payer_organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    amount = table.Column<long>(type: "bigint", nullable: false),
                    in_kind = table.Column<long>(type: "bigint", nullable: false),
                    basis_points = table.Column<int>(type: "integer", nullable: false),
                    rounding_unit = table.Column<long>(type: "bigint", nullable: false),
                    status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    budget_line_id = table.Column<Guid>(type: "uuid", nullable: true),
                    bookmark_id = table.Column<Guid>(type: "uuid", nullable: true),
                    due_on = table.Column<LocalDate>(type: "date", nullable: true),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    comment = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    application_title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    receipt_number = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    firm_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_application_shares", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_application_shares_amounts", "amount >= 0 and in_kind >= 0 and in_kind <= amount");
                    table.ForeignKey(
                        name: "fk_application_shares_applications_tenant_id_application_id",
                        columns: x => new { x.tenant_id, x.application_id },
                        principalTable: "applications",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_application_shares_budget_line_tenant_id_budget_line_id",
                        columns: x => new { x.tenant_id, x.budget_line_id },
                        principalTable: "budget_lines",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_application_shares_organisations_funder_organisation_id",
                        column: x => x.funder_organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_application_shares_organisations_payer_organisation_id",
                        column: x => x.payer_organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ledger_accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    budget_line_id = table.Column<Guid>(type: "uuid", nullable: true),
                    funder = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ledger_accounts", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_ledger_accounts_applications_tenant_id_application_id",
                        columns: x => new { x.tenant_id, x.application_id },
                        principalTable: "applications",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_ledger_accounts_budget_line_tenant_id_budget_line_id",
                        columns: x => new { x.tenant_id, x.budget_line_id },
                        principalTable: "budget_lines",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_ledger_accounts_organisations_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "agreement_signatures",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    agreement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    party = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    signed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    signed_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agreement_signatures", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_agreement_signatures_agreements_tenant_id_agreement_id",
                        columns: x => new { x.tenant_id, x.agreement_id },
                        principalTable: "agreements",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_agreement_signatures_organisations_organisation_id",
                        column: x => x.organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "deposits",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    tranche_id = table.Column<Guid>(type: "uuid", nullable: false),
                    amount = table.Column<long>(type: "bigint", nullable: false),
                    bank_reference = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    deposited_on = table.Column<LocalDate>(type: "date", nullable: false),
                    recorded_by = table.Column<Guid>(type: "uuid", nullable: false),
                    recorded_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_deposits", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_deposits_amount", "amount > 0");
                    table.ForeignKey(
                        name: "fk_deposits_tranche_tenant_id_tranche_id",
                        columns: x => new { x.tenant_id, x.tranche_id },
                        principalTable: "tranches",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "workflow_bookmarks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    instance_id = table.Column<Guid>(type: "uuid", nullable: false),
                    activity_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    stage = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    payload = table.Column<string>(type: "jsonb", nullable: false),
                    hash = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    created_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_workflow_bookmarks", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_workflow_bookmarks_workflow_instance_tenant_id_instance_id",
                        columns: x => new { x.tenant_id, x.instance_id },
                        principalTable: "workflow_instances",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "workflow_journal",
                columns: table => new
                {
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    instance_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    actor = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    @event = table.Column<string>(name: "event", type: "character varying(20)", maxLength: 20, nullable: false),
                    activity_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    activity_type = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: true),
                    payload = table.Column<string>(type: "jsonb", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_workflow_journal", x => new { x.tenant_id, x.instance_id, x.sequence });
                    table.ForeignKey(
                        name: "fk_workflow_journal_workflow_instances_tenant_id_instance_id",
                        columns: x => new { x.tenant_id, x.instance_id },
                        principalTable: "workflow_instances",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "payment_orders",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    tranche_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tranche_number = table.Column<int>(type: "integer", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    share_id = table.Column<Guid>(type: "uuid", nullable: false),
                    funder = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    payer_organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    payee_organisation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    amount = table.Column<long>(type: "bigint", nullable: false),
                    status = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    prepared_by = table.Column<Guid>(type: "uuid", nullable: true),
                    approved_by = table.Column<Guid>(type: "uuid", nullable: true),
                    paid_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    comment = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_payment_orders", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_payment_orders_amount", "amount > 0");
                    table.CheckConstraint("ck_payment_orders_two_people", "approved_by is null or approved_by <> prepared_by");
                    table.ForeignKey(
                        name: "fk_payment_orders_application_share_tenant_id_share_id",
                        columns: x => new { x.tenant_id, x.share_id },
                        principalTable: "application_shares",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_payment_orders_organisations_payee_organisation_id",
                        column: x => x.payee_organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_payment_orders_organisations_payer_organisation_id",
                        column: x => x.payer_organisation_id,
                        principalTable: "organisations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_payment_orders_tranche_tenant_id_tranche_id",
                        columns: x => new { x.tenant_id, x.tranche_id },
                        principalTable: "tranches",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ledger_postings",
                columns: table => new
                {
                    journal_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    line = table.Column<int>(type: "integer", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    amount = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ledger_postings", x => new { x.tenant_id, x.journal_id, x.line });
                    table.CheckConstraint("ck_ledger_postings_amount", "amount <> 0");
                    table.ForeignKey(
                        name: "fk_ledger_postings_ledger_accounts_tenant_id_account_id",
                        columns: x => new { x.tenant_id, x.account_id },
                        principalTable: "ledger_accounts",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_ledger_postings_ledger_journals_tenant_id_journal_id",
                        columns: x => new { x.tenant_id, x.journal_id },
                        principalTable: "ledger_journals",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_agreement_signatures_organisation_id",
                table: "agreement_signatures",
                column: "organisation_id");

            migrationBuilder.CreateIndex(
                name: "ix_agreement_signatures_tenant_id_agreement_id_party",
                table: "agreement_signatures",
                columns: new[] { "tenant_id", "agreement_id", "party" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_agreements_tenant_id_application_id",
                table: "agreements",
                columns: new[] { "tenant_id", "application_id" });

            migrationBuilder.CreateIndex(
                name: "ix_agreements_tenant_id_bookmark_id",
                table: "agreements",
                columns: new[] { "tenant_id", "bookmark_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_application_drafts_firm_id",
                table: "application_drafts",
                column: "firm_id");

            migrationBuilder.CreateIndex(
                name: "ix_application_drafts_tenant_id_call_id_firm_id",
                table: "application_drafts",
                columns: new[] { "tenant_id", "call_id", "firm_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_application_drafts_tenant_id_definition_version_id",
                table: "application_drafts",
                columns: new[] { "tenant_id", "definition_version_id" });

            migrationBuilder.CreateIndex(
                name: "ix_application_shares_funder_organisation_id",
                table: "application_shares",
                column: "funder_organisation_id");

            migrationBuilder.CreateIndex(
                name: "ix_application_shares_payer_organisation_id",
                table: "application_shares",
                column: "payer_organisation_id");

            migrationBuilder.CreateIndex(
                name: "ix_application_shares_tenant_id_application_id_funder",
                table: "application_shares",
                columns: new[] { "tenant_id", "application_id", "funder" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_application_shares_tenant_id_budget_line_id",
                table: "application_shares",
                columns: new[] { "tenant_id", "budget_line_id" });

            migrationBuilder.CreateIndex(
                name: "ix_applications_centre_id",
                table: "applications",
                column: "centre_id");

            migrationBuilder.CreateIndex(
                name: "ix_applications_facility_id",
                table: "applications",
                column: "facility_id");

            migrationBuilder.CreateIndex(
                name: "ix_applications_firm_id",
                table: "applications",
                column: "firm_id");

            migrationBuilder.CreateIndex(
                name: "ix_applications_firm_id_tier",
                table: "applications",
                columns: new[] { "firm_id", "tier" },
                filter: "status = 'Completed'");

            migrationBuilder.CreateIndex(
                name: "ix_applications_lead_firm_id",
                table: "applications",
                column: "lead_firm_id");

            migrationBuilder.CreateIndex(
                name: "ix_applications_supplier_id",
                table: "applications",
                column: "supplier_id");

            migrationBuilder.CreateIndex(
                name: "ix_applications_tenant_id_call_id_submitted_at",
                table: "applications",
                columns: new[] { "tenant_id", "call_id", "submitted_at" });

            migrationBuilder.CreateIndex(
                name: "ix_applications_tenant_id_definition_version_id",
                table: "applications",
                columns: new[] { "tenant_id", "definition_version_id" });

            migrationBuilder.CreateIndex(
                name: "ix_applications_tenant_id_facility_id_solution",
                table: "applications",
                columns: new[] { "tenant_id", "facility_id", "solution" });

            migrationBuilder.CreateIndex(
                name: "ix_applications_tenant_id_firm_id_idempotency_key",
                table: "applications",
                columns: new[] { "tenant_id", "firm_id", "idempotency_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_applications_tenant_id_receipt_number",
                table: "applications",
                columns: new[] { "tenant_id", "receipt_number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_tenant_id_subject_id_at",
                table: "audit_entries",
                columns: new[] { "tenant_id", "subject_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_budget_lines_funder_organisation_id",
                table: "budget_lines",
                column: "funder_organisation_id");

            migrationBuilder.CreateIndex(
                name: "ix_budget_lines_tenant_id_call_id_funder_funder_organisation_i",
                table: "budget_lines",
                columns: new[] { "tenant_id", "call_id", "funder", "funder_organisation_id", "tier" },
                unique: true)
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_call_notices_tenant_id_call_id_at",
                table: "call_notices",
                columns: new[] { "tenant_id", "call_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_calls_tenant_id_closes_at",
                table: "calls",
                columns: new[] { "tenant_id", "closes_at" });

            migrationBuilder.CreateIndex(
                name: "ix_calls_tenant_id_definition_version_id",
                table: "calls",
                columns: new[] { "tenant_id", "definition_version_id" });

            migrationBuilder.CreateIndex(
                name: "ix_calls_tenant_id_number",
                table: "calls",
                columns: new[] { "tenant_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_calls_tenant_id_programme_id",
                table: "calls",
                columns: new[] { "tenant_id", "programme_id" });

            migrationBuilder.CreateIndex(
                name: "ix_cost_lines_tenant_id_application_id",
                table: "cost_lines",
                columns: new[] { "tenant_id", "application_id" });

            migrationBuilder.CreateIndex(
                name: "ix_definition_drafts_tenant_id_programme_id",
                table: "definition_drafts",
                columns: new[] { "tenant_id", "programme_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_definition_retractions_tenant_id_definition_version_id",
                table: "definition_retractions",
                columns: new[] { "tenant_id", "definition_version_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_definition_uses_tenant_id_definition_version_id_used_defini",
                table: "definition_uses",
                columns: new[] { "tenant_id", "definition_version_id", "used_definition_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_definition_uses_tenant_id_used_version_id",
                table: "definition_uses",
                columns: new[] { "tenant_id", "used_version_id" });

            migrationBuilder.CreateIndex(
                name: "ix_definition_versions_tenant_id_programme_id_version",
                table: "definition_versions",
                columns: new[] { "tenant_id", "programme_id", "version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_deposits_tenant_id_tranche_id",
                table: "deposits",
                columns: new[] { "tenant_id", "tranche_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_documents_tenant_id_application_id_code_hash",
                table: "documents",
                columns: new[] { "tenant_id", "application_id", "code", "hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_draft_guests_organisation_id",
                table: "draft_guests",
                column: "organisation_id",
                filter: "revoked_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_draft_guests_tenant_id_programme_id_organisation_id",
                table: "draft_guests",
                columns: new[] { "tenant_id", "programme_id", "organisation_id" },
                unique: true,
                filter: "revoked_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_evaluations_evaluator_id",
                table: "evaluations",
                column: "evaluator_id");

            migrationBuilder.CreateIndex(
                name: "ix_evaluations_tenant_id_application_id",
                table: "evaluations",
                columns: new[] { "tenant_id", "application_id" });

            migrationBuilder.CreateIndex(
                name: "ix_evaluations_tenant_id_bookmark_id_evaluator_id",
                table: "evaluations",
                columns: new[] { "tenant_id", "bookmark_id", "evaluator_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_facilities_firm_id",
                table: "facilities",
                column: "firm_id");

            migrationBuilder.CreateIndex(
                name: "ix_guard_rail_findings_open",
                table: "guard_rail_findings",
                columns: new[] { "tenant_id", "programme_id", "version_id" },
                unique: true,
                filter: "resolved_at is null")
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ix_guard_rail_findings_tenant_id_version_id",
                table: "guard_rail_findings",
                columns: new[] { "tenant_id", "version_id" });

            migrationBuilder.CreateIndex(
                name: "ix_inbox_notices_tenant_id_mail_id",
                table: "inbox_notices",
                columns: new[] { "tenant_id", "mail_id" });

            migrationBuilder.CreateIndex(
                name: "ix_inbox_notices_tenant_id_user_id_kind_item_id",
                table: "inbox_notices",
                columns: new[] { "tenant_id", "user_id", "kind", "item_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_inbox_notices_user_id",
                table: "inbox_notices",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_inspections_inspector_id",
                table: "inspections",
                column: "inspector_id");

            migrationBuilder.CreateIndex(
                name: "ix_inspections_tenant_id_application_id",
                table: "inspections",
                columns: new[] { "tenant_id", "application_id" });

            migrationBuilder.CreateIndex(
                name: "ix_inspections_tenant_id_bookmark_id",
                table: "inspections",
                columns: new[] { "tenant_id", "bookmark_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_invitations_tenant_id_invited_at",
                table: "invitations",
                columns: new[] { "tenant_id", "invited_at" });

            migrationBuilder.CreateIndex(
                name: "ix_invitations_token_hash",
                table: "invitations",
                column: "token_hash");

            migrationBuilder.CreateIndex(
                name: "ix_ledger_accounts_organisation_id",
                table: "ledger_accounts",
                column: "organisation_id");

            migrationBuilder.CreateIndex(
                name: "ix_ledger_accounts_tenant_id_application_id_funder_kind",
                table: "ledger_accounts",
                columns: new[] { "tenant_id", "application_id", "funder", "kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_ledger_accounts_tenant_id_budget_line_id",
                table: "ledger_accounts",
                columns: new[] { "tenant_id", "budget_line_id" });

            migrationBuilder.CreateIndex(
                name: "ix_ledger_journals_tenant_id_application_id",
                table: "ledger_journals",
                columns: new[] { "tenant_id", "application_id" });

            migrationBuilder.CreateIndex(
                name: "ix_ledger_journals_tenant_id_idempotency_key",
                table: "ledger_journals",
                columns: new[] { "tenant_id", "idempotency_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_ledger_postings_tenant_id_account_id",
                table: "ledger_postings",
                columns: new[] { "tenant_id", "account_id" });

            migrationBuilder.CreateIndex(
                name: "ix_memberships_organisation_id",
                table: "memberships",
                column: "organisation_id");

            migrationBuilder.CreateIndex(
                name: "ix_national_grants_tenant_id_call_id_tier",
                table: "national_grants",
                columns: new[] { "tenant_id", "call_id", "tier" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_organisations_business_number",
                table: "organisations",
                column: "business_number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_outbox_open",
                table: "outbox",
                columns: new[] { "tenant_id", "available_at" },
                filter: "done_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_payment_orders_payee_organisation_id",
                table: "payment_orders",
                column: "payee_organisation_id");

            migrationBuilder.CreateIndex(
                name: "ix_payment_orders_payer_organisation_id_status",
                table: "payment_orders",
                columns: new[] { "payer_organisation_id", "status" });

            migrationBuilder.CreateIndex(
                name: "ix_payment_orders_tenant_id_application_id",
                table: "payment_orders",
                columns: new[] { "tenant_id", "application_id" });

            migrationBuilder.CreateIndex(
                name: "ix_payment_orders_tenant_id_share_id",
                table: "payment_orders",
                columns: new[] { "tenant_id", "share_id" });

            migrationBuilder.CreateIndex(
                name: "ix_payment_orders_tenant_id_tranche_id_share_id",
                table: "payment_orders",
                columns: new[] { "tenant_id", "tranche_id", "share_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_programmes_tenant_id_slug",
                table: "programmes",
                columns: new[] { "tenant_id", "slug" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_publication_requests_open",
                table: "publication_requests",
                columns: new[] { "tenant_id", "programme_id" },
                unique: true,
                filter: "status in ('Waiting', 'Granted')");

            migrationBuilder.CreateIndex(
                name: "ix_publication_requests_tenant_id_base_version_id",
                table: "publication_requests",
                columns: new[] { "tenant_id", "base_version_id" });

            migrationBuilder.CreateIndex(
                name: "ix_publication_requests_tenant_id_call_id",
                table: "publication_requests",
                columns: new[] { "tenant_id", "call_id" });

            migrationBuilder.CreateIndex(
                name: "ix_publication_requests_tenant_id_version_id",
                table: "publication_requests",
                columns: new[] { "tenant_id", "version_id" });

            migrationBuilder.CreateIndex(
                name: "ix_shared_templates_tenant_id_programme_id",
                table: "shared_templates",
                columns: new[] { "tenant_id", "programme_id" },
                unique: true,
                filter: "withdrawn_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_submission_refusals_tenant_id_call_id_arrived_at",
                table: "submission_refusals",
                columns: new[] { "tenant_id", "call_id", "arrived_at" });

            migrationBuilder.CreateIndex(
                name: "ix_submission_refusals_tenant_id_firm_id",
                table: "submission_refusals",
                columns: new[] { "tenant_id", "firm_id" });

            migrationBuilder.CreateIndex(
                name: "ix_supplier_cases_supplier_id",
                table: "supplier_cases",
                column: "supplier_id",
                unique: true,
                filter: "status = 'Open'");

            migrationBuilder.CreateIndex(
                name: "ix_supplier_waits_supplier_case_id",
                table: "supplier_waits",
                column: "supplier_case_id");

            migrationBuilder.CreateIndex(
                name: "ix_supplier_waits_tenant_id_application_id",
                table: "supplier_waits",
                columns: new[] { "tenant_id", "application_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_supplier_waits_tenant_id_supplier_case_id",
                table: "supplier_waits",
                columns: new[] { "tenant_id", "supplier_case_id" });

            migrationBuilder.CreateIndex(
                name: "ix_tasks_assignee_organisation_id",
                table: "tasks",
                column: "assignee_organisation_id");

            migrationBuilder.CreateIndex(
                name: "ix_tasks_tenant_id_application_id",
                table: "tasks",
                columns: new[] { "tenant_id", "application_id" });

            migrationBuilder.CreateIndex(
                name: "ix_tasks_tenant_id_bookmark_id",
                table: "tasks",
                columns: new[] { "tenant_id", "bookmark_id" });

            migrationBuilder.CreateIndex(
                name: "ix_tenants_organisation_id",
                table: "tenants",
                column: "organisation_id");

            migrationBuilder.CreateIndex(
                name: "ix_tranches_payee_organisation_id",
                table: "tranches",
                column: "payee_organisation_id");

            migrationBuilder.CreateIndex(
                name: "ix_tranches_tenant_id_application_id_number",
                table: "tranches",
                columns: new[] { "tenant_id", "application_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_tranches_tenant_id_bookmark_id",
                table: "tranches",
                columns: new[] { "tenant_id", "bookmark_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_users_normalized_user_name",
                table: "users",
                column: "normalized_user_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_workflow_bookmarks_tenant_id_hash",
                table: "workflow_bookmarks",
                columns: new[] { "tenant_id", "hash" });

            migrationBuilder.CreateIndex(
                name: "ix_workflow_bookmarks_tenant_id_instance_id",
                table: "workflow_bookmarks",
                columns: new[] { "tenant_id", "instance_id" });

            migrationBuilder.CreateIndex(
                name: "ix_workflow_instances_tenant_id_advanced_at",
                table: "workflow_instances",
                columns: new[] { "tenant_id", "advanced_at" });

            migrationBuilder.CreateIndex(
                name: "ix_workflow_instances_tenant_id_application_id",
                table: "workflow_instances",
                columns: new[] { "tenant_id", "application_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_workflow_instances_tenant_id_definition_id_correlation_id",
                table: "workflow_instances",
                columns: new[] { "tenant_id", "definition_id", "correlation_id" },
                filter: "status = 'Running'");

            migrationBuilder.CreateIndex(
                name: "ix_workflow_instances_tenant_id_definition_version_id",
                table: "workflow_instances",
                columns: new[] { "tenant_id", "definition_version_id" });

            migrationBuilder.CreateIndex(
                name: "ix_workflow_instances_tenant_id_parent_instance_id",
                table: "workflow_instances",
                columns: new[] { "tenant_id", "parent_instance_id" },
                filter: "parent_instance_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_workflow_triggers_tenant_id_definition_id",
                table: "workflow_triggers",
                columns: new[] { "tenant_id", "definition_id" });

            migrationBuilder.CreateIndex(
                name: "ix_workflow_triggers_tenant_id_definition_version_id",
                table: "workflow_triggers",
                columns: new[] { "tenant_id", "definition_version_id" });

            migrationBuilder.CreateIndex(
                name: "ix_workflow_triggers_tenant_id_hash",
                table: "workflow_triggers",
                columns: new[] { "tenant_id", "hash" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "agreement_signatures");

            migrationBuilder.DropTable(
                name: "application_drafts");

            migrationBuilder.DropTable(
                name: "audit_entries");

            migrationBuilder.DropTable(
                name: "call_notices");

            migrationBuilder.DropTable(
                name: "cost_lines");

            migrationBuilder.DropTable(
                name: "definition_drafts");

            migrationBuilder.DropTable(
                name: "definition_retractions");

            migrationBuilder.DropTable(
                name: "definition_uses");

            migrationBuilder.DropTable(
                name: "deposits");

            migrationBuilder.DropTable(
                name: "documents");

            migrationBuilder.DropTable(
                name: "draft_guests");

            migrationBuilder.DropTable(
                name: "evaluations");

            migrationBuilder.DropTable(
                name: "guard_rail_decisions");

            migrationBuilder.DropTable(
                name: "guard_rail_findings");

            migrationBuilder.DropTable(
                name: "inbox_notices");

            migrationBuilder.DropTable(
                name: "inspections");

            migrationBuilder.DropTable(
                name: "invitations");

            migrationBuilder.DropTable(
                name: "ledger_postings");

            migrationBuilder.DropTable(
                name: "memberships");

            migrationBuilder.DropTable(
                name: "national_grants");

            migrationBuilder.DropTable(
                name: "outbox");

            migrationBuilder.DropTable(
                name: "payment_orders");

            migrationBuilder.DropTable(
                name: "publication_requests");

            migrationBuilder.DropTable(
                name: "receipt_counters");

            migrationBuilder.DropTable(
                name: "shared_templates");

            migrationBuilder.DropTable(
                name: "submission_refusals");

            migrationBuilder.DropTable(
                name: "supplier_waits");

            migrationBuilder.DropTable(
                name: "tasks");

            migrationBuilder.DropTable(
                name: "tenants");

            migrationBuilder.DropTable(
                name: "workflow_bookmarks");

            migrationBuilder.DropTable(
                name: "workflow_journal");

            migrationBuilder.DropTable(
                name: "workflow_triggers");

            migrationBuilder.DropTable(
                name: "agreements");

            migrationBuilder.DropTable(
                name: "guard_rails");

            migrationBuilder.DropTable(
                name: "ledger_accounts");

            migrationBuilder.DropTable(
                name: "ledger_journals");

            migrationBuilder.DropTable(
                name: "users");

            migrationBuilder.DropTable(
                name: "application_shares");

            migrationBuilder.DropTable(
                name: "tranches");

            migrationBuilder.DropTable(
                name: "supplier_cases");

            migrationBuilder.DropTable(
                name: "workflow_instances");

            migrationBuilder.DropTable(
                name: "budget_lines");

            migrationBuilder.DropTable(
                name: "suppliers");

            migrationBuilder.DropTable(
                name: "applications");

            migrationBuilder.DropTable(
                name: "calls");

            migrationBuilder.DropTable(
                name: "facilities");

            migrationBuilder.DropTable(
                name: "definition_versions");

            migrationBuilder.DropTable(
                name: "firms");

            migrationBuilder.DropTable(
                name: "programmes");

            migrationBuilder.DropTable(
                name: "organisations");
        }
    }
}
