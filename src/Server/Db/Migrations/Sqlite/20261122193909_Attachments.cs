using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatOperator.Db.Migrations.Sqlite
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
                type: "INTEGER",
                nullable: false,
                defaultValue: 365);

            migrationBuilder.CreateTable(
                name: "attachment",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    conversation_id = table.Column<byte[]>(type: "BLOB", nullable: true),
                    message_id = table.Column<long>(type: "INTEGER", nullable: true),
                    position = table.Column<int>(type: "INTEGER", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    voice = table.Column<bool>(type: "INTEGER", nullable: false),
                    caption = table.Column<string>(type: "TEXT", nullable: true),
                    file_name = table.Column<string>(type: "TEXT", nullable: true),
                    mime_type = table.Column<string>(type: "TEXT", nullable: true),
                    size = table.Column<long>(type: "INTEGER", nullable: true),
                    sha256 = table.Column<byte[]>(type: "BLOB", nullable: true),
                    width = table.Column<int>(type: "INTEGER", nullable: true),
                    height = table.Column<int>(type: "INTEGER", nullable: true),
                    duration_ms = table.Column<int>(type: "INTEGER", nullable: true),
                    has_thumbnail = table.Column<bool>(type: "INTEGER", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: true),
                    fetch_until = table.Column<long>(type: "INTEGER", nullable: true),
                    tries = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_attachment", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "network_upload",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    attachment_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    media_id = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
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
                type: "TEXT",
                nullable: true);
        }
    }
}
