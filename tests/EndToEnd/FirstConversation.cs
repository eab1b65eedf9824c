using ChatOperator.Harness;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatOperator.EndToEnd;

/// <summary>The main job: a customer writes on their phone, an operator answers in the console, the phone shows it, the ticks climb.</summary>
public sealed class FirstConversation(Desk desk, Browser browser) : IClassFixture<Desk>
{
    [Fact]
    public async Task From_the_customers_phone_to_the_console_and_back()
    {
        await using var console = await desk.SignInAsync(browser);
        await using var phone = await browser.OpenAsync(desk.Sandbox.Address, 430, 860);
        await phone.Page.GotoAsync($"/phone?phone=5491155550101&account={desk.Account["phone_number_id"]}");
        await phone["phone-input"].FillAsync("Hola, ¿tienen medialunas?");
        await phone["phone-send"].ClickAsync();

        // It appears without a reload.
        var row = console["chat-row"].Filter(new LocatorFilterOptions { HasText = "medialunas" });
        await row.ClickAsync();
        await Expect(console["thread"]).ToContainTextAsync("Hola, ¿tienen medialunas?");
        await console.ShowAsync("chat-received");

        await console["composer"].FillAsync("¡Sí! Recién salidas del horno.");
        await console["send"].ClickAsync();
        var bubble = console["bubble"].Filter(new LocatorFilterOptions { HasText = "Recién salidas" });
        await Expect(phone["phone-bubble"].Filter(new LocatorFilterOptions { HasText = "Recién salidas" })).ToBeVisibleAsync();
        await Expect(bubble.GetByTestId("bubble-status")).ToHaveAttributeAsync("data-status", "read");
        await console.ShowAsync("chat-read");
        await phone.ShowAsync("phone");

        // Speaking is taking over, and the desk below shows what the API says.
        var conversation = await desk.Tenant.ConversationAsync("+5491155550101");
        var messages = await desk.Tenant.MessagesAsync(conversation);
        Assert.Equal(["user", "agent"], messages.Select(m => m.GetProperty("sender").GetString()));
        Assert.Empty(phone.Errors);
    }
}
