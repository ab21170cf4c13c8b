using System;
using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;

#nullable disable

namespace SaaS.Platform.Migrations
{
    /// <inheritdoc />
    public partial class ShareTemplatesBetweenTenants : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.CreateIndex(
                name: "ix_shared_templates_tenant_id_programme_id",
                table: "shared_templates",
                columns: new[] { "tenant_id", "programme_id" },
                unique: true,
                filter: "withdrawn_at is null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "shared_templates");
        }
    }
}
