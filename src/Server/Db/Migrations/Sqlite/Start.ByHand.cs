using Microsoft.EntityFrameworkCore.Migrations;

namespace ChatOperator.Db.Migrations.Sqlite;

public partial class Start
{
    /// <summary>The model has no words for a text index. What stands in it is found by Conversations/Search.</summary>
    private static void AddByHand(MigrationBuilder builder)
    {
        builder.Sql("""
            CREATE VIRTUAL TABLE message_search USING fts5(
              words, content='', contentless_delete=1, detail=none, tokenize='unicode61 remove_diacritics 0');
            """);
        builder.Sql("""
            CREATE TABLE conversation_search (
              number INTEGER PRIMARY KEY, tenant_id BLOB NOT NULL, conversation_id BLOB NOT NULL, words TEXT NOT NULL,
              UNIQUE (tenant_id, conversation_id));
            """);
        builder.Sql("""
            CREATE VIRTUAL TABLE conversation_words USING fts5(
              words, content='', contentless_delete=1, detail=none, tokenize='unicode61 remove_diacritics 0');
            """);
    }
}
