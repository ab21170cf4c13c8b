using System;
using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;

#nullable disable

namespace SaaS.Platform.Migrations
{
    /// <inheritdoc />
    public partial class LetTimersWaitInTheDatabase : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterColumn<Guid>(
                name: "application_id",
                table: "workflow_instances",
                type: "uuid",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "uuid");

            migrationBuilder.AddColumn<Instant>(
                name: "advanced_at",
                table: "workflow_instances",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: NodaTime.Instant.FromUnixTimeTicks(0L));

            migrationBuilder.AddColumn<string>(
                name: "correlation_id",
                table: "workflow_instances",
                type: "character varying(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "definition_id",
                table: "workflow_instances",
                type: "character varying(200)",
                maxLength: 200,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<Instant>(
                name: "finished_at",
                table: "workflow_instances",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "name",
                table: "workflow_instances",
                type: "character varying(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "parent_instance_id",
                table: "workflow_instances",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Instant>(
                name: "started_at",
                table: "workflow_instances",
                type: "timestamp with time zone",
                nullable: false,
                defaultValue: NodaTime.Instant.FromUnixTimeTicks(0L));

            migrationBuilder.AddColumn<string>(
                name: "trouble",
                table: "workflow_instances",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<Instant>(
                name: "due_at",
                table: "workflow_bookmarks",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_workflow_instances_tenant_id_advanced_at",
                table: "workflow_instances",
                columns: new[] { "tenant_id", "advanced_at" });

            migrationBuilder.CreateIndex(
                name: "ix_workflow_instances_tenant_id_definition_id_correlation_id",
                table: "workflow_instances",
                columns: new[] { "tenant_id", "definition_id", "correlation_id" },
                filter: "status = 'Running'");

            migrationBuilder.CreateIndex(
                name: "ix_workflow_instances_tenant_id_parent_instance_id",
                table: "workflow_instances",
                columns: new[] { "tenant_id", "parent_instance_id" },
                filter: "parent_instance_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_workflow_bookmarks_tenant_id_hash",
                table: "workflow_bookmarks",
                columns: new[] { "tenant_id", "hash" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_workflow_instances_tenant_id_advanced_at",
                table: "workflow_instances");

            migrationBuilder.DropIndex(
                name: "ix_workflow_instances_tenant_id_definition_id_correlation_id",
                table: "workflow_instances");

            migrationBuilder.DropIndex(
                name: "ix_workflow_instances_tenant_id_parent_instance_id",
                table: "workflow_instances");

            migrationBuilder.DropIndex(
                name: "ix_workflow_bookmarks_tenant_id_hash",
                table: "workflow_bookmarks");

            migrationBuilder.DropColumn(
                name: "advanced_at",
                table: "workflow_instances");

            migrationBuilder.DropColumn(
                name: "correlation_id",
                table: "workflow_instances");

            migrationBuilder.DropColumn(
                name: "definition_id",
                table: "workflow_instances");

            migrationBuilder.DropColumn(
                name: "finished_at",
                table: "workflow_instances");

            migrationBuilder.DropColumn(
                name: "name",
                table: "workflow_instances");

            migrationBuilder.DropColumn(
                name: "parent_instance_id",
                table: "workflow_instances");

            migrationBuilder.DropColumn(
                name: "started_at",
                table: "workflow_instances");

            migrationBuilder.DropColumn(
                name: "trouble",
                table: "workflow_instances");

            migrationBuilder.DropColumn(
                name: "due_at",
                table: "workflow_bookmarks");

            migrationBuilder.AlterColumn<Guid>(
                name: "application_id",
                table: "workflow_instances",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "uuid",
                oldNullable: true);
        }
    }
}
