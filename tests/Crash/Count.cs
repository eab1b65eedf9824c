using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Text.Json;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ChatOperator.Crash;

/// <summary>What is there in the end.</summary>
/// <param name="Answered">Messages that were answered 200.</param>
/// <param name="Lost">Of those, how many are not stored.</param>
/// <param name="Doubled">Messages stored more than once.</param>
/// <param name="Unread">What the chats count as unread; each message once.</param>
/// <param name="BooksAgree">Whether the counters of items are what the receipts say.</param>
public sealed record Findings(int Answered, int Lost, int Doubled, long Unread, bool BooksAgree)
{
    /// <summary>The promise was kept.</summary>
    public bool IsGood => Lost == 0 && Doubled == 0 && Unread == Answered && BooksAgree && Answered > 0;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"answered {Answered}\nlost {Lost}\ndoubled {Doubled}\nunread {Unread}\nbooks {(BooksAgree ? "agree" : "differ")}");
}

/// <summary>Counts in the database itself, not by the server's word.</summary>
internal static class Count
{
    public static async Task<Findings> InAsync(Installation installation, Flood flood, ServerProcess server)
    {
        var stored = new Dictionary<string, int>();
        await using DbConnection connection = installation.Provider == DatabaseProvider.Postgres
            ? new NpgsqlConnection(installation.ConnectionString)
            : new SqliteConnection($"Data Source={Path.Combine(installation.DataDirectory, "chat-operator.db")};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT external_id FROM message WHERE author = 'contact'";
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync()) stored[reader.GetString(0)] = stored.GetValueOrDefault(reader.GetString(0)) + 1;
        command.CommandText = "SELECT coalesce(sum(unread_count), 0) FROM conversation";
        var unread = Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
        // A connection that the outage broke may still lie in the pool: its first use is answered "try again shortly".
        JsonElement? books = null;
        await Eventually.TrueAsync(async () =>
        {
            try { books = await server.Api.GetAsync("/admin/receipts/reconciliation"); }
            catch (ApiException e) when (e.Status == HttpStatusCode.ServiceUnavailable) { return false; }
            return true;
        }, 30);
        return new Findings(
            flood.Answered, flood.Numbers.Count(n => !stored.ContainsKey(Flood.Id(n))), stored.Values.Count(times => times > 1), unread,
            books!.Value.GetProperty("agrees").GetBoolean());
    }
}
