using ChatOperator.Conversations;
using ChatOperator.Db;
using Microsoft.Data.Sqlite;

namespace ChatOperator.Intake.Sqlite;

/// <summary>Reports by time, one by one: a handful of statements for all ticks of a conversation.</summary>
internal sealed class SqliteWatermarks(SqliteConnection connection) : IDisposable
{
    private static readonly WatermarkSql Sql = new("?", "");

    private readonly Dictionary<string, SqliteStatement> _prepared = [];

    public void Apply(WatermarkReport mark)
    {
        Find(mark);
        if (mark.ConversationId is { } conversation) Advance(mark, conversation);
        mark.Conclude();
    }

    /// <summary>What a person sent outside, and its reader had seen before we heard of it.</summary>
    public void CatchUp(NewMessage echo) => On(Sql.CatchUp).Bind(echo.Account.TenantId).Bind(echo.Id).Run();

    public void Dispose()
    {
        foreach (var statement in _prepared.Values) statement.Dispose();
    }

    private void Advance(WatermarkReport mark, Guid conversation)
    {
        var (tenant, lag) = (mark.Account.TenantId, mark.Until + Watermark.AnswerLag);
        var messages = On(Sql.Messages(mark.Status)).Bind(tenant).Bind(conversation).Bind(mark.Until).Bind(lag);
        while (messages.Read()) mark.Messages.Add(messages.Long(0));
        On(Sql.Advance(mark.Status)).Bind(tenant).Bind(conversation).Bind(mark.Until).Run();
        if (mark.Messages.Count == 0) return;
        On(Sql.AdvanceDeliveries(mark.Status)).Bind(tenant).Bind(conversation).Bind(mark.Until).Bind(lag).Run();
        foreach (var message in mark.Messages) On(Sql.AdvanceMessage(mark.Status)).Bind(tenant).Bind(message).Run();
    }

    private void Find(WatermarkReport mark)
    {
        if (mark.LastExternalId is { } last)
        {
            var found = On(Sql.ConversationOfMessage).Bind(mark.Account.TenantId).Bind(mark.Account.Id).Bind(last);
            if (found.Read())
            {
                mark.Found(found.Guid(0), DateTimeOffset.FromUnixTimeMilliseconds(found.Long(1)));
                found.Reset();
                return;
            }
        }
        var person = On(Sql.ConversationOfPerson).Bind(mark.Account.TenantId).Bind(mark.Account.Id).Bind(mark.Address);
        if (!person.Read()) return;
        mark.Found(person.Guid(0), null);
        person.Reset();
    }

    private SqliteStatement On(string sql)
    {
        if (!_prepared.TryGetValue(sql, out var statement)) _prepared.Add(sql, statement = new SqliteStatement(connection, sql));
        return statement;
    }
}
