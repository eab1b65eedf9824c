using ChatOperator.Db;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using ChatOperator.Intake;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace ChatOperator.Server.Tests.Outbox;

/// <summary>Silence of a network counts only while this server can hear.</summary>
public abstract class ListeningTests(DatabaseProvider provider)
{
    [Fact]
    public async Task A_report_that_was_turned_away_is_waited_for_instead_of_sending_twice()
    {
        await using var server = await TestServer.StartAsync(provider, new ServerOptions { Settings = { ["Intake:QueueLimit"] = "4" } });
        await using var sandbox = await TestSandbox.StartAsync();
        var chat = await OutboxChat.OpenAsync(server, sandbox, settleSeconds: 2);
        await sandbox.FaultsAsync(new { send = new { drop = "after", times = 1 }, webhook = new { only = "statuses", delay_ms = 1000 } });
        var id = await chat.SendAsync("una sola vez");
        await chat.ReachesAsync(id, "uncertain");
        var held = await HoldAsync(server);
        // The queue is full with others' messages when the report comes, and for longer than silence is borne.
        var queue = server.Services.GetRequiredService<IntakeQueue>();
        var others = Enumerable.Range(0, 4).Select(i => chat.Account.WebhookAsync(WhatsAppWebhook.Text(chat.Account, "5491160000009", $"wamid.{id}.{i}", "x"))).ToList();
        await Eventually.TrueAsync(() => Task.FromResult(queue.Count == 4));
        await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System);
        await held.DisposeAsync();
        foreach (var answer in await Task.WhenAll(others)) answer.Dispose();
        await chat.ReachesAsync(id, "delivered");
        Assert.Equal(["una sola vez"], await chat.TextsAsync());
    }

    [Fact]
    public async Task A_report_that_has_come_but_is_not_stored_yet_is_waited_for_instead_of_sending_twice()
    {
        await using var server = await TestServer.StartAsync(provider);
        await using var sandbox = await TestSandbox.StartAsync();
        var chat = await OutboxChat.OpenAsync(server, sandbox, settleSeconds: 2);
        await sandbox.FaultsAsync(new { send = new { drop = "after", times = 1 }, webhook = new { only = "statuses", delay_ms = 1000 } });
        var id = await chat.SendAsync("una sola vez");
        await chat.ReachesAsync(id, "uncertain");
        var held = await HoldReceiptsAsync(server);
        var queue = server.Services.GetRequiredService<IntakeQueue>();
        await Eventually.TrueAsync(() => Task.FromResult(queue.Count > 0));
        await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System);
        await held.DisposeAsync();
        await chat.ReachesAsync(id, "delivered");
        Assert.Equal(["una sola vez"], await chat.TextsAsync());
    }

    /// <summary>Nothing can be committed until it is disposed.</summary>
    protected abstract Task<IAsyncDisposable> HoldAsync(TestServer server);

    /// <summary>No webhook can be stored until it is disposed; where there is one writer for all, nothing can.</summary>
    protected abstract Task<IAsyncDisposable> HoldReceiptsAsync(TestServer server);
}

public sealed class ListeningOnSqlite() : ListeningTests(DatabaseProvider.Sqlite)
{
    protected override async Task<IAsyncDisposable> HoldAsync(TestServer server) =>
        new Held(await server.Services.GetRequiredService<Databases>().Gate.EnterAsync());

    protected override Task<IAsyncDisposable> HoldReceiptsAsync(TestServer server) => HoldAsync(server);

    private sealed class Held(WriteGate.Turn turn) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            turn.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

public sealed class ListeningOnPostgres() : ListeningTests(DatabaseProvider.Postgres)
{
    protected override Task<IAsyncDisposable> HoldAsync(TestServer server) => LockAsync(server, "receipt, message, conversation");

    protected override Task<IAsyncDisposable> HoldReceiptsAsync(TestServer server) => LockAsync(server, "receipt");

    private static async Task<IAsyncDisposable> LockAsync(TestServer server, string tables)
    {
        var connection = new NpgsqlConnection(server.Services.GetRequiredService<Settings>().Database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"BEGIN; LOCK TABLE {tables} IN EXCLUSIVE MODE", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }
}
