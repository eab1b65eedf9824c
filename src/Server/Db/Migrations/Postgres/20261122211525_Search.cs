using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatOperator.Db.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Search : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Written by hand: ids and words for the system's role alone, see Conversations/Search. The role exists before any migration.
            migrationBuilder.Sql(
                """
                CREATE TABLE message_search (
                  tenant_id uuid NOT NULL, message_id bigint NOT NULL, words tsvector NOT NULL, PRIMARY KEY (tenant_id, message_id));
                CREATE INDEX ix_message_search_words ON message_search USING gin (words);
                CREATE TABLE conversation_search (
                  tenant_id uuid NOT NULL, conversation_id uuid NOT NULL, words tsvector NOT NULL, PRIMARY KEY (tenant_id, conversation_id));
                CREATE INDEX ix_conversation_search_words ON conversation_search USING gin (words);
                GRANT SELECT, INSERT, UPDATE, DELETE ON message_search, conversation_search TO chatoperator_system;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("DROP TABLE message_search;");
            migrationBuilder.Sql("DROP TABLE conversation_search;");
        }
    }
}
