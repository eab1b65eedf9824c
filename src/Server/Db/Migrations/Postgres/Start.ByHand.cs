using Microsoft.EntityFrameworkCore.Migrations;

namespace ChatOperator.Db.Migrations.Postgres;

public partial class Start
{
    /// <summary>What the model has no words for.</summary>
    private static void AddByHand(MigrationBuilder builder)
    {
        // Ids and words for the system's role alone, see Conversations/Search. The role exists before any migration.
        builder.Sql("""
            CREATE TABLE message_search (
              tenant_id uuid NOT NULL, message_id bigint NOT NULL, words tsvector NOT NULL, PRIMARY KEY (tenant_id, message_id));
            CREATE INDEX ix_message_search_words ON message_search USING gin (words);
            CREATE TABLE conversation_search (
              tenant_id uuid NOT NULL, conversation_id uuid NOT NULL, words tsvector NOT NULL, PRIMARY KEY (tenant_id, conversation_id));
            CREATE INDEX ix_conversation_search_words ON conversation_search USING gin (words);
            GRANT SELECT, INSERT, UPDATE, DELETE ON message_search, conversation_search TO chatoperator_system;
            """);

        // Room on the page for the next version of a row that is updated for every message or report. Ticks come for rows that were written
        // together, many of a page in one commit: the next version of each finds room beside it, and then no index is touched.
        builder.Sql("""
            ALTER TABLE conversation SET (fillfactor = 80);
            ALTER TABLE message SET (fillfactor = 50);
            ALTER TABLE delivery SET (fillfactor = 50);
            """);
    }
}
