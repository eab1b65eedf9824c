using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using ChatOperator.Db;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using ChatOperator.Intake;
using ChatOperator.Server.Tests.Widget;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;
using static ChatOperator.Harness.WhatsAppWebhook;

namespace ChatOperator.Server.Tests.Intake;

/// <summary>Poison, overload, stops: each test breaks a server of its own.</summary>
public abstract class TroubleTests(DatabaseProvider provider)
{
    [Fact]
    public async Task Poison_stands_alone_and_its_neighbours_are_unharmed()
    {
        await using var server = await TestServer.StartAsync(provider);
        var account = await (await server.TenantAsync()).WhatsAppAsync();
        await using (var owner = await OwnerAsync(server)) await ExecuteAsync(owner, Poison);

        // While one commit waits the others gather, so that the poison has neighbours.
        var held = await HoldAsync(server);
        var posts = Enumerable.Range(0, 40).Select(i => account.WebhookAsync(Text(account, "5491160000001", $"wamid.{i}", i == 17 ? "poison" : "fine"))).ToList();
        await Eventually.TrueAsync(() => Task.FromResult(Queue(server).Count == 40));
        await held.DisposeAsync();
        foreach (var answer in await Task.WhenAll(posts)) Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        await using var db = server.Services.GetRequiredService<Databases>().ForSystem();
        var receipts = await db.Receipts.AsNoTracking().Where(r => r.TenantId == account.Tenant.Id).ToListAsync();
        Assert.Equal(39, receipts.Count(r => r.Verdict == Verdict.Applied));
        var failed = Assert.Single(receipts, r => r.Verdict == Verdict.Failed);
        Assert.Contains("poison", failed.Reason, StringComparison.Ordinal);
        Assert.Contains("wamid.17", System.Text.Encoding.UTF8.GetString(Receipts.BodyOf(failed)), StringComparison.Ordinal);
        Assert.Equal(39, Assert.Single(await account.Tenant.SummaryAsync()).GetProperty("unread_count").GetInt32());
        Assert.Equal([1, 39], await db.IntakeCounts.OrderBy(c => c.Items).Select(c => c.Items).ToListAsync());
    }

    [Fact]
    public async Task A_full_queue_says_come_back_and_never_grows()
    {
        await using var server = await TestServer.StartAsync(provider, new ServerOptions { Settings = { ["Intake:QueueLimit"] = "8" } });
        var account = await (await server.TenantAsync()).WhatsAppAsync();
        await using (await HoldAsync(server))
        {
            var waiting = Enumerable.Range(0, 8).Select(i => account.WebhookAsync(Text(account, "5491160000002", $"wamid.{i}", "x"))).ToList();
            await Eventually.TrueAsync(() => Task.FromResult(Queue(server).Count == 8));
            for (var i = 8; i < 28; i++)
            {
                using var refused = await account.WebhookAsync(Text(account, "5491160000002", $"wamid.{i}", "x"));
                Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
                Assert.Equal(TimeSpan.FromSeconds(5), refused.Headers.RetryAfter!.Delta);
            }
            Assert.Equal(8, Queue(server).Count);
            Assert.All(waiting, w => Assert.False(w.IsCompleted));
        }
        await Eventually.TrueAsync(() => Task.FromResult(Queue(server).Count == 0));
        using var again = await account.WebhookAsync(Text(account, "5491160000002", "wamid.27", "x"));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(9, Assert.Single(await account.Tenant.SummaryAsync()).GetProperty("unread_count").GetInt32());
    }

    /// <summary>Bytes, the least that may be set. Filled to the last one: a body that goes beyond would be refused and make room again.</summary>
    private const int Budget = 3_145_728;

