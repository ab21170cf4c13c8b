using System;
using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;

#nullable disable

namespace SaaS.Platform.Migrations
{
    /// <inheritdoc />
    public partial class StartWorkflowsByTriggers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
                name: "definition_uses");

            migrationBuilder.DropTable(
                name: "workflow_triggers");
        }
    }
}
