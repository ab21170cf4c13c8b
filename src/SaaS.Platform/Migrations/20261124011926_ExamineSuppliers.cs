using System;
using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;

#nullable disable

namespace SaaS.Platform.Migrations
{
    /// <inheritdoc />
    public partial class ExamineSuppliers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "supplier_waits");

            migrationBuilder.DropTable(
                name: "supplier_cases");
        }
    }
}
