using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatOperator.Db.Migrations.Postgres
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
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    endpoint = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    key = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    body_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    answer = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
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
