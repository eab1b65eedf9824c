using System.Text.Json;
using ChatOperator.Changes;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using ChatOperator.Server.Tests.Conversations;
using ChatOperator.Server.Tests.Operators;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace ChatOperator.Server.Tests.Live;

public abstract class LiveTests(SharedServer shared)
{
    [Fact]
    public async Task A_listener_is_told_of_a_message_at_once()
    {
        var (tenant, rows, chat) = await ChatAsync();
        await using var stream = await LiveStream.OpenAsync(tenant.Api);
        var id = await rows.SayAsync(chat, "hola", rows.Start.AddSeconds(1));
        await Eventually.TrueAsync(() => Task.FromResult(!stream.Events.IsEmpty), 5);
        var told = stream.Events.First();
        Assert.Equal(("change", "message", $"{id}"), (told.Type, told.Kind, told.Id));
        Assert.Equal(chat, told.Data.GetProperty("conversation_id").GetGuid());
    }

    [Fact]
    public async Task Colleagues_are_told_which_of_them_is_typing()
    {
        var (tenant, _, chat) = await ChatAsync();
        var (ana, email) = await Browser.OperatorAsync(tenant);
        using var browser = await Browser.SignInAsync(tenant.Server, email, Browser.Password);
        await using var stream = await LiveStream.OpenAsync(tenant.Api);
        await browser.PostAsync($"/admin/conversations/{chat}/typing");
        await tenant.Api.PostAsync($"/admin/conversations/{chat}/typing");
        Assert.Equal([("typing", $"operator:{ana}"), ("typing", "operator")], (await stream.HearsAsync(2)).Select(e => (e.Kind, e.Id)));
        // A viewer reads along, and may know who writes.
        var (_, viewer) = await Browser.OperatorAsync(tenant, "viewer");
        using var reader = await Browser.SignInAsync(tenant.Server, viewer, Browser.Password);
        Assert.Contains((await reader.GetAsync("/admin/colleagues")).EnumerateArray(), c => c.GetProperty("id").GetGuid() == ana && c.GetProperty("name").GetString() == "Ana");
        await tenant.Api.PatchAsync($"/admin/operators/{ana}", new { disabled = true });
        Assert.DoesNotContain((await reader.GetAsync("/admin/colleagues")).EnumerateArray(), c => c.GetProperty("id").GetGuid() == ana);
    }

    [Fact]
    public async Task Whoever_comes_back_is_told_exactly_what_was_missed()
    {
        var (tenant, rows, chat) = await ChatAsync();
        string last;
        await using (var stream = await LiveStream.OpenAsync(tenant.Api))
        {
            await rows.SayAsync(chat, "uno", rows.Start.AddSeconds(1));
            last = (await stream.HearsAsync(1))[^1].Cursor;
        }
        var missed = new List<string>();
        for (var i = 2; i < 7; i++) missed.Add($"{await rows.SayAsync(chat, $"{i}", rows.Start.AddSeconds(i))}");
        await using var again = await LiveStream.OpenAsync(tenant.Api, lastEventId: last);
        missed.Add($"{await rows.SayAsync(chat, "siete", rows.Start.AddSeconds(7))}");
        await again.HearsAsync(missed.Count);
        Assert.Equal(missed, (await again.SettledAsync()).Select(e => e.Id));
    }

    [Theory]
    [InlineData("deadbeef.1.1"), InlineData("nonsense")]
    public async Task A_place_that_is_not_of_this_log_means_resync(string cursor)
    {
        var (tenant, _, _) = await ChatAsync();
        await using var stream = await LiveStream.OpenAsync(tenant.Api, cursor);
        Assert.Equal("resync", Assert.Single(stream.Events).Type);
    }

    [Fact]
    public async Task A_pruned_place_means_resync()
    {
        var (tenant, rows, chat) = await ChatAsync();
        using var list = await tenant.Api.SendAsync(HttpMethod.Get, "/admin/chats/summary");
        var old = list.Headers.GetValues("X-Cursor").Single();
        await rows.SayAsync(chat, "viejo", rows.Start.AddSeconds(1));
        var longAgo = shared.Server.Time.Now().AddHours(-25);
        await using (var db = shared.Server.Services.GetRequiredService<Databases>().For(tenant.Id))
            await db.Changes.ExecuteUpdateAsync(c => c.SetProperty(e => e.At, longAgo));
        await shared.Server.Services.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<PruneChanges>().Single().PruneAsync();
        await rows.SayAsync(chat, "nuevo", rows.Start.AddSeconds(2));

        await using var stream = await LiveStream.OpenAsync(tenant.Api, old);
        Assert.Equal("resync", stream.Events.First().Type);
        await tenant.Api.RefusedAsync(System.Net.HttpStatusCode.Gone, "cursor_expired", HttpMethod.Get, $"/admin/chats/{chat}/messages?since={old}");
    }

    [Fact]
    public async Task Another_tenants_changes_are_not_told()
    {
        var (mine, _, _) = await ChatAsync();
        var (_, rows, chat) = await ChatAsync();
        await using var stream = await LiveStream.OpenAsync(mine.Api);
        await rows.SayAsync(chat, "ajeno", rows.Start.AddSeconds(1));
        Assert.Empty(await stream.SettledAsync());
    }

