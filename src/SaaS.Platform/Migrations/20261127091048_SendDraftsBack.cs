using System;
using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;

#nullable disable

namespace SaaS.Platform.Migrations
{
    /// <inheritdoc />
    public partial class SendDraftsBack : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "ready_id",
                table: "definition_drafts",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "return_id",
                table: "definition_drafts",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "draft_returns",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    programme_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    handed_over_by = table.Column<Guid>(type: "uuid", nullable: false),
                    returned_by = table.Column<Guid>(type: "uuid", nullable: false),
                    returned_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_draft_returns", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_draft_returns_programme_tenant_id_programme_id",
                        columns: x => new { x.tenant_id, x.programme_id },
                        principalTable: "programmes",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_definition_drafts_tenant_id_return_id",
                table: "definition_drafts",
                columns: new[] { "tenant_id", "return_id" });

            migrationBuilder.CreateIndex(
                name: "ix_draft_returns_tenant_id_programme_id_returned_at",
                table: "draft_returns",
                columns: new[] { "tenant_id", "programme_id", "returned_at" });

            migrationBuilder.AddForeignKey(
                name: "fk_definition_drafts_draft_return_tenant_id_return_id",
                table: "definition_drafts",
                columns: new[] { "tenant_id", "return_id" },
                principalTable: "draft_returns",
                principalColumns: new[] { "tenant_id", "id" },
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_definition_drafts_draft_return_tenant_id_return_id",
                table: "definition_drafts");

            migrationBuilder.DropTable(
                name: "draft_returns");

            migrationBuilder.DropIndex(
                name: "ix_definition_drafts_tenant_id_return_id",
                table: "definition_drafts");

            migrationBuilder.DropColumn(
                name: "ready_id",
                table: "definition_drafts");

            migrationBuilder.DropColumn(
                name: "return_id",
                table: "definition_drafts");
        }
    }
}
