using System.Globalization;
using System.Net;
using System.Text.Json;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Outbox;

/// <summary>Choices to tap, places and address-book cards, where a network has them.</summary>
public abstract class SpecialContentTests(SharedServer shared)
{
    private static int _phones = 97_000_000;

    [Theory]
    [InlineData("whatsapp_cloud", 2)]
    [InlineData("whatsapp_cloud", 5)]
    [InlineData("ycloud", 3)]
    [InlineData("messenger", 5)]
    [InlineData("instagram", 2)]
    public async Task Choices_are_shown_and_the_one_tapped_comes_back(string channel, int count)
    {
        var (account, phone, chat, source) = await OpenAsync(channel);
        var choices = Enumerable.Range(1, count).Select(i => new { id = $"option-{i}", title = $"Opción {i}" });
        await SendAsync(account, new { conversation_id = chat, channel_source = source, message = "¿Cuál preferís?", choices, choices_button = "Elegir" });
        var shown = await phone.ReceivesAsync("¿Cuál preferís?");
        Assert.Contains("option-2", shown.GetProperty("raw").ToString(), StringComparison.Ordinal);

        var type = channel is "messenger" or "instagram" ? "quick_reply" : count <= 3 ? "button_reply" : "list_reply";
        await phone.SaysAsync("Opción 2", account, new { type, payload = "option-2", reply = new { id = "option-2", title = "Opción 2" }, wait = true });
        // WhatsApp counts in seconds: the answer may stand before what it answers.
        var answer = Assert.Single(await account.Tenant.MessagesAsync(chat), m => m.GetProperty("type").GetString() == "interactive");
        Assert.Equal(("Opción 2", "option-2"), (answer.GetProperty("content").GetString(), answer.GetProperty("data").GetProperty("payload").GetString()));
        var asked = (await account.Tenant.MessagesAsync(chat)).Find(m => m.GetProperty("content").GetString() == "¿Cuál preferís?");
        Assert.Equal(("text", count), (asked.GetProperty("type").GetString(), asked.GetProperty("data").GetProperty("choices").GetArrayLength()));
    }

    [Theory]
    [InlineData("whatsapp_cloud")]
    [InlineData("ycloud")]
    public async Task A_place_and_a_card_arrive_as_such(string channel)
    {
        var (account, phone, chat, source) = await OpenAsync(channel);
        await SendAsync(account, new { conversation_id = chat, channel_source = source, location = new { latitude = -34.6037, longitude = -58.3816, name = "Obelisco" } });
        var place = await phone.ReceivesAsync("Obelisco");
        Assert.Equal("location", place.GetProperty("type").GetString());
        await SendAsync(account, new { conversation_id = chat, channel_source = source, contacts = new[] { new { name = "Luis Paz", phone = "+5491155550199", organization = "Paz SA" } } });
        var card = await phone.ReceivesAsync("Luis Paz");
        Assert.Equal("contacts", card.GetProperty("type").GetString());
        Assert.Equal(["[Location: Obelisco]", "[Contact: Luis Paz]"], (await account.Tenant.MessagesAsync(chat)).Skip(1).Select(m => m.GetProperty("content").GetString()));
    }

    [Fact]
    public async Task What_a_channel_has_no_form_for_is_refused_before_it_is_written()
    {
        var (account, _, chat, source) = await OpenAsync("messenger");
        await RefusedAsync(account, "not_on_this_channel", new { conversation_id = chat, channel_source = source, location = new { latitude = 1, longitude = 2 } });
        await RefusedAsync(account, "not_on_this_channel", new { conversation_id = chat, channel_source = source, contacts = new[] { new { name = "x", phone = "+1" } } });
        var two = new[] { new { title = "Sí" }, new { title = "Sí" } };
        await RefusedAsync(account, "invalid_request", new { conversation_id = chat, channel_source = source, message = "¿?", choices = two });
        await RefusedAsync(account, "invalid_request", new { conversation_id = chat, channel_source = source, choices = new[] { new { title = "Sí" } } });
        await RefusedAsync(account, "invalid_request", new { conversation_id = chat, channel_source = source, message = "¿?", choices = new[] { new { title = new string('x', 21) } } });
        await RefusedAsync(account, "invalid_request", new { conversation_id = chat, channel_source = source, message = "¿?", choices = Enumerable.Range(0, 14).Select(i => new { title = $"{i}" }) });
        Assert.Single(await account.Tenant.MessagesAsync(chat));
    }

    private async Task<(TestAccount Account, TestPhone Phone, Guid Chat, string Source)> OpenAsync(string channel)
    {
        var tenant = await shared.Server.TenantAsync();
        var quick = new { spacing_ms = "0" };
        var account = channel switch
        {
            "whatsapp_cloud" => await tenant.WhatsAppAsync(shared.Sandbox, more: quick),
            "ycloud" => await tenant.YCloudAsync(shared.Sandbox, quick),
            "messenger" => await tenant.MessengerAsync(shared.Sandbox, quick),
            _ => await tenant.InstagramAsync(shared.Sandbox, more: quick),
        };
        var phone = shared.Sandbox.Phone($"54911{Interlocked.Increment(ref _phones).ToString(CultureInfo.InvariantCulture)}");
        await phone.SaysAsync("Hola", account, new { wait = true });
        var chat = (await Eventually.GetAsync(() => tenant.SummaryAsync(), all => all.Count == 1))[0];
        return (account, phone, chat.GetProperty("id").GetGuid(), chat.GetProperty("channel_source").GetString()!);
    }

    private static Task<JsonElement> SendAsync(TestAccount account, object request) => account.Tenant.Api.PostAsync("/admin/whatsapp/send", request);

    private static Task RefusedAsync(TestAccount account, string code, object request) =>
        account.Tenant.Api.RefusedAsync(HttpStatusCode.BadRequest, code, HttpMethod.Post, "/admin/whatsapp/send", request);
}

public sealed class SpecialContentOnSqlite(OnSqlite shared) : SpecialContentTests(shared), IClassFixture<OnSqlite>;

public sealed class SpecialContentOnPostgres(OnPostgres shared) : SpecialContentTests(shared), IClassFixture<OnPostgres>;
