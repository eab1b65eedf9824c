using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatOperator.Db.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Outbox : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_delivery_tenant_id_conversation_id_id",
                table: "delivery");

            migrationBuilder.CreateTable(
                name: "idempotency_key",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    endpoint = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 255, nullable: false),
                    body_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    answer = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency_key", x => new { x.tenant_id, x.endpoint, x.key });
                });

            migrationBuilder.CreateIndex(
                name: "ix_delivery_tenant_id_conversation_id_message_id_part",
                table: "delivery",
                columns: new[] { "tenant_id", "conversation_id", "message_id", "part" },
                filter: "status IN ('queued', 'sending', 'uncertain')");

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_key_at",
                table: "idempotency_key",
                column: "at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "idempotency_key");

            migrationBuilder.DropIndex(
                name: "ix_delivery_tenant_id_conversation_id_message_id_part",
                table: "delivery");

            migrationBuilder.CreateIndex(
                name: "ix_delivery_tenant_id_conversation_id_id",
                table: "delivery",
                columns: new[] { "tenant_id", "conversation_id", "id" },
                filter: "status IN ('queued', 'sending', 'uncertain')");
        }
    }
}
