using System;
using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;

#nullable disable

namespace SaaS.Platform.Migrations
{
    /// <inheritdoc />
    public partial class AddMoney : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
                name: "ix_deposits_tenant_id_tranche_id",
                table: "deposits",
                columns: new[] { "tenant_id", "tranche_id" },
                unique: true);

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
                name: "ix_national_grants_tenant_id_call_id_tier",
                table: "national_grants",
                columns: new[] { "tenant_id", "call_id", "tier" },
                unique: true);

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "agreement_signatures");

            migrationBuilder.DropTable(
                name: "deposits");

            migrationBuilder.DropTable(
                name: "ledger_postings");

            migrationBuilder.DropTable(
                name: "national_grants");

            migrationBuilder.DropTable(
                name: "payment_orders");

            migrationBuilder.DropTable(
                name: "agreements");

            migrationBuilder.DropTable(
                name: "ledger_accounts");

            migrationBuilder.DropTable(
                name: "ledger_journals");

            migrationBuilder.DropTable(
                name: "application_shares");

            migrationBuilder.DropTable(
                name: "tranches");

            migrationBuilder.DropTable(
                name: "budget_lines");
        }
    }
}
