using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ChatOperator.Bench;

/// <summary>
/// Years of chats, put into an installation behind the server's back: by default 1,000,000 conversations with five messages each. Keys
/// are spread as real ones are, but written in their order, so that it takes minutes.
/// </summary>
internal static class History
{
    private const int MessagesEach = 5;

    /// <summary>In <see cref="Webhooks.WriteMessages"/>, the number of the first of these people.</summary>
    public const long FirstContact = 549_220_000_0000 - Webhooks.FirstPhone;

    public static string ConnectionString(DatabaseProvider provider, Installation installation) => provider == DatabaseProvider.Postgres
        ? installation.ConnectionString : InDirectory(installation.DataDirectory);

    private static string InDirectory(string dataDirectory) => $"Data Source={Path.Combine(dataDirectory, "chat-operator.db")};Default Timeout=60";

    /// <summary><c>dev/populate</c>: fills the first channel account of any installation.</summary>
    public static async Task PopulateAsync(Options options)
    {
        var directory = options.Text("data", "");
        var (provider, connectionString) = directory.Length > 0
            ? (DatabaseProvider.Sqlite, InDirectory(directory)) : (DatabaseProvider.Postgres, options.Text("connection", ""));
        const string First = "FROM channel_account ORDER BY created_at LIMIT 1";
        if (await ExecuteAsync(provider, connectionString, $"SELECT tenant_id {First}") is not { } tenant || await ExecuteAsync(provider, connectionString, $"SELECT id {First}") is not { } account)
            throw new InvalidOperationException("The installation has no channel account to fill: connect one first.");
        await FillAsync(provider, connectionString, Populate.IdOf(tenant), Populate.IdOf(account), options.Number("conversations", 1_000_000));
    }

