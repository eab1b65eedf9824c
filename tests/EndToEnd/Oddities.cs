using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatOperator.Harness;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatOperator.EndToEnd;

/// <summary>What networks really send, and what was not foreseen, breaks no page.</summary>
public sealed class Oddities(Desk desk, Browser browser) : IClassFixture<Desk>
{
    [Fact]
    public async Task A_basket_without_a_currency_is_shown_and_breaks_nothing()
    {
        var phone = desk.Sandbox.Phone("5491155550601");
        await phone.SaysAsync("Quiero esto", desk.Account);
        var basket = WhatsAppWebhook.Message("5491155550601", "wamid.basket", "order", JsonNode.Parse("""
            { "catalog_id": "1", "text": "", "product_items": [{ "product_retailer_id": "mate-cup", "quantity": 2, "item_price": 12.5, "currency": "" }] }
            """)!);
        using var answer = await desk.Account.WebhookAsync(WhatsAppWebhook.Of(WhatsAppWebhook.Messages(desk.Account, [WhatsAppWebhook.Contact("5491155550601")], basket)));
        Assert.True(answer.IsSuccessStatusCode);
        await using var console = await desk.SignInAsync(browser, path: $"/chats/{await desk.Tenant.ConversationAsync("+5491155550601")}");
        await Expect(console["bubble"].Last).ToContainTextAsync("mate-cup");
        await Expect(console["bubble"].Last).ToContainTextAsync("25.00");
        await Expect(console["composer"]).ToBeVisibleAsync();
        await console.ShowAsync("basket");
    }

    [Fact]
    public async Task A_console_in_Spanish_names_what_has_no_words_in_Spanish()
    {
        await desk.Sandbox.Phone("5491155550602").SaysAsync("", desk.Account, new { type = "voice" });
        await desk.Sandbox.Phone("5491155550603").SaysAsync("poll", desk.Account, new { type = "unsupported" });
        await desk.Tenant.ConversationAsync("+5491155550603");
        await using var console = await desk.SignInAsync(browser, language: "es-AR");
        await Expect(console["chat-row"].Filter(new LocatorFilterOptions { HasText = "Nota de voz" })).ToHaveCountAsync(1);
        await Expect(console["chat-row"].Filter(new LocatorFilterOptions { HasText = "No compatible: encuesta" })).ToHaveCountAsync(1);
        await console.ShowAsync("placeholders-in-spanish");
    }

    [Fact]
    public async Task The_palette_finds_a_chat_and_a_page_from_the_keyboard_alone()
    {
        await desk.Sandbox.Phone("5491155550604").SaysAsync("¿Tienen pan de nuez?", desk.Account);
        var chat = await desk.Tenant.ConversationAsync("+5491155550604");
        await using var console = await desk.SignInAsync(browser, path: "/settings");
        await Expect(console["open-palette"]).ToBeVisibleAsync();
        await console.Page.Keyboard.PressAsync("Control+k");
        await console["palette-input"].FillAsync("nuez");
        await Expect(console["palette"].GetByRole(AriaRole.Option, new LocatorGetByRoleOptions { Selected = true })).ToContainTextAsync("pan de nuez");
        await console.ShowAsync("palette");
        await console.Page.Keyboard.PressAsync("Enter");
        await Expect(console.Page).ToHaveURLAsync(new Regex($"/chats/{chat}$"));
        await Expect(console["thread"]).ToContainTextAsync("pan de nuez");
        await console.Page.Keyboard.PressAsync("Control+k");
        await console["palette-input"].FillAsync("recei");
        await console.Page.Keyboard.PressAsync("Enter");
        await Expect(console.Page).ToHaveURLAsync(new Regex("/receipts$"));
        await Expect(console["intake-health"]).ToBeVisibleAsync();
        await console["reconcile"].ClickAsync();
        await Expect(console["books-agree"]).ToHaveAttributeAsync("data-agrees", "true");
        await console.ShowAsync("books");
    }

    [Fact]
    public async Task A_repeated_delivery_leads_to_the_message_that_it_repeats()
    {
        var text = WhatsAppWebhook.Text(desk.Account, "5491155550605", "wamid.repeated", "Una vez nada más");
        for (var i = 0; i < 2; i++)
            using (var answer = await desk.Account.WebhookAsync(text)) Assert.True(answer.IsSuccessStatusCode);
        await using var console = await desk.SignInAsync(browser, path: "/receipts");
        await console.Page.GetByRole(AriaRole.Radio, new PageGetByRoleOptions { Name = "Duplicate" }).ClickAsync();
        await console["receipt-row"].First.ClickAsync();
        await console.ShowAsync("duplicate");
        await console.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Open what it repeats" }).ClickAsync();
        await Expect(console.Page).ToHaveURLAsync(new Regex("/chats/.+/trace/"));
        await Expect(console["thread"]).ToContainTextAsync("Una vez nada más");
    }
}
