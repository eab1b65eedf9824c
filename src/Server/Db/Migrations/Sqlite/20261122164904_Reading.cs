using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatOperator.Db.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Reading : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "change_epoch",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_change_epoch", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "change_pruned",
                columns: table => new
                {
                    tenant_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    xid = table.Column<long>(type: "INTEGER", nullable: false),
                    seq = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_change_pruned", x => x.tenant_id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_message_tenant_id_correlation_id",
                table: "message",
                columns: new[] { "tenant_id", "correlation_id" },
                filter: "author <> 'contact'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "change_epoch");

            migrationBuilder.DropTable(
                name: "change_pruned");

            migrationBuilder.DropIndex(
                name: "ix_message_tenant_id_correlation_id",
                table: "message");
        }
    }
}
