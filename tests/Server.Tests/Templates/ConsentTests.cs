using System.Net;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Templates;

public abstract class ConsentTests(SharedServer shared)
{
    [Theory]
    [InlineData("STOP", "alta")]
    [InlineData(" Baja. ", "START")]
    public async Task A_word_stops_marketing_and_a_word_brings_it_back(string stop, string start)
    {
        var desk = await TemplateDesk.OpenAsync(shared.Server, shared.Sandbox);
        var later = await desk.SendAsync(Coupon(desk, await desk.IdAsync("welcome_coupon"), shared.Server.Time.GetUtcNow().AddHours(3)));
        await desk.Chat.Phone.SaysAsync(stop, desk.Chat.Account);
        var noted = await desk.ConsentAsync(c => !c.GetProperty("opted_in").GetBoolean());
        Assert.Equal(("marketing", "keyword"), (noted[0].GetProperty("category").GetString(), noted[0].GetProperty("source").GetString()));
        // What waited to be sent is called off, and nothing new is taken.
        Assert.Equal("opted_out", (await desk.Chat.ReachesAsync(later, "failed")).GetProperty("error").GetProperty("code").GetString());
        await desk.Api.RefusedAsync(HttpStatusCode.Conflict, "opted_out", HttpMethod.Post, "/admin/templates/send", Coupon(desk, await desk.IdAsync("welcome_coupon")));
        await desk.SendAsync(new { conversation_id = desk.Chat.Id, template_id = await desk.IdAsync("order_ready", "en"), parameters = new[] { "Ana", "42" } });
        await desk.Chat.Phone.SaysAsync(start, desk.Chat.Account);
        await desk.ConsentAsync(c => c.GetProperty("opted_in").GetBoolean());
        await desk.Chat.ReachesAsync(await desk.SendAsync(Coupon(desk, await desk.IdAsync("welcome_coupon"))), "read");
    }

    [Fact]
    public async Task The_networks_own_switch_counts_and_an_operator_may_note_otherwise()
    {
        var desk = await TemplateDesk.OpenAsync(shared.Server, shared.Sandbox);
        await desk.PreferAsync("stop");
        var stopped = await desk.ConsentAsync(c => !c.GetProperty("opted_in").GetBoolean());
        Assert.Equal("preference", stopped[0].GetProperty("source").GetString());
        var contact = (await desk.Api.GetAsync($"/admin/conversations/{desk.Chat.Id}")).GetProperty("contact");
        Assert.False(contact.GetProperty("consent")[0].GetProperty("opted_in").GetBoolean());
        var story = await desk.Api.PutAsync($"/admin/contacts/{contact.GetProperty("id").GetGuid()}/consent", new { category = "marketing", opted_in = true, note = "Lo pidió por teléfono" });
        var (by, note) = (story.GetProperty("consent")[0].GetProperty("by").GetString(), story.GetProperty("consent")[0].GetProperty("detail").GetString());
        Assert.Equal(("test owner", "Lo pidió por teléfono", 2), (by, note, story.GetProperty("history").GetArrayLength()));
        // The network still knows better: it refuses, and that is noted in turn.
        var refused = await desk.Chat.ReachesAsync(await desk.SendAsync(Coupon(desk, await desk.IdAsync("welcome_coupon"))), "failed");
        Assert.Equal(("opted_out", "131050"), (refused.GetProperty("error").GetProperty("code").GetString(), refused.GetProperty("error").GetProperty("network_code").GetString()));
        await desk.ConsentAsync(c => c.GetProperty("source").GetString() == "refusal" && !c.GetProperty("opted_in").GetBoolean());
        await desk.PreferAsync("resume");
        await desk.ConsentAsync(c => c.GetProperty("opted_in").GetBoolean());
    }

    [Fact]
    public async Task A_stop_outlives_merges_of_merges()
    {
        var desk = await TemplateDesk.OpenAsync(shared.Server, shared.Sandbox);
        var (account, phone) = (desk.Chat.Account, $"54911{shared.Server.Time.GetUtcNow().Ticks % 100_000_000:D8}");
        // Three that turn out to be one, the oldest last: the phone's contact becomes the second's, that one the first's.
        await SaysAsync(null, "AR.first", "hola");
        await SaysAsync(null, "AR.second", "buenas");
        await SaysAsync(phone, null, "STOP");
        await Eventually.TrueAsync(async () => await IsStoppedAsync());
        await SaysAsync(phone, "AR.second", "soy yo");
        await SaysAsync(phone, "AR.first", "y también");
        Assert.True(await IsStoppedAsync());
        foreach (var chat in await desk.Chat.Tenant.SummaryAsync("?limit=200"))
            if (chat.GetProperty("display_name").GetString() == "Mora")
                await desk.Api.RefusedAsync(
                    HttpStatusCode.Conflict, "opted_out", HttpMethod.Post, "/admin/templates/send",
                    new { conversation_id = chat.GetProperty("id").GetGuid(), template_id = await desk.IdAsync("welcome_coupon"), parameters = new[] { "Ana", "20 %", "domingo", "HOLA20" } });

        async Task SaysAsync(string? from, string? user, string text)
        {
            using var answer = await account.WebhookAsync(WhatsAppWebhook.Of(WhatsAppWebhook.Messages(
                account, [WhatsAppWebhook.Contact(from, "Mora", user)], WhatsAppWebhook.Message(from, $"wamid.{phone}.{text}", text, userId: user))));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        async Task<bool> IsStoppedAsync()
        {
            var contact = (await desk.Api.GetAsync($"/admin/conversations/{await desk.Chat.Tenant.ConversationAsync("+" + phone)}")).GetProperty("contact");
            return contact.GetProperty("consent").EnumerateArray().Any(c => !c.GetProperty("opted_in").GetBoolean());
        }
    }

    private static object Coupon(TemplateDesk desk, Guid template, DateTimeOffset? at = null) =>
        new { conversation_id = desk.Chat.Id, template_id = template, parameters = new[] { "Ana", "20 %", "domingo", "HOLA20" }, not_before = at };
}

public sealed class ConsentOnSqlite(OnSqlite shared) : ConsentTests(shared), IClassFixture<OnSqlite>;

public sealed class ConsentOnPostgres(OnPostgres shared) : ConsentTests(shared), IClassFixture<OnPostgres>;
