using System.Globalization;
using System.Text.RegularExpressions;
using ChatOperator.Harness;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatOperator.EndToEnd;

/// <summary>What waits can be called off, what failed says why and goes out again, and what is quoted is found however far back.</summary>
public sealed class Steering(Desk desk, Browser browser) : IClassFixture<Desk>
{
    [Fact]
    public async Task A_waiting_message_is_called_off()
    {
        await using var console = await OpenAsync("5491155550401", "¿Me guardan dos?");
        // The second has to keep its distance from the first.
        await SayAsync(console, "Claro que sí.");
        await SayAsync(console, "¿A qué nombre?");
        var waiting = console["bubble"].Filter(Text("¿A qué nombre?"));
        await Expect(waiting.GetByTestId("bubble-status")).ToHaveAttributeAsync("data-status", "queued");
        await waiting.HoverAsync();
        await console.Page.Locator("div.group", new PageLocatorOptions { Has = waiting }).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Message options" }).ClickAsync();
        await console.Page.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = "Cancel" }).ClickAsync();
        await Expect(waiting.GetByTestId("bubble-status")).ToHaveAttributeAsync("data-status", "cancelled");
        await desk.Sandbox.Phone("5491155550401").ReceivesAsync("Claro que sí.");
        Assert.Single(await desk.Sandbox.Phone("5491155550401").ReceivedAsync());
    }

    [Fact]
    public async Task What_waits_for_its_turn_counts_down_and_is_called_off_in_its_bubble()
    {
        await using var console = await OpenAsync("5491155550406", "¿Hay medialunas?");
        await SayAsync(console, "Sí, recién hechas.");
        await SayAsync(console, "¿Cuántas querés?");
        await SayAsync(console, "Quedan dos docenas.");
        var second = console["bubble"].Filter(Text("¿Cuántas querés?"));
        await Expect(second.GetByTestId("bubble-status")).ToContainTextAsync("Sends in");
        await console["bubble"].Filter(Text("Quedan dos docenas.")).GetByTestId("cancel-waiting").ClickAsync();
        await Expect(console["bubble"].Filter(Text("Quedan dos docenas."))).ToHaveAttributeAsync("data-status", "cancelled");
        await desk.Sandbox.Phone("5491155550406").ReceivesAsync("¿Cuántas querés?");
        Assert.Equal(2, (await desk.Sandbox.Phone("5491155550406").ReceivedAsync()).Count);
        await console.ShowAsync("cancelled-in-its-bubble");
    }

    [Fact]
    public async Task A_failed_message_tells_its_reason_and_goes_out_when_tried_again()
    {
        await using var console = await OpenAsync("5491155550402", "¿Siguen abiertos?");
        await desk.Sandbox.Control.PutAsync("/control/phones/5491155550402", new { fail_with = 131026 });
        await SayAsync(console, "Sí, hasta las 20.");
        var failed = console["bubble"].Filter(Text("hasta las 20"));
        await Expect(failed).ToHaveAttributeAsync("data-status", "failed");
        await desk.Sandbox.Control.PutAsync("/control/phones/5491155550402", new { fail_with = 0 });
        await Expect(failed).ToContainTextAsync("cannot be reached on WhatsApp at this number");
        await console.ShowAsync("failed");
        // The reason is the server's; it comes in the operator's language, not the browser's.
        await console["account-menu"].ClickAsync();
        await console.Page.GetByRole(AriaRole.Menuitemradio, new PageGetByRoleOptions { Name = "Español" }).ClickAsync();
        await console.Page.Keyboard.PressAsync("Escape");
        await Expect(failed).ToContainTextAsync("Verificá el número");
        await failed.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Reintentar" }).ClickAsync();
        await desk.Sandbox.Phone("5491155550402").ReceivesAsync("Sí, hasta las 20.");
        await Expect(failed.GetByTestId("bubble-status")).ToHaveAttributeAsync("data-status", new Regex("sent|delivered|read"));
    }

    [Fact]
    public async Task Words_can_wait_for_a_moment_and_be_put_off_or_sent_at_once()
    {
        await using var console = await OpenAsync("5491155550404", "¿Abren mañana?");
        await console["composer"].FillAsync("Mañana a las 9 abrimos.");
        await console["send-later"].ClickAsync();
        await console.ShowAsync("send-later");
        await console["moment-inAnHour"].ClickAsync();
        var bubble = console["bubble"].Filter(Text("Mañana a las 9"));
        // From the last minute of an hour on, it counts down.
        await Expect(bubble.GetByTestId("bubble-status")).ToContainTextAsync(new Regex("Scheduled|Sends in"));
        await bubble.GetByTestId("steer").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Reschedule" }).ClickAsync();
        // The browser stands in Buenos Aires: what UTC shows now is there in three hours.
        var later = desk.Server.Time.GetUtcNow();
        await console["moment-other"].FillAsync(later.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture));
        await console["moment-set"].ClickAsync();
        await Expect(bubble.GetByTestId("bubble-status")).ToContainTextAsync(later.ToString("HH:mm", CultureInfo.InvariantCulture));
        await console.ShowAsync("scheduled");
        Assert.Empty(await desk.Sandbox.Phone("5491155550404").ReceivedAsync());
        await bubble.GetByTestId("steer").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Send now" }).ClickAsync();
        await desk.Sandbox.Phone("5491155550404").ReceivesAsync("Mañana a las 9 abrimos.");
    }

    [Fact]
    public async Task A_refused_account_is_announced_and_its_queue_leaves_after_reconnecting()
    {
        await using var console = await OpenAsync("5491155550405", "¿Me confirman?");
        await desk.Sandbox.FaultsAsync(new { send = new { code = 190 } });
        await SayAsync(console, "Confirmado para las 10.");
        await Expect(console["paused-accounts"]).ToContainTextAsync("Panadería Aurora");
        await Expect(console["bubble"].Filter(Text("Confirmado")).GetByTestId("bubble-status")).ToHaveAttributeAsync("data-status", "queued");
        await Expect(console["bubble"].Filter(Text("Confirmado")).GetByTestId("waits-for-account")).ToBeVisibleAsync();
        await console.ShowAsync("account-paused");
        await desk.Sandbox.HealAsync();
        await console["paused-accounts"].GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Reconnect" }).ClickAsync();
        // The network takes its credentials again: testing them is enough.
        await console.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Test the connection" }).ClickAsync();
        await Expect(console["paused-accounts"]).ToHaveCountAsync(0);
        await desk.Sandbox.Phone("5491155550405").ReceivesAsync("Confirmado para las 10.");
    }

    [Fact]
    public async Task A_quoted_message_is_found_however_far_back_it_is()
    {
        var phone = desk.Sandbox.Phone("5491155550403");
        // More than a page, a minute each, so that their order is the network's.
        var begin = TimeProvider.System.GetUtcNow().AddMinutes(-100);
        var first = await phone.SaysAsync("El primer mensaje de todos", desk.Account, At(begin));
        for (var n = 1; n <= 70; n++) await phone.SaysAsync($"Línea {n}", desk.Account, At(begin.AddMinutes(n)));
        await phone.SaysAsync("Esto responde a lo primero", desk.Account, new { reply_to = first.GetProperty("id").GetString() });
        var conversation = await desk.Tenant.ConversationAsync("+5491155550403");
        var all = await Eventually.GetAsync(() => desk.Tenant.MessagesAsync(conversation, "?limit=200"), m => m.Count == 72, 30, "all of it came in");
        // What was read opens at its end.
        await desk.Tenant.Api.PostAsync($"/admin/chats/{conversation}/read", new { up_to = all.Max(m => m.GetProperty("id").GetInt64()) });
        await using var console = await desk.SignInAsync(browser, path: $"/chats/{conversation}");
        var reply = console["bubble"].Filter(Text("Esto responde"));
        await Expect(reply).ToBeVisibleAsync();
        await reply.GetByRole(AriaRole.Button).First.ClickAsync();
        await Expect(console["bubble"].Filter(Text("El primer mensaje de todos")).First).ToBeInViewportAsync();
    }

    private static object At(DateTimeOffset time) => new { timestamp = time.ToString("O") };

    private static LocatorFilterOptions Text(string text) => new() { HasText = text };

    private static async Task SayAsync(Screen console, string text)
    {
        await console["composer"].FillAsync(text);
        await console["send"].ClickAsync();
    }

    private async Task<Screen> OpenAsync(string phone, string says)
    {
        await desk.Sandbox.Phone(phone).SaysAsync(says, desk.Account);
        var conversation = await desk.Tenant.ConversationAsync("+" + phone);
        var console = await desk.SignInAsync(browser, path: $"/chats/{conversation}");
        await Expect(console["thread"]).ToContainTextAsync(says);
        return console;
    }
}
