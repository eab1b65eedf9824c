using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatOperator.Db.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class AgentDeeds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "by_id",
                table: "override_event",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "code",
                table: "override_event",
                type: "character varying(40)",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "delivered_at",
                table: "delivery",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "failed_at",
                table: "delivery",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "read_at",
                table: "delivery",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "sent_at",
                table: "delivery",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "deed",
                table: "agent_turn",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "by_id",
                table: "override_event");

            migrationBuilder.DropColumn(
                name: "code",
                table: "override_event");

            migrationBuilder.DropColumn(
                name: "delivered_at",
                table: "delivery");

            migrationBuilder.DropColumn(
                name: "failed_at",
                table: "delivery");

            migrationBuilder.DropColumn(
                name: "read_at",
                table: "delivery");

            migrationBuilder.DropColumn(
                name: "sent_at",
                table: "delivery");

            migrationBuilder.DropColumn(
                name: "deed",
                table: "agent_turn");
        }
    }
}
