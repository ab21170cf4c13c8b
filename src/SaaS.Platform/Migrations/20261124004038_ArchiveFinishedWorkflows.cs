using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;

#nullable disable

namespace SaaS.Platform.Migrations
{
    /// <inheritdoc />
    public partial class ArchiveFinishedWorkflows : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Instant>(
                name: "archived_at",
                table: "workflow_instances",
                type: "timestamp with time zone",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "archived_at",
                table: "workflow_instances");
        }
    }
}
