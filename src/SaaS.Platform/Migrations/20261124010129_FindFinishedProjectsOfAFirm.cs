using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SaaS.Platform.Migrations
{
    /// <inheritdoc />
    public partial class FindFinishedProjectsOfAFirm : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "ix_applications_firm_id_tier",
                table: "applications",
                columns: new[] { "firm_id", "tier" },
                filter: "status = 'Completed'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_applications_firm_id_tier",
                table: "applications");
        }
    }
}
