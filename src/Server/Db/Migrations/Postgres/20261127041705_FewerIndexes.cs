using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatOperator.Db.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class FewerIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_conversation_tenant_id_account_id_address",
                table: "conversation");

            migrationBuilder.DropIndex(
                name: "ix_conversation_tenant_id_channel_source_last_message_at_id",
                table: "conversation");

            migrationBuilder.DropIndex(
                name: "ix_conversation_tenant_id_last_message_at_id",
                table: "conversation");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_tenant_id_account_id_address",
                table: "conversation",
                columns: new[] { "tenant_id", "account_id", "address" },
                filter: "channel_source <> 'whatsapp'");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_tenant_id_channel_source_last_message_at_id",
                table: "conversation",
                columns: new[] { "tenant_id", "channel_source", "last_message_at", "id" },
                filter: "channel_source <> 'whatsapp'");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_tenant_id_last_message_at_id_channel_source",
                table: "conversation",
                columns: new[] { "tenant_id", "last_message_at", "id", "channel_source" });

            // Room on the page for the next version of a row that is updated for every message or report.
            migrationBuilder.Sql("ALTER TABLE conversation SET (fillfactor = 80); ALTER TABLE message SET (fillfactor = 90); ALTER TABLE delivery SET (fillfactor = 80);");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_conversation_tenant_id_account_id_address",
                table: "conversation");

            migrationBuilder.DropIndex(
                name: "ix_conversation_tenant_id_channel_source_last_message_at_id",
                table: "conversation");

            migrationBuilder.DropIndex(
                name: "ix_conversation_tenant_id_last_message_at_id_channel_source",
                table: "conversation");

            migrationBuilder.CreateIndex(
                name: "ix_conversation_tenant_id_account_id_address",
                table: "conversation",
                columns: new[] { "tenant_id", "account_id", "address" });

            migrationBuilder.CreateIndex(
                name: "ix_conversation_tenant_id_channel_source_last_message_at_id",
                table: "conversation",
                columns: new[] { "tenant_id", "channel_source", "last_message_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_conversation_tenant_id_last_message_at_id",
                table: "conversation",
                columns: new[] { "tenant_id", "last_message_at", "id" });

            migrationBuilder.Sql("ALTER TABLE conversation RESET (fillfactor); ALTER TABLE message RESET (fillfactor); ALTER TABLE delivery RESET (fillfactor);");
        }
    }
}
