using ChatOperator.Db;
using Npgsql;

namespace ChatOperator.Intake.Postgres;

/// <summary>The files of a batch's new messages.</summary>
internal static class PostgresFiles
{
    private const string Insert = """
        INSERT INTO attachment (tenant_id, id, account_id, conversation_id, message_id, position, kind, state, voice, file_name, mime_type, size,
            has_thumbnail, source, created_at, due_at, fetch_until, tries)
        SELECT tenant, id, account, conversation, message, position, kind, 'waiting', voice, name, type, size, false, source::jsonb, at, at, until, 0
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            AS u(tenant, id, account, conversation, message, position, kind, voice, name, type, size, source, at, until)
        """;

    private const string Adopt = """
        UPDATE attachment a SET conversation_id = u.conversation, message_id = u.message, position = u.position
        FROM unnest($1, $2, $3, $4, $5, $6) AS u(tenant, id, account, conversation, message, position)
        WHERE a.tenant_id = u.tenant AND a.id = u.id AND a.account_id = u.account AND a.message_id IS NULL
        """;

    public static void Write(NpgsqlBatch batch, Batch plan)
    {
        var files = plan.NewFiles().ToList();
        if (files.Count > 0)
            batch.Add(Insert).Column(files, f => f.Message.Account.TenantId).Column(files, f => f.Id).Column(files, f => f.Message.Account.Id)
                .Column(files, f => f.Message.Place.ConversationId).Column(files, f => f.Message.Id).Column(files, f => f.Position)
                .Column(files, f => f.Media.Kind).Column(files, f => f.Media.Voice).Column(files, f => f.FileName).Column(files, f => f.MimeType)
                .Column(files, f => f.Media.Bytes).Column(files, f => f.Source).Column(files, f => f.Message.Arrival.At).Column(files, f => f.FetchUntil);
        var uploaded = plan.UploadedFiles().ToList();
        if (uploaded.Count > 0)
            batch.Add(Adopt).Column(uploaded, f => f.Message.Account.TenantId).Column(uploaded, f => f.Id).Column(uploaded, f => f.Message.Account.Id)
                .Column(uploaded, f => f.Message.Place.ConversationId).Column(uploaded, f => f.Message.Id).Column(uploaded, f => f.Position);
    }
}
