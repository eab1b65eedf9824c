using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatOperator.Db.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AgentDeeds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<byte[]>(
                name: "by_id",
                table: "override_event",
                type: "BLOB",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "code",
                table: "override_event",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "delivered_at",
                table: "delivery",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "failed_at",
                table: "delivery",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "read_at",
                table: "delivery",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "sent_at",
                table: "delivery",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "deed",
                table: "agent_turn",
                type: "TEXT",
                maxLength: 64,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "by_id",
                table: "override_event");

            migrationBuilder.DropColumn(
                name: "code",
                table: "override_event");

            migrationBuilder.DropColumn(
                name: "delivered_at",
                table: "delivery");

            migrationBuilder.DropColumn(
                name: "failed_at",
                table: "delivery");

            migrationBuilder.DropColumn(
                name: "read_at",
                table: "delivery");

            migrationBuilder.DropColumn(
                name: "sent_at",
                table: "delivery");

            migrationBuilder.DropColumn(
                name: "deed",
                table: "agent_turn");
        }
    }
}
