using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatOperator.Db.Migrations.Sqlite
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
                type: "INTEGER",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_open",
                table: "delivery",
                type: "INTEGER",
                nullable: false,
                computedColumnSql: "status IN ('queued', 'sending', 'uncertain')",
                stored: false);

            migrationBuilder.AddColumn<bool>(
                name: "may_be_marked",
                table: "delivery",
                type: "INTEGER",
                nullable: false,
                computedColumnSql: "awaits_marks AND status IN ('sent', 'delivered')",
                stored: false);

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
