using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using NodaTime;

#nullable disable

namespace SaaS.Platform.Migrations
{
    /// <inheritdoc />
    public partial class RankCandidates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "candidates",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: false),
                    call_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tier = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    bookmark_id = table.Column<Guid>(type: "uuid", nullable: false),
                    score = table.Column<decimal>(type: "numeric(5,2)", precision: 5, scale: 2, nullable: false),
                    points = table.Column<List<int>>(type: "integer[]", nullable: false),
                    public_money = table.Column<long>(type: "bigint", nullable: false),
                    total_cost = table.Column<long>(type: "bigint", nullable: false),
                    is_first_award = table.Column<bool>(type: "boolean", nullable: false),
                    submitted_at = table.Column<Instant>(type: "timestamp with time zone", nullable: false),
                    lot = table.Column<long>(type: "bigint", nullable: false),
                    selection = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    stops_others = table.Column<bool>(type: "boolean", nullable: false),
                    waiting_days = table.Column<int>(type: "integer", nullable: false),
                    standing = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    rank = table.Column<int>(type: "integer", nullable: true),
                    waiting_number = table.Column<int>(type: "integer", nullable: true),
                    reasons = table.Column<string>(type: "jsonb", nullable: false),
                    waiting_since = table.Column<Instant>(type: "timestamp with time zone", nullable: true),
                    selected_at = table.Column<Instant>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_candidates", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_candidates_applications_tenant_id_application_id",
                        columns: x => new { x.tenant_id, x.application_id },
                        principalTable: "applications",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_candidates_calls_tenant_id_call_id",
                        columns: x => new { x.tenant_id, x.call_id },
                        principalTable: "calls",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_candidates_tenant_id_application_id",
                table: "candidates",
                columns: new[] { "tenant_id", "application_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_candidates_tenant_id_call_id_tier_rank",
                table: "candidates",
                columns: new[] { "tenant_id", "call_id", "tier", "rank" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "candidates");
        }
    }
}