    [Fact]
    public async Task Slow_senders_hold_what_they_sent_and_not_what_they_announced()
    {
        await using var server = await TestServer.StartAsync(provider, new ServerOptions { Settings = { ["Intake:QueueBytes"] = $"{Budget}" } });
        var account = await (await server.TenantAsync()).WhatsAppAsync();
        using var visitor = new WidgetBrowser(await WidgetBrowser.ConnectAsync(account.Tenant));
        await visitor.OpenAsync();
        var words = new { client_id = WidgetBrowser.Draw(), text = "hola" };
        List<TcpClient> slow = [];
        try
        {
            for (var i = 0; i < 20; i++) slow.Add(await BeginBodyAsync(account, sent: 0));
            using (var fits = await account.WebhookAsync(Text(account, "5491160000003", "wamid.1", "x"))) Assert.Equal(HttpStatusCode.OK, fits.StatusCode);
            // What has arrived counts, whoever sent it: nobody's signature is known yet.
            foreach (var sent in (int[])[1_600_000, Budget - 1_600_000]) slow.Add(await BeginBodyAsync(account, sent));
            await Eventually.TrueAsync(() => Task.FromResult(!Queue(server).HasRoom));
            using (var full = await account.WebhookAsync(Text(account, "5491160000003", "wamid.2", "x")))
                Assert.Equal(HttpStatusCode.ServiceUnavailable, full.StatusCode);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "unavailable"), await visitor.RefusedAsync(HttpMethod.Post, "messages", words));
            // Neither is there room for what was stored before.
            var receipt = Assert.Single((await account.Tenant.Api.GetAsync("/admin/receipts")).EnumerateArray());
            await account.Tenant.Api.RefusedAsync(
                HttpStatusCode.ServiceUnavailable, "unavailable", HttpMethod.Post, $"/admin/receipts/{receipt.GetProperty("id").GetGuid()}/replay");
        }
        finally { slow.ForEach(s => s.Dispose()); }
        await Eventually.TrueAsync(() => Task.FromResult(Queue(server).Bytes.Held == 0));
        using var again = await account.WebhookAsync(Text(account, "5491160000003", "wamid.2", "x"));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        var replayed = await account.Tenant.Api.PostAsync("/admin/receipts/replay", new { since = server.Time.GetUtcNow().AddHours(-1), verdict = "applied" });
        Assert.Equal(2, replayed.GetProperty("replayed").GetInt32());
        Assert.Equal(HttpStatusCode.OK, (await visitor.RefusedAsync(HttpMethod.Post, "messages", words)).Item1);
        Assert.Equal(0, Queue(server).Bytes.Held);
    }

    [Fact]
    public async Task A_stop_under_load_loses_nothing_that_was_answered()
    {
        await using var installation = await Installation.CreateAsync(provider);
        var (stored, sent) = (0, 0);
        Guid tenant;
        await using (var server = await TestServer.StartAsync(installation))
        {
            var account = await (await server.TenantAsync()).WhatsAppAsync();
            tenant = account.Tenant.Id;
            var senders = Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
            {
                while (true)
                    try
                    {
                        var n = Interlocked.Increment(ref sent);
                        using var answer = await account.WebhookAsync(Text(account, $"54911600{n % 50:d5}", $"wamid.{n}", "x"));
                        if (answer.IsSuccessStatusCode) Interlocked.Increment(ref stored);
                    }
                    catch (HttpRequestException) { return; }
            })).ToList();
            await Eventually.TrueAsync(() => Task.FromResult(Volatile.Read(ref stored) > 200));
            await server.StopAsync();
            await Task.WhenAll(senders);
        }
        await using var after = await TestServer.StartAsync(installation);
        await using var db = after.Services.GetRequiredService<Databases>().ForSystem();
        Assert.InRange(await db.Receipts.CountAsync(r => r.TenantId == tenant), stored, sent);
    }

    /// <summary>SQL that makes the database refuse one text.</summary>
    protected abstract string Poison { get; }

    /// <summary>The database's owner, beside the server.</summary>
    protected abstract Task<DbConnection> OwnerAsync(TestServer server);

    /// <summary>Keeps the intake from committing until disposed.</summary>
    protected abstract Task<IAsyncDisposable> HoldAsync(TestServer server);

    protected static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A sender that announces 3 MB and goes quiet.</summary>
    private static async Task<TcpClient> BeginBodyAsync(TestAccount account, int sent)
    {
        var (client, address) = (new TcpClient(), account.Tenant.Server.Address);
        await client.ConnectAsync(address.Host, address.Port);
        await client.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(
            $"POST {account.WebhookUrl.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Length: 3000000\r\n\r\n{new string(' ', sent)}"));
        return client;
    }

    private static IntakeQueue Queue(TestServer server) => server.Services.GetRequiredService<IntakeQueue>();
}

