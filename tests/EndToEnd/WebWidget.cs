using ChatOperator.Harness;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatOperator.EndToEnd;

/// <summary>The chat on a business's own web page: a visitor writes there, an operator answers in the console.</summary>
public sealed class WebWidget(Desk desk, Browser browser) : IClassFixture<Desk>
{
    /// <summary>The desk is shared by the tests of this class, and so is its widget.</summary>
    private static bool _connected;

    private const string Secret = "the bakery's word with its server";

    [Fact]
    public async Task From_a_web_page_to_the_console_and_back()
    {
        await ConnectAsync();
        await using var console = await desk.SignInAsync(browser);
        await using var page = await browser.OpenAsync(desk.Sandbox.Address, 1180, 800);
        await page.Page.GotoAsync("/site");
        await page["widget-launcher"].ClickAsync();
        await Expect(page["widget-thread"]).ToContainTextAsync("¿Qué horneamos?");
        await page["widget-input"].FillAsync("Hola, ¿hacen envíos a Palermo?");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page["widget-note"].Last).ToHaveTextAsync("Enviado");

        var row = console["chat-row"].Filter(new LocatorFilterOptions { HasText = "envíos a Palermo" });
        await row.ClickAsync();
        await Expect(console["thread"]).ToContainTextAsync("Hola, ¿hacen envíos a Palermo?");
        await console["composer"].FillAsync("¡Sí! En bicicleta, hasta las 19.\nhttps://aurora.example/envios");
        await console["send"].ClickAsync();
        await Expect(page["widget-thread"]).ToContainTextAsync("En bicicleta");
        await Expect(page["widget-thread"].GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", "https://aurora.example/envios");
        await Expect(console["bubble-status"].Last).ToHaveAttributeAsync("data-status", "read");
        await page["widget-input"].FillAsync("Perfecto, <b>gracias</b> 🥐");
        await page["widget-send"].ClickAsync();
        await Expect(console["thread"]).ToContainTextAsync("<b>gracias</b>");
        await page["widget-file"].SetInputFilesAsync(Repository.File("docs", "images", "console.png"));
        await Expect(console["thread"].GetByRole(AriaRole.Img).Last).ToBeVisibleAsync();
        await Expect(page["widget-thread"].GetByRole(AriaRole.Img)).ToBeVisibleAsync();
        FilePayload[] more =
        [
            new() { Name = "nota.ogg", MimeType = "audio/ogg", Buffer = await File.ReadAllBytesAsync(Repository.File("channels", "WhatsAppCloud", "Sandbox", "Samples", "voice.ogg")) },
            new() { Name = "Pedido.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.4\n% order\n"u8.ToArray() },
        ];
        foreach (var file in more) await page["widget-file"].SetInputFilesAsync(file);
        await Expect(console["player"]).ToHaveCountAsync(1);
        await Expect(console["document"]).ToContainTextAsync("Pedido");
        await console["file-input"].SetInputFilesAsync(more);
        await Expect(console.Page.Locator("[data-testid=attached][data-state=ready]")).ToHaveCountAsync(2);
        await console["send"].ClickAsync();
        await Expect(page["widget-thread"].Locator("audio")).ToHaveCountAsync(2);
        await Expect(page["widget-thread"].Locator("a.doc")).ToHaveCountAsync(2);
        await page.ShowAsync("widget-light");
        await console.ShowAsync("widget-console");

        // A reload keeps the conversation, and what comes while the window is closed is counted on its button.
        await page.Page.ReloadAsync();
        await Expect(page["widget-thread"]).ToContainTextAsync("hasta las 19");
        await page["widget-close"].ClickAsync();
        await Expect(page["widget-launcher"]).ToBeFocusedAsync();
        await console["composer"].FillAsync("Avisanos cuando quieras.");
        await console["send"].ClickAsync();
        await Expect(page["widget-badge"]).ToHaveTextAsync("1");
        await Expect(console["bubble-status"].Last).ToHaveAttributeAsync("data-status", "delivered");
        await page.ShowAsync("widget-unread");
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page["widget-input"]).ToBeFocusedAsync();
        await Expect(page["widget-badge"]).ToBeHiddenAsync();
        await Expect(console["bubble-status"].Last).ToHaveAttributeAsync("data-status", "read");
        await page.Page.Keyboard.PressAsync("Escape");
        await Expect(page["widget-panel"]).ToBeHiddenAsync();
        Assert.Empty(page.Errors);
        Assert.Empty(page.Refused);
    }

    [Fact]
    public async Task What_is_written_without_a_connection_is_sent_once_it_is_back()
    {
        await ConnectAsync();
        await using var page = await browser.OpenAsync(desk.Sandbox.Address, 390, 844, scheme: ColorScheme.Dark);
        await page.Page.GotoAsync("/site?language=en&user=Bruno");
        await page["widget-launcher"].ClickAsync();
        await page["widget-input"].FillAsync("First, with a connection");
        await page["widget-send"].ClickAsync();
        await Expect(page["widget-note"].Last).ToHaveTextAsync("Sent");
        await page.Page.Context.SetOfflineAsync(true);
        await page["widget-input"].FillAsync("Then without one");
        await page["widget-send"].ClickAsync();
        await Expect(page["widget-note"].Last).ToHaveTextAsync("Waiting for the connection…");
        await page["widget-file"].SetInputFilesAsync(new FilePayload { Name = "torta.txt", MimeType = "text/plain", Buffer = "De chocolate"u8.ToArray() });
        await Expect(page["widget-bubble"].Last).ToContainTextAsync("torta.txt");
        await page.ShowAsync("widget-phone-dark");
        await page.Page.Context.SetOfflineAsync(false);
        await Expect(page["widget-note"].Last).ToHaveTextAsync("Sent");

        await Expect(page["widget-bubble"].Last).ToContainTextAsync("torta.txt");
        // Kept over a reload that came in between, and still one message.
        await page.Page.RouteAsync("**/widget/*/messages", route => route.Request.Method == "POST" ? route.AbortAsync() : route.ContinueAsync());
        await page["widget-input"].FillAsync("And over a reload");
        await page["widget-send"].ClickAsync();
        await Expect(page["widget-note"].Last).ToHaveTextAsync("Sending…");
        await page.Page.UnrouteAllAsync();
        await page.Page.ReloadAsync();
        await Expect(page["widget-bubble"].Filter(new LocatorFilterOptions { HasText = "over a reload" })).ToHaveCountAsync(1);
        await Expect(page["widget-note"].Last).ToHaveTextAsync("Sent");
        var chat = (await desk.Tenant.SummaryAsync()).Single(c => c.GetProperty("display_name").GetString() == "Bruno");
        Assert.Equal(
            ["First, with a connection", "Then without one", "[Document: torta.txt]", "And over a reload"],
            (await desk.Tenant.MessagesAsync(chat.GetProperty("id").GetGuid())).Select(m => m.GetProperty("content").GetString()));
    }

    [Fact]
    public async Task A_hostile_page_does_not_reach_into_it()
    {
        await ConnectAsync();
        await using var page = await browser.OpenAsync(desk.Sandbox.Address, 1180, 800);
        await page.Page.GotoAsync("/site?hostile");
        await page["widget-launcher"].ClickAsync();
        await page["widget-input"].FillAsync("¿Se ve bien?");
        await page["widget-send"].ClickAsync();
        await Expect(page["widget-note"].Last).ToHaveTextAsync("Enviado");
        var folder = Directory.CreateDirectory(Repository.File("artifacts", "screenshots")).FullName;
        await page.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, "widget-hostile-page.png") });
        var looks = await page["widget-send"].EvaluateAsync<string[]>(
            "e => { const s = getComputedStyle(e); return [s.display, s.borderTopStyle, s.textTransform, s.letterSpacing, s.direction]; }");
        Assert.Equal(["grid", "none", "none", "normal", "ltr"], looks);
        var host = await page.Page.Locator("chat-operator-widget").EvaluateAsync<string[]>(
            "e => { const s = getComputedStyle(e); return [s.position, s.opacity, s.transform, s.filter, s.visibility, s.pointerEvents, s.zoom]; }");
        Assert.Equal(["fixed", "1", "none", "none", "visible", "auto", "1"], host);
        Assert.Empty(page.Errors);
    }

    private async Task ConnectAsync()
    {
        if (_connected) return;
        var widget = await desk.Tenant.AccountAsync("web", "aurora.example", new Dictionary<string, object?>
        {
            ["allowed_origins"] = desk.Sandbox.Address.GetLeftPart(UriPartial.Authority), ["title"] = "Panadería Aurora",
            ["greeting"] = "¡Hola! ¿Qué horneamos?", ["color"] = "#8a4b1c", ["identity_secret"] = Secret,
        });
        await desk.Sandbox.Control.PutAsync("/control/site", new
        {
            server = desk.Server.Address, widget = widget.WebhookUrl.Segments[^1], identity_secret = Secret,
        });
        _connected = true;
    }
}
