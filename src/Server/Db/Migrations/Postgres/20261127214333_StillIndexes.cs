using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatOperator.Db.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class StillIndexes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_delivery_tenant_id_conversation_id_message_id_part",
                table: "delivery");

            migrationBuilder.DropIndex(
                name: "ix_delivery_tenant_id_conversation_id_status",
                table: "delivery");

            migrationBuilder.AddColumn<bool>(
                name: "awaits_marks",
                table: "delivery",
                type: "boolean",
                nullable: false,
                defaultValue: true);

            // Ticks come for rows that were written together, many of a page in one commit: the next version of each finds room beside it,
            // and then no index is touched.
            migrationBuilder.Sql("ALTER TABLE delivery SET (fillfactor = 50); ALTER TABLE message SET (fillfactor = 50);");

            // Together: each would write the whole table anew.
            migrationBuilder.Sql("""
                ALTER TABLE delivery
                    ADD COLUMN is_open boolean NOT NULL GENERATED ALWAYS AS (status IN ('queued', 'sending', 'uncertain')) STORED,
                    ADD COLUMN may_be_marked boolean NOT NULL GENERATED ALWAYS AS (awaits_marks AND status IN ('sent', 'delivered')) STORED;
                """);

            migrationBuilder.CreateIndex(
                name: "ix_delivery_tenant_id_conversation_id",
                table: "delivery",
                columns: new[] { "tenant_id", "conversation_id" },
                filter: "may_be_marked");

            migrationBuilder.CreateIndex(
                name: "ix_delivery_tenant_id_conversation_id_message_id_part",
                table: "delivery",
                columns: new[] { "tenant_id", "conversation_id", "message_id", "part" },
                filter: "is_open");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("ALTER TABLE delivery SET (fillfactor = 80); ALTER TABLE message SET (fillfactor = 90);");

            migrationBuilder.DropIndex(
                name: "ix_delivery_tenant_id_conversation_id",
                table: "delivery");

            migrationBuilder.DropIndex(
                name: "ix_delivery_tenant_id_conversation_id_message_id_part",
                table: "delivery");

            migrationBuilder.DropColumn(
                name: "is_open",
                table: "delivery");

            migrationBuilder.DropColumn(
                name: "may_be_marked",
                table: "delivery");

            migrationBuilder.DropColumn(
                name: "awaits_marks",
                table: "delivery");

            migrationBuilder.CreateIndex(
                name: "ix_delivery_tenant_id_conversation_id_message_id_part",
                table: "delivery",
                columns: new[] { "tenant_id", "conversation_id", "message_id", "part" },
                filter: "status IN ('queued', 'sending', 'uncertain')");

            migrationBuilder.CreateIndex(
                name: "ix_delivery_tenant_id_conversation_id_status",
                table: "delivery",
                columns: new[] { "tenant_id", "conversation_id", "status" },
                filter: "status IN ('sent', 'delivered')");
        }
    }
}
