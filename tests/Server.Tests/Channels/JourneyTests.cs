using System.Globalization;
using System.Text.Json;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Channels;

/// <summary>
/// One conversation on each network in which everything happens that the network has besides words and files: what brought the person,
/// second thoughts, feelings, and an answer that somebody gives outside this product.
/// </summary>
public abstract class JourneyTests(SharedServer shared)
{
    private static int _phones = 95_000_000;

    [Theory]
    [InlineData("whatsapp_cloud", "")]
    [InlineData("ycloud", "")]
    [InlineData("messenger", "")]
    [InlineData("instagram", "facebook")]
    [InlineData("instagram", "instagram")]
    public async Task Whatever_happens_in_a_conversation_is_seen_in_it(string channel, string login)
    {
        var tenant = await shared.Server.TenantAsync();
        var account = await ConnectAsync(tenant, channel, login);
        var phone = shared.Sandbox.Phone($"54911{Interlocked.Increment(ref _phones).ToString(CultureInfo.InvariantCulture)}");

        // An ad brings them.
        var first = await SaysAsync("Vi el anuncio", new { type = "referral", referral = new { source_type = "ad", source_id = "618", headline = "Promo" } });
        var chat = (await Eventually.GetAsync(() => tenant.SummaryAsync(), all => all.Count == 1))[0];
        var id = chat.GetProperty("id").GetGuid();
        Assert.True((await OfAsync("Vi el anuncio")).TryGetProperty("referral", out _));

        // They feel something about our answer, and take it back.
        await tenant.Api.PostAsync(
            "/admin/whatsapp/send", new { conversation_id = id, message = "¡Hola!", channel_source = chat.GetProperty("channel_source").GetString() });
        var shown = (await phone.ReceivesAsync("¡Hola!")).GetProperty("id").GetString();
        await Eventually.GetAsync(() => OfAsync("¡Hola!"), m => m.GetProperty("status").GetString() == "read", 20, "it is read");
        await SaysAsync("❤", new { type = "reaction", message_id = shown, emoji = "❤" });
        await Eventually.GetAsync(() => OfAsync("¡Hola!"), m => m.TryGetProperty("reactions", out var some) && some.GetArrayLength() == 1, 20, "the reaction shows");
        await SaysAsync("", new { type = "reaction", message_id = shown, emoji = "remove" });
        await Eventually.GetAsync(() => OfAsync("¡Hola!"), m => !m.TryGetProperty("reactions", out var some) || some.GetArrayLength() == 0, 20, "the reaction is gone");

        // Second thoughts: other words, or none.
        var price = await SaysAsync("¿Cuánto sale?", new { type = "text" });
        await SaysAsync("¿Cuánto sale el grande?", new { type = "edit", message_id = price });
        await OfAsync("¿Cuánto sale el grande?");
        if (channel != "messenger") // It tells nobody.
        {
            var slip = await SaysAsync("Mi clave es 1234", new { type = "text" });
            await SaysAsync("", new { type = "revoke", message_id = slip });
            await OfAsync("[Deleted]");
        }

        if (channel == "instagram")
        {
            await SaysAsync("¡Qué rico!", new { type = "story_reply" });
            Assert.Equal("share", (await OfAsync("¡Qué rico!")).GetProperty("type").GetString());
        }

        // Somebody answers in the network's own inbox or app.
        await tenant.Api.PostAsync($"/admin/conversations/{id}/human-override", new { locked = false });
        await shared.Sandbox.Control.PostAsync($"/control/accounts/{account.NetworkId}/echo", new { phone = phone.Digits, type = "text", text = "Te llamo", wait = true });
        Assert.True((await OfAsync("Te llamo")).GetProperty("is_echo").GetBoolean());
        Assert.True((await tenant.SummaryAsync())[0].GetProperty("is_locked").GetBoolean());
        Assert.DoesNotContain(await tenant.MessagesAsync(id), m => m.GetProperty("type").GetString() == "unsupported");
        Assert.NotNull(first);

        async Task<string?> SaysAsync(string text, object more)
        {
            var message = new Dictionary<string, object?> { ["wait"] = true };
            foreach (var property in JsonSerializer.SerializeToElement(more).EnumerateObject()) message[property.Name] = property.Value;
            return (await phone.SaysAsync(text, account, message)).GetProperty("id").GetString();
        }

        async Task<JsonElement> OfAsync(string words) => (await Eventually.GetAsync(
            () => tenant.MessagesAsync(id), all => all.Exists(m => m.GetProperty("content").GetString() == words), 20, words))
            .Find(m => m.GetProperty("content").GetString() == words);
    }

    private async Task<TestAccount> ConnectAsync(TestTenant tenant, string channel, string login)
    {
        var quick = new { spacing_ms = "0" };
        return channel switch
        {
            "whatsapp_cloud" => await tenant.WhatsAppAsync(shared.Sandbox, more: quick),
            "ycloud" => await tenant.YCloudAsync(shared.Sandbox, quick),
            "messenger" => await tenant.MessengerAsync(shared.Sandbox, quick),
            _ => await tenant.InstagramAsync(shared.Sandbox, login, quick),
        };
    }
}

public sealed class JourneyOnSqlite(OnSqlite shared) : JourneyTests(shared), IClassFixture<OnSqlite>;

public sealed class JourneyOnPostgres(OnPostgres shared) : JourneyTests(shared), IClassFixture<OnPostgres>;
