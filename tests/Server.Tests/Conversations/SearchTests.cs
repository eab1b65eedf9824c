using System.Text.Json;
using ChatOperator.Harness;
using Npgsql;
using Xunit;

namespace ChatOperator.Server.Tests.Conversations;

public abstract class SearchTests(SharedServer shared)
{
    protected TestServer Server => shared.Server;

    [Theory]
    [InlineData("gomez"), InlineData("GÓMEZ"), InlineData("ana góm"), InlineData("5550101"), InlineData("+54 9 11 5555-0101"), InlineData("0101")]
    [InlineData("tarta de limón"), InlineData("limon tart"), InlineData("LIMÓN"), InlineData("\"limón\" OR (")]
    public async Task A_chat_is_found_by_name_number_and_what_was_said(string query)
    {
        var tenant = await shared.Server.TenantAsync();
        var rows = new Rows(tenant);
        var account = await rows.AccountAsync();
        var wanted = await rows.ChatAsync(account, "Ana Gómez", "+5491155550101", rows.Start);
        var other = await rows.ChatAsync(account, "Bruno Díaz", "+5491166660202", rows.Start);
        await rows.SayAsync(wanted, "¿Hacen tarta de limón? ¿O tart?", rows.Start.AddSeconds(1));
        await rows.SayAsync(other, "Hola, ¿abren hoy?", rows.Start.AddSeconds(2));

        var expected = query.Contains("OR", StringComparison.Ordinal) ? [] : (Guid[])[wanted];
        await FindsAsync(tenant, "bruno", other);
        await FindsAsync(tenant, query, expected);
    }

    [Fact]
    public async Task What_is_found_pages_and_filters_like_the_list()
    {
        var tenant = await shared.Server.TenantAsync();
        var rows = new Rows(tenant);
        var account = await rows.AccountAsync();
        var chats = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            chats.Add(await rows.ChatAsync(account, $"Cliente {i}", $"+54911555502{i:00}", rows.Start.AddMinutes(i), locked: i == 4));
            await rows.SayAsync(chats[i], $"medialunas {i}", rows.Start.AddMinutes(i).AddSeconds(1));
        }
        await FindsAsync(tenant, "medialuna", [.. Enumerable.Reverse(chats)]);

        using var page = await tenant.Api.SendAsync(HttpMethod.Get, "/admin/chats/summary?q=medialunas&limit=2&human_filter=bot_only");
        Assert.Equal([chats[3], chats[2]], Ids(JsonSerializer.Deserialize<List<JsonElement>>(await page.Content.ReadAsStringAsync())!));
        var rest = await tenant.SummaryAsync($"?q=medialunas&limit=9&human_filter=bot_only&before={page.Headers.GetValues("X-Next-Cursor").Single()}");
        Assert.Equal([chats[1], chats[0]], Ids(rest));
    }

    [Fact]
    public async Task Nobody_finds_another_tenants_words()
    {
        var (mine, other) = (await shared.Server.TenantAsync(), await shared.Server.TenantAsync("Otra"));
        foreach (var tenant in (TestTenant[])[mine, other])
        {
            var rows = new Rows(tenant);
            var chat = await rows.ChatAsync(await rows.AccountAsync(), "Clara", "+5491155550303", rows.Start);
            // Not even by writing what marks the other tenant's texts.
            await rows.SayAsync(chat, $"secreto tenant{other.Id:N}", rows.Start.AddSeconds(1));
        }
        var found = await Eventually.GetAsync(() => mine.SummaryAsync("?q=secreto"), chats => chats.Count > 0);
        Assert.Equal(Ids(await mine.SummaryAsync()), Ids(found));
        Assert.Equal(Ids(await mine.SummaryAsync()), Ids(await mine.SummaryAsync($"?q=tenant{other.Id:N}")));
    }

    protected static async Task FindsAsync(TestTenant tenant, string query, params Guid[] expected)
    {
        var found = await Eventually.GetAsync(
            () => tenant.SummaryAsync($"?q={Uri.EscapeDataString(query)}"), chats => Ids(chats).SequenceEqual(expected), condition: query);
        Assert.Equal(expected, Ids(found));
    }

    private static List<Guid> Ids(List<JsonElement> chats) => chats.ConvertAll(c => c.GetProperty("id").GetGuid());
}

public sealed class SearchOnSqlite(OnSqlite shared) : SearchTests(shared), IClassFixture<OnSqlite>;

public sealed class SearchOnPostgres(OnPostgres shared) : SearchTests(shared), IClassFixture<OnPostgres>
{
    /// <summary>The log is read in the order of commits, up to the oldest transaction that runs; the round that looks everywhere comes once a minute.</summary>
    [Fact]
    public async Task What_an_older_transaction_holds_back_is_found_soon_after_it_ends()
    {
        var (tenant, rows, chat) = await CarlaAsync();
        // Tenants are followed one after the other: now the tables of the first have been read to their end, and only the log tells more.
        await CarlaAsync();

        await using (var older = new NpgsqlConnection(Server.Installation.ConnectionString))
        {
            await older.OpenAsync(TestContext.Current.CancellationToken);
            await using var transaction = await older.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await using var begun = new NpgsqlCommand("SELECT pg_current_xact_id()", older, transaction);
            await begun.ExecuteScalarAsync(TestContext.Current.CancellationToken);
            await rows.SayAsync(chat, "¿Tienen alfajores?", rows.Start.AddSeconds(1));
            // By now the hint of that message has been followed, and forgotten.
            await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System, TestContext.Current.CancellationToken);
            Assert.Empty(await tenant.SummaryAsync("?q=alfajores"));
        }
        await FindsAsync(tenant, "alfajores", chat);
    }

    private async Task<(TestTenant Tenant, Rows Rows, Guid Chat)> CarlaAsync()
    {
        var tenant = await Server.TenantAsync();
        var rows = new Rows(tenant);
        var chat = await rows.ChatAsync(await rows.AccountAsync(), "Carla", "+5491155550404", rows.Start);
        await rows.SayAsync(chat, "Buenas", rows.Start);
        await FindsAsync(tenant, "carla", chat);
        return (tenant, rows, chat);
    }
}