public sealed class TroubleOnSqlite() : TroubleTests(DatabaseProvider.Sqlite)
{
    protected override string Poison =>
        "CREATE TRIGGER poison BEFORE INSERT ON message WHEN NEW.text = 'poison' BEGIN SELECT RAISE(ABORT, 'poison'); END";

    protected override async Task<DbConnection> OwnerAsync(TestServer server)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(server.Installation.DataDirectory, "chat-operator.db")};Default Timeout=30");
        await connection.OpenAsync();
        return connection;
    }

    protected override async Task<IAsyncDisposable> HoldAsync(TestServer server) =>
        new Held(await server.Services.GetRequiredService<Databases>().Gate.EnterAsync());

    private sealed class Held(WriteGate.Turn turn) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            turn.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

public sealed class TroubleOnPostgres() : TroubleTests(DatabaseProvider.Postgres)
{
    protected override string Poison => """
        CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF NEW.text = 'poison' THEN RAISE EXCEPTION 'poison' USING ERRCODE = '23514'; END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER poison BEFORE INSERT ON message FOR EACH ROW EXECUTE FUNCTION poison();
        """;

    protected override async Task<DbConnection> OwnerAsync(TestServer server)
    {
        var connection = new NpgsqlConnection(server.Installation.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    [Fact]
    public async Task While_the_database_is_away_networks_are_told_to_come_back()
    {
        await using var server = await TestServer.StartAsync(DatabaseProvider.Postgres);
        var account = await (await server.TenantAsync()).WhatsAppAsync();
        using (var before = await account.WebhookAsync(Text(account, "5491160000004", "wamid.0", "x"))) Assert.Equal(HttpStatusCode.OK, before.StatusCode);

        var away = TimeSpan.FromSeconds(13);
        await AllowAsync(server, false);
        var (since, n) = (System.Diagnostics.Stopwatch.GetTimestamp(), 0);
        while (System.Diagnostics.Stopwatch.GetElapsedTime(since) < away)
        {
            using var refused = await account.WebhookAsync(Text(account, "5491160000004", $"wamid.{++n}", "x"));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            using var unknown = await server.Api.SendAsync(HttpMethod.Get, "/webhooks/whatsapp_cloud/nobody?hub.mode=subscribe");
            Assert.Contains(unknown.StatusCode, (HttpStatusCode[])[HttpStatusCode.ServiceUnavailable, HttpStatusCode.NotFound]);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
        await AllowAsync(server, true);
        await Eventually.TrueAsync(async () =>
        {
            using var taken = await account.WebhookAsync(Text(account, "5491160000004", "wamid.last", "x"));
            return taken.StatusCode == HttpStatusCode.OK;
        });
    }

    private static async Task AllowAsync(TestServer server, bool allowed)
    {
        var own = new NpgsqlConnectionStringBuilder(server.Installation.ConnectionString);
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(own.ToString()) { Database = "postgres", Pooling = false }.ToString());
        await connection.OpenAsync();
        await ExecuteAsync(connection, $"ALTER DATABASE \"{own.Database}\" ALLOW_CONNECTIONS {allowed}");
        if (!allowed) await ExecuteAsync(connection, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{own.Database}'");
    }

    /// <summary>A lock that ends with its connection.</summary>
    protected override async Task<IAsyncDisposable> HoldAsync(TestServer server)
    {
        var owner = await OwnerAsync(server);
        await ExecuteAsync(owner, "BEGIN; LOCK TABLE receipt IN ACCESS EXCLUSIVE MODE");
        return owner;
    }
}
