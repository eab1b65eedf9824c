using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatOperator.Db.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Reports : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "pending_changes",
                table: "external_id",
                type: "jsonb",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "settled_at",
                table: "delivery_attempt",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "settled_by",
                table: "delivery_attempt",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "delivered_until",
                table: "conversation",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "read_until",
                table: "conversation",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_external_id_at",
                table: "external_id",
                column: "at",
                filter: "pending_changes IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_delivery_tenant_id_conversation_id_status",
                table: "delivery",
                columns: new[] { "tenant_id", "conversation_id", "status" },
                filter: "status IN ('sent', 'delivered')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_external_id_at",
                table: "external_id");

            migrationBuilder.DropIndex(
                name: "ix_delivery_tenant_id_conversation_id_status",
                table: "delivery");

            migrationBuilder.DropColumn(
                name: "pending_changes",
                table: "external_id");

            migrationBuilder.DropColumn(
                name: "settled_at",
                table: "delivery_attempt");

            migrationBuilder.DropColumn(
                name: "settled_by",
                table: "delivery_attempt");

            migrationBuilder.DropColumn(
                name: "delivered_until",
                table: "conversation");

            migrationBuilder.DropColumn(
                name: "read_until",
                table: "conversation");
        }
    }
}
