using ChatOperator.Harness;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatOperator.EndToEnd;

/// <summary>An operator's emoji on a customer's message: by pointer, by finger and by keys, and on the customer's phone.</summary>
public sealed class Reactions(Desk desk, Browser browser) : IClassFixture<Desk>
{
    private const string Customer = "5491155550180";

    [Fact]
    public async Task It_shows_on_the_phone_is_changed_by_keys_and_taken_back()
    {
        await desk.Tenant.Api.PatchAsync($"/admin/channel-accounts/{desk.Account.Id}", new { settings = new { spacing_ms = "0" } });
        await desk.Sandbox.Phone(Customer).SaysAsync("¡Llegó todo perfecto, gracias!", desk.Account);
        await using var console = await desk.SignInAsync(browser);
        await console["chat-row"].Filter(new LocatorFilterOptions { HasText = "Llegó todo perfecto" }).ClickAsync();
        var bubble = console["bubble"].Filter(new LocatorFilterOptions { HasText = "Llegó todo perfecto" });
        await bubble.HoverAsync();
        await console["react"].ClickAsync();
        await Expect(console["reaction-choice"]).ToHaveCountAsync(6);
        await console["reaction-choice"].First.ClickAsync();
        await Expect(console["reactions"]).ToHaveTextAsync("👍");
        await OnPhoneAsync("👍");

        // By keys alone: E opens the row, arrows move in it.
        await console["thread"].FocusAsync();
        await console.Page.Keyboard.PressAsync("e");
        await Expect(console["reaction-choice"]).ToHaveCountAsync(6);
        await console.Page.Keyboard.PressAsync("ArrowRight");
        await console.Page.Keyboard.PressAsync("Enter");
        await Expect(console["reactions"]).ToHaveTextAsync("❤️");
        await OnPhoneAsync("❤️");
        await console.ShowAsync("reaction");
        await console.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await console.Page.ReloadAsync(); // Colours change by a transition, which is no state to look at.
        await Expect(console["reactions"]).ToHaveTextAsync("❤️");
        await console.ShowAsync("reaction-dark");

        await bubble.HoverAsync();
        await console["react"].ClickAsync();
        await console.Page.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = "Take ❤️ back" }).ClickAsync();
        await Expect(console["reactions"]).ToHaveCountAsync(0);
        await OnPhoneAsync(null);
        await Expect(console["bubble"]).ToHaveCountAsync(1);
        Assert.Empty(console.Errors);
    }

    [Fact]
    public async Task A_finger_that_stays_opens_the_row_and_what_failed_says_so()
    {
        const string other = "5491155550181";
        await desk.Tenant.Api.PatchAsync($"/admin/channel-accounts/{desk.Account.Id}", new { settings = new { spacing_ms = "0" } });
        await desk.Sandbox.Phone(other).SaysAsync("¿Me guardan dos docenas?", desk.Account);
        await using var phone = await desk.SignInAsync(browser, 390, 780, "es-AR");
        await phone.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await phone["chat-row"].Filter(new LocatorFilterOptions { HasText = "dos docenas" }).ClickAsync();
        var bubble = phone["bubble"].Filter(new LocatorFilterOptions { HasText = "dos docenas" });
        await desk.Sandbox.FaultsAsync(new { send = new { account = desk.Account.NetworkId, code = 131009, times = 1 } });
        await bubble.DispatchEventAsync("pointerdown", new { pointerType = "touch", clientX = 90, clientY = 200, bubbles = true });
        await phone["reaction-choice"].Nth(5).ClickAsync();
        await Expect(phone["failed-reaction"]).ToContainTextAsync("Tu reacción 🙏 no salió");
        await Expect(phone["reactions"]).ToHaveCountAsync(0);
        await phone.ShowAsync("reaction-failed-phone-dark");
        await desk.Sandbox.HealAsync();
        await phone["failed-reaction"].GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Reintentar" }).ClickAsync();
        await Expect(phone["failed-reaction"]).ToHaveCountAsync(0);
        await Expect(phone["reactions"]).ToHaveTextAsync("🙏");
    }

    private Task OnPhoneAsync(string? emoji) => Eventually.GetAsync(
        async () => (await desk.Sandbox.Control.GetAsync($"/control/phones/{Customer}/messages?all=true"))[0] is var first
            && first.TryGetProperty("reaction", out var shown) ? shown.GetString() : null,
        shown => shown == emoji, 20, $"the phone shows {emoji}");
}
