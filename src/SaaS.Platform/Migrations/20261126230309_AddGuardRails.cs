using System;
using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;

#nullable disable

namespace SaaS.Platform.Migrations
{
    /// <inheritdoc />
    public partial class AddGuardRails : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "guard_rail_decisions");

            migrationBuilder.DropTable(
                name: "guard_rail_findings");

            migrationBuilder.DropTable(
                name: "guard_rails");
        }
    }
}
