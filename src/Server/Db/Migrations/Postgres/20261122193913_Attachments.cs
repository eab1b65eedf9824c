using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatOperator.Db.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Attachments : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "attachments",
                table: "message");

            migrationBuilder.AddColumn<int>(
                name: "media_days",
                table: "tenant",
                type: "integer",
                nullable: false,
                defaultValue: 365);

            migrationBuilder.CreateTable(
                name: "attachment",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    message_id = table.Column<long>(type: "bigint", nullable: true),
                    position = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    voice = table.Column<bool>(type: "boolean", nullable: false),
                    caption = table.Column<string>(type: "text", nullable: true),
                    file_name = table.Column<string>(type: "text", nullable: true),
                    mime_type = table.Column<string>(type: "text", nullable: true),
                    size = table.Column<long>(type: "bigint", nullable: true),
                    sha256 = table.Column<byte[]>(type: "bytea", nullable: true),
                    width = table.Column<int>(type: "integer", nullable: true),
                    height = table.Column<int>(type: "integer", nullable: true),
                    duration_ms = table.Column<int>(type: "integer", nullable: true),
                    has_thumbnail = table.Column<bool>(type: "boolean", nullable: false),
                    source = table.Column<string>(type: "jsonb", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    fetch_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    tries = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_attachment", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "network_upload",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    attachment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    media_id = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_network_upload", x => new { x.tenant_id, x.attachment_id, x.account_id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_attachment_created_at",
                table: "attachment",
                column: "created_at",
                filter: "message_id IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_attachment_due_at",
                table: "attachment",
                column: "due_at",
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_attachment_tenant_id_created_at",
                table: "attachment",
                columns: new[] { "tenant_id", "created_at" },
                filter: "state = 'stored'");

            migrationBuilder.CreateIndex(
                name: "ix_attachment_tenant_id_message_id_position",
                table: "attachment",
                columns: new[] { "tenant_id", "message_id", "position" },
                filter: "message_id IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "attachment");

            migrationBuilder.DropTable(
                name: "network_upload");

            migrationBuilder.DropColumn(
                name: "media_days",
                table: "tenant");

            migrationBuilder.AddColumn<string>(
                name: "attachments",
                table: "message",
                type: "jsonb",
                nullable: true);
        }
    }
}
