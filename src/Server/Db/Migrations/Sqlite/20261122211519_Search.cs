using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatOperator.Db.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Search : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Written by hand: the model has no words for a text index. What stands in it is found by Conversations/Search.
            migrationBuilder.Sql(
                """
                CREATE VIRTUAL TABLE message_search USING fts5(
                  words, content='', contentless_delete=1, detail=none, tokenize='unicode61 remove_diacritics 0');
                """);
            migrationBuilder.Sql(
                """
                CREATE TABLE conversation_search (
                  number INTEGER PRIMARY KEY, tenant_id BLOB NOT NULL, conversation_id BLOB NOT NULL, words TEXT NOT NULL,
                  UNIQUE (tenant_id, conversation_id));
                """);
            migrationBuilder.Sql(
                """
                CREATE VIRTUAL TABLE conversation_words USING fts5(
                  words, content='', contentless_delete=1, detail=none, tokenize='unicode61 remove_diacritics 0');
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TABLE conversation_words;");
            migrationBuilder.Sql("DROP TABLE message_search;");
            migrationBuilder.Sql("DROP TABLE conversation_search;");
        }
    }
}
