using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace SaaS.Platform.Migrations
{
    /// <inheritdoc />
    public partial class KeepStateAsWritten : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => AlterState(migrationBuilder, "jsonb", "json");

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => AlterState(migrationBuilder, "json", "jsonb");

        private static void AlterState(MigrationBuilder migrationBuilder, string from, string to) => migrationBuilder.AlterColumn<string>(
            name: "state",
            table: "workflow_instances",
            type: to,
            nullable: false,
            oldClrType: typeof(string),
            oldType: from);
    }
}