    public static async Task FillAsync(DatabaseProvider provider, string connectionString, Guid tenant, Guid account, int conversations)
    {
        var started = Stopwatch.StartNew();
        var first = await DrawAsync(provider, connectionString, (long)conversations * MessagesEach);
        var start = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().AddYears(-2).ToUnixTimeMilliseconds());
        var past = new Past(tenant, account, start, conversations, first);
        await WriteAsync(provider, connectionString, past, conversations);
        if (provider == DatabaseProvider.Postgres) await ExecuteAsync(provider, connectionString, "ANALYZE contact_identity, conversation, message, external_id");
        Print.Line($"history.{provider.ToString().ToLowerInvariant()}.conversations", conversations, "rows");
        Print.Line($"history.{provider.ToString().ToLowerInvariant()}.messages", (long)conversations * MessagesEach, "rows");
        Print.Line($"history.{provider.ToString().ToLowerInvariant()}.time", started.Elapsed.TotalSeconds, "s");
    }

    private static async Task WriteAsync(DatabaseProvider provider, string connectionString, Past past, int conversations)
    {
        await FillAsync("contact", past.Contact, ["tenant_id", "id", "display_name", "phone", "created_at"], conversations);
        await FillAsync("contact_identity", past.Identity, ["tenant_id", "key", "contact_id", "value"], conversations);
        await FillAsync(
            "conversation", past.Conversation,
            ["tenant_id", "id", "account_id", "contact_id", "channel_source", "address", "display_name", "phone", "created_at", "last_message",
                "last_message_at", "last_message_id", "last_inbound_at", "last_inbound_id", "window_expires_at", "unread_count", "read_up_to",
                "lock_version", "is_locked", "bucket_tokens"],
            conversations);
        await FillAsync(
            "message", past.Message,
            ["tenant_id", "id", "conversation_id", "author", "type", "text", "at", "arrived_at", "external_id", "correlation_id", "status"],
            conversations * MessagesEach);
        await FillAsync(
            "external_id", past.ExternalId, ["tenant_id", "account_id", "id", "message_id", "pending_rank", "at"], conversations * MessagesEach);

        async Task FillAsync(string table, Func<int, object?[]> row, string[] columns, int rows)
        {
            await using var bulk = await BulkTable.OpenAsync(provider, connectionString, table, columns);
            for (var i = 0; i < rows; i++) await bulk.AddAsync(row(i));
        }
    }

    /// <summary>Reserves message ids as the server does, so that what it stores next comes after.</summary>
    private static async Task<long> DrawAsync(DatabaseProvider provider, string connectionString, long count) =>
        Convert.ToInt64(
            await ExecuteAsync(provider, connectionString, provider == DatabaseProvider.Postgres
                ? $"SELECT setval('message_id', nextval('message_id') + {count}) - {count}"
                : $"UPDATE number SET next = next + {count} WHERE name = 'message' RETURNING next - {count}"),
            CultureInfo.InvariantCulture);

    /// <summary>Behind the server's back.</summary>
    public static async Task<object?> ExecuteAsync(DatabaseProvider provider, string connectionString, string sql)
    {
        await using DbConnection connection = provider == DatabaseProvider.Postgres ? new NpgsqlConnection(connectionString) : new SqliteConnection(connectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (sql, 600);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>The rows of the i-th person, or of the i-th message. The same number gives the same row, so tables need no memory of each other.</summary>
    private sealed record Past(Guid Tenant, Guid Account, DateTimeOffset Start, int Conversations, long FirstMessage)
    {
        private static readonly TimeSpan Apart = TimeSpan.FromSeconds(60);

        public object?[] Contact(int i) => [Tenant, Id(i, 1), Name(i), "+" + Phone(i), At(i)];

        public object?[] Identity(int i) => [Tenant, "phone:" + Phone(i), Id(i, 1), Phone(i)];

        public object?[] Conversation(int i)
        {
            var last = FirstMessage + (long)i * MessagesEach + MessagesEach - 1;
            var at = At(i).AddMinutes(MessagesEach - 1);
            return [Tenant, Id(i, 2), Account, Id(i, 1), "whatsapp", "+" + Phone(i), Name(i), "+" + Phone(i), At(i), Words(i), at, last, at, last,
                at.AddHours(24), i % 20 == 0 ? 1 : 0, last - 1, 0, false, 0d];
        }

        public object?[] Message(int i)
        {
            var (person, at) = (i / MessagesEach, At(i / MessagesEach).AddMinutes(i % MessagesEach));
            var inbound = i % 2 == 0;
            return [Tenant, FirstMessage + i, Id(person, 2), inbound ? "contact" : "operator", "text", Words(i), at, at, External(i), Id(person, 3),
                inbound ? "received" : "read"];
        }

        public object?[] ExternalId(int i) => [Tenant, Account, External(i), FirstMessage + i, 0, At(i / MessagesEach)];

        private DateTimeOffset At(int person) => Start + Apart * person;

        /// <summary>A version 7 id of the person's time, one for each kind.</summary>
        private Guid Id(int person, byte kind)
        {
            Span<byte> bytes = stackalloc byte[16];
            Guid.CreateVersion7(At(person)).TryWriteBytes(bytes, bigEndian: true, out _);
            bytes[8..].Clear();
            (bytes[6], bytes[7], bytes[8], bytes[15]) = (0x70, 0, 0x80, kind);
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes[10..14], person);
            return new Guid(bytes, bigEndian: true);
        }

        /// <summary>Over the whole range that networks' ids come from, in rising order.</summary>
        private string External(int i) => $"wamid.{ulong.MaxValue / ((ulong)Conversations * MessagesEach) * (ulong)i:x16}{i:d12}";

        private static string Phone(int person) => (Webhooks.FirstPhone + FirstContact + person).ToString(CultureInfo.InvariantCulture);

        /// <summary>As their webhooks will say it, so that nothing is to be changed.</summary>
        private static string Name(int person) => $"Contact {Phone(person)}";

        private static string Words(int i) => $"Hello, this is about order {i % 900_001:d6}; could you tell me when it comes?";
    }
}
