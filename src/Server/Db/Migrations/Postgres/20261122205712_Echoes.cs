using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatOperator.Db.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Echoes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "echo_held_until",
                table: "conversation",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "profile_due_at",
                table: "conversation",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "token_due_at",
                table: "channel_account",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "held_echo",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    type = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: true),
                    extra = table.Column<string>(type: "jsonb", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    arrived_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reply_to = table.Column<string>(type: "text", nullable: true),
                    correlation_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_held_echo", x => new { x.tenant_id, x.account_id, x.external_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_conversation_profile_due_at",
                table: "conversation",
                column: "profile_due_at",
                filter: "profile_due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_tenant_id_account_id_address",
                table: "conversation",
                columns: new[] { "tenant_id", "account_id", "address" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "held_echo");

            migrationBuilder.DropIndex(
                name: "ix_conversation_profile_due_at",
                table: "conversation");

            migrationBuilder.DropIndex(
                name: "ix_conversation_tenant_id_account_id_address",
                table: "conversation");

            migrationBuilder.DropColumn(
                name: "echo_held_until",
                table: "conversation");

            migrationBuilder.DropColumn(
                name: "profile_due_at",
                table: "conversation");

            migrationBuilder.DropColumn(
                name: "token_due_at",
                table: "channel_account");
        }
    }
}
