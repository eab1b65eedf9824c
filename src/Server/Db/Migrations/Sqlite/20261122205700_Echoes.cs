using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatOperator.Db.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Echoes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "echo_held_until",
                table: "conversation",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "profile_due_at",
                table: "conversation",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "token_due_at",
                table: "channel_account",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "held_echo",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    account_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    external_id = table.Column<string>(type: "TEXT", nullable: false),
                    conversation_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    type = table.Column<string>(type: "TEXT", nullable: false),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    content = table.Column<string>(type: "TEXT", nullable: true),
                    extra = table.Column<string>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    arrived_at = table.Column<long>(type: "INTEGER", nullable: false),
                    reply_to = table.Column<string>(type: "TEXT", nullable: true),
                    correlation_id = table.Column<byte[]>(type: "BLOB", nullable: false)
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
