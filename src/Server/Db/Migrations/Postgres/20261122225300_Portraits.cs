using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatOperator.Db.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Portraits : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_attachment_created_at",
                table: "attachment");

            migrationBuilder.AddColumn<string>(
                name: "picture_url",
                table: "conversation",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateIndex(
                name: "ix_attachment_created_at",
                table: "attachment",
                column: "created_at",
                filter: "message_id IS NULL AND kind <> 'portrait'");

            migrationBuilder.CreateIndex(
                name: "ix_attachment_tenant_id_conversation_id",
                table: "attachment",
                columns: new[] { "tenant_id", "conversation_id" },
                filter: "kind = 'portrait'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_attachment_created_at",
                table: "attachment");

            migrationBuilder.DropIndex(
                name: "ix_attachment_tenant_id_conversation_id",
                table: "attachment");

            migrationBuilder.DropColumn(
                name: "picture_url",
                table: "conversation");

            migrationBuilder.CreateIndex(
                name: "ix_attachment_created_at",
                table: "attachment",
                column: "created_at",
                filter: "message_id IS NULL");
        }
    }
}
