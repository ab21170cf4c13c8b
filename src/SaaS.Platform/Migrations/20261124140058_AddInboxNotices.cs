using System;
using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;

#nullable disable

namespace SaaS.Platform.Migrations
{
    /// <inheritdoc />
    public partial class AddInboxNotices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Instant>(
                name: "ready_at",
                table: "definition_drafts",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "ready_by",
                table: "definition_drafts",
                type: "uuid",
                nullable: true);

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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "inbox_notices");

            migrationBuilder.DropColumn(
                name: "ready_at",
                table: "definition_drafts");

            migrationBuilder.DropColumn(
                name: "ready_by",
                table: "definition_drafts");
        }
    }
}
