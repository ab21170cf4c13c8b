using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;

#nullable disable

namespace SaaS.Platform.Migrations
{
    /// <inheritdoc />
    public partial class KeepDraftsOfProgrammes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
                    authors = table.Column<List<Guid>>(type: "uuid[]", nullable: false)
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "definition_drafts");

            migrationBuilder.DropTable(
                name: "definition_retractions");
        }
    }
}