    [Fact]
    public async Task Snapshot_and_changes_make_a_fresh_snapshot()
    {
        var (tenant, rows, chat) = await ChatAsync();
        await LiveEquation.HoldsAsync(tenant, () => rows.SayAsync(chat, "hola", rows.Start.AddSeconds(1)));
        await LiveEquation.HoldsAsync(tenant, () => rows.SayAsync(chat, "eco", rows.Start.AddSeconds(2), MessageAuthor.Echo));
        var last = await rows.SayAsync(chat, "¿están?", rows.Start.AddSeconds(3));
        await LiveEquation.HoldsAsync(tenant, () => tenant.Api.PostAsync($"/admin/chats/{chat}/read", new { up_to = last }));
        await LiveEquation.HoldsAsync(tenant, () => tenant.Api.PostAsync($"/admin/conversations/{chat}/human-override", new { locked = true }));
        await LiveEquation.HoldsAsync(tenant, () => tenant.Api.PostAsync($"/admin/conversations/{chat}/human-override", new { locked = false }));
        var contact = (await tenant.Api.GetAsync($"/admin/conversations/{chat}")).GetProperty("contact").GetProperty("id").GetGuid();
        await LiveEquation.HoldsAsync(tenant, () => tenant.Api.PatchAsync($"/admin/contacts/{contact}", new { attributes = new { city = "Rosario" } }));
    }

    private protected async Task<(TestTenant Tenant, Rows Rows, Guid Chat)> ChatAsync()
    {
        var tenant = await shared.Server.TenantAsync();
        var rows = new Rows(tenant);
        return (tenant, rows, await rows.ChatAsync(await rows.AccountAsync(), "Ana", "+5491155550101", rows.Start));
    }
}

public sealed class LiveOnSqlite(OnSqlite shared) : LiveTests(shared), IClassFixture<OnSqlite>;

public sealed class LiveOnPostgres(OnPostgres shared) : LiveTests(shared), IClassFixture<OnPostgres>
{
    private readonly OnPostgres _shared = shared;

    /// <summary>The trap of every log with a sequence: the lower number commits later.</summary>
    [Fact]
    public async Task A_transaction_that_commits_late_is_not_overtaken()
    {
        var (tenant, rows, chat) = await ChatAsync();
        await using var stream = await LiveStream.OpenAsync(tenant.Api);
        await using var slow = _shared.Server.Services.GetRequiredService<Databases>().For(tenant.Id);
        await using var transaction = await slow.Database.BeginTransactionAsync();
        slow.Record(tenant.Id, ChangeKind.Contact, "slow");
        await slow.SaveChangesAsync();
        var fast = await rows.SayAsync(chat, "rápido", rows.Start.AddSeconds(1));
        Assert.Empty(await stream.SettledAsync());

        await transaction.CommitAsync();
        Assert.Equal(["slow", $"{fast}"], (await stream.HearsAsync(2)).Select(e => e.Id));
    }

    /// <summary>Whoever asks after a message was answered sees it, although a listener, who is told in order, has to wait.</summary>
    [Fact]
    public async Task A_poller_sees_what_a_slow_transaction_holds_back_and_then_once_more()
    {
        var (tenant, rows, chat) = await ChatAsync();
        var (_, cursor) = await ChangedAsync(tenant, chat);
        await using var slow = _shared.Server.Services.GetRequiredService<Databases>().For(tenant.Id);
        await using var transaction = await slow.Database.BeginTransactionAsync();
        slow.Record(tenant.Id, ChangeKind.Contact, "slow");
        await slow.SaveChangesAsync();
        await rows.SayAsync(chat, "rápido", rows.Start.AddSeconds(1));
        (var changed, cursor) = await ChangedAsync(tenant, chat, cursor);
        Assert.Equal(["rápido"], changed);

        await transaction.CommitAsync();
        (changed, cursor) = await ChangedAsync(tenant, chat, cursor);
        Assert.Equal(["rápido"], changed);
        await Eventually.TrueAsync(
            async () =>
            {
                (changed, cursor) = await ChangedAsync(tenant, chat, cursor);
                return changed.Count == 0;
            });
    }

    /// <summary>PostgreSQL numbers the transactions of all its databases together, and a report in another may run for hours.</summary>
    [Fact]
    public async Task A_transaction_of_another_database_holds_nothing_back()
    {
        var (tenant, rows, chat) = await ChatAsync();
        await using var foreign = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(_shared.Server.Installation.ConnectionString) { Database = "postgres" }.ToString());
        await foreign.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await foreign.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var begun = new NpgsqlCommand("SELECT pg_current_xact_id()", foreign, transaction);
        await begun.ExecuteScalarAsync(TestContext.Current.CancellationToken);

        await using var stream = await LiveStream.OpenAsync(tenant.Api);
        var id = await rows.SayAsync(chat, "hola", rows.Start.AddSeconds(1));
        Assert.Equal($"{id}", (await stream.HearsAsync(1))[0].Id);
        var told = stream.Events.First().Cursor;
        await using var again = await LiveStream.OpenAsync(tenant.Api, lastEventId: told);
        var next = await rows.SayAsync(chat, "¿hay lugar?", rows.Start.AddSeconds(2));
        Assert.Equal($"{next}", (await again.HearsAsync(1))[0].Id);
    }

    private static async Task<(List<string?> Contents, string Cursor)> ChangedAsync(TestTenant tenant, Guid chat, string? since = null)
    {
        using var answer = await tenant.Api.SendAsync(
            HttpMethod.Get, $"/admin/chats/{chat}/messages" + (since is null ? "" : $"?since={Uri.EscapeDataString(since)}"));
        var messages = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        return ([.. messages.EnumerateArray().Select(m => m.GetProperty("content").GetString())], answer.Headers.GetValues("X-Cursor").Single());
    }
}
