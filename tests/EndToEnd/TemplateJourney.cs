using System.Text.RegularExpressions;
using ChatOperator.Harness;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatOperator.EndToEnd;

/// <summary>The reply window closes: the composer becomes the template picker, and opens again by itself when the customer writes.</summary>
public sealed class TemplateJourney(Desk desk, Browser browser) : IClassFixture<Desk>
{
    [Fact]
    public async Task From_a_closed_window_to_a_template_and_back_to_free_words()
    {
        var ana = await LapsedAsync("5491155550201", "Ana");
        await desk.Tenant.Api.PostAsync("/admin/templates/sync");
        await using var console = await desk.SignInAsync(browser, path: $"/chats/{await desk.Tenant.ConversationAsync("+5491155550201")}");
        await Expect(console["closed-composer"]).ToBeVisibleAsync();
        await Expect(console["composer"]).ToHaveCountAsync(0);
        await Expect(console["template-option"].First).ToBeVisibleAsync();
        await console.ShowAsync("template-picker");

        await console["template-search"].FillAsync("pedido");
        await console["template-option"].First.ClickAsync();
        // The name is known; the rest is not.
        await Expect(console["slot-body.1"]).ToHaveValueAsync("Ana");
        await Expect(console["send-template"]).ToBeDisabledAsync();
        await console["slot-body.2"].FillAsync("42");
        await console["slot-buttons.2"].FillAsync("order/42");
        await Expect(console["template-look"].Last).ToContainTextAsync("Hola Ana, tu pedido 42 está listo.");
        await Expect(console["fill-template"]).ToContainTextAsync("exactly what they get");
        await console.ShowAsync("template-filled");
        await console["send-template"].ClickAsync();
        await ana.ReceivesAsync("Hola Ana, tu pedido 42 está listo.");
        await Expect(console["bubble"].Filter(new LocatorFilterOptions { HasText = "Ver pedido" })).ToBeVisibleAsync();

        await console["way-hold"].ClickAsync();
        await console["composer"].FillAsync("¿A qué hora pasás?");
        await console["send"].ClickAsync();
        await Expect(console["held"]).ToBeVisibleAsync();
        await console.ShowAsync("message-held");

        await ana.SaysAsync("Ya voy para allá", desk.Account);
        await Expect(console["closed-composer"]).ToHaveCountAsync(0);
        await Expect(console["composer"]).ToBeVisibleAsync();
        await ana.ReceivesAsync("¿A qué hora pasás?");
        await Expect(console["held"]).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_time_left_counts_down_in_list_and_chat_until_the_picker_takes_over()
    {
        await desk.Sandbox.Phone("5491155550204").SaysAsync("¿Tienen sin gluten?", desk.Account);
        await desk.Tenant.Api.PostAsync("/admin/templates/sync");
        var chat = await desk.Tenant.ConversationAsync("+5491155550204");
        await using var console = await desk.SignInAsync(browser);
        await console.Page.Clock.InstallAsync();
        await console.Page.GotoAsync($"/chats/{chat}");
        var row = console["chat-row"].And(console.Page.Locator($"[data-chat='{chat}']"));
        await Expect(console["composer"]).ToBeVisibleAsync();
        await Expect(console["window-left"]).ToHaveCountAsync(0);
        await console.Page.Clock.FastForwardAsync("23:30:00");
        await Expect(console["window-left"]).ToContainTextAsync(new Regex("2[89]:[0-5][0-9]"));
        await Expect(row).ToContainTextAsync(new Regex("2[89] min"));
        await console.ShowAsync("window-closing");
        await console.Page.Clock.FastForwardAsync("30:00");
        await Expect(console["closed-composer"]).ToBeVisibleAsync();
        await Expect(console["template-option"].First).ToBeVisibleAsync();
        await Expect(row).ToContainTextAsync("Closed");
    }

    [Fact]
    public async Task Who_stopped_marketing_is_offered_none()
    {
        var bruno = await LapsedAsync("5491155550202", "Bruno", "BAJA");
        await desk.Tenant.Api.PostAsync("/admin/templates/sync");
        var chat = await desk.Tenant.ConversationAsync("+5491155550202");
        await using var console = await desk.SignInAsync(browser, 390, 844, "es-AR", path: $"/chats/{chat}");
        var coupon = console.Page.Locator("[data-template=welcome_coupon]");
        await Expect(coupon).ToBeDisabledAsync();
        await Expect(coupon).ToContainTextAsync("dejó de recibir marketing");
        await console.ShowAsync("marketing-stopped-on-a-phone");
        var template = (await desk.Tenant.Api.GetAsync("/admin/templates?q=welcome_coupon"))[0].GetProperty("id").GetGuid();
        await desk.Tenant.Api.RefusedAsync(System.Net.HttpStatusCode.Conflict, "opted_out", HttpMethod.Post, "/admin/templates/send",
            new { conversation_id = chat, template_id = template, parameters = new[] { "Bruno", "20 %", "domingo", "HOLA20" } });
        Assert.Empty(await bruno.ReceivedAsync());
    }

    [Fact]
    public async Task The_page_shows_how_templates_stand_and_what_changed()
    {
        await desk.Tenant.Api.PostAsync("/admin/templates/sync");
        await desk.Sandbox.Control.PostAsync($"/control/accounts/{desk.Account["phone_number_id"]}/templates",
            new { name = "spring_sale", language = "en", status = "PAUSED", quality = "RED", wait = true });
        await using var console = await desk.SignInAsync(browser, path: "/templates");
        var row = console["template-row"].Filter(new LocatorFilterOptions { HasText = "Spring sale" });
        await Expect(row).ToContainTextAsync("Paused");
        await row.ClickAsync();
        await Expect(console["template-story"]).ToContainTextAsync("Quality");
        await console.ShowAsync("page-templates");
        await console.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await console["template-row"].Filter(new LocatorFilterOptions { HasText = "Welcome coupon" }).ClickAsync();
        await console["write-first"].ClickAsync();
        await console["write-to"].FillAsync("+5491155550203");
        await console["slot-header.1"].FillAsync("Carla");
        await console["slot-body.1"].FillAsync("15 %");
        await console["slot-body.2"].FillAsync("lunes");
        await console["slot-buttons.0"].FillAsync("LUNES15");
        await console.ShowAsync("template-to-a-new-number-dark");
        await console["send-template"].ClickAsync();
        await desk.Sandbox.Phone("5491155550203").ReceivesAsync("Tenés 15 % de descuento en tu próxima compra, hasta el lunes.");
    }

    /// <summary>A customer who last wrote two days ago.</summary>
    private async Task<TestPhone> LapsedAsync(string number, string name, string words = "Hola")
    {
        var phone = desk.Sandbox.Phone(number);
        await phone.SaysAsync(words, desk.Account, new { name, timestamp = desk.Server.Time.GetUtcNow().AddDays(-2).ToUnixTimeSeconds() });
        await Eventually.GetAsync(
            () => desk.Tenant.SummaryAsync("?limit=200"), chats => chats.Any(c => c.GetProperty("customer_phone").GetString() == "+" + number), 15, number);
        return phone;
    }
}
