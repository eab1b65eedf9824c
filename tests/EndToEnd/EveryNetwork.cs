using ChatOperator.Harness;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatOperator.EndToEnd;

/// <summary>
/// Each network from its customers' phones to the console and back, with words, a picture, a voice note and a document. One console and one
/// phone stay open for all of them: the console knows no network, and the phone only changes whom it writes to.
/// </summary>
public sealed class EveryNetwork(Desk desk, Browser browser) : IClassFixture<Desk>
{
    private const string Customer = "5491155550170";

    private static readonly FilePayload Bill = new() { Name = "Presupuesto.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.4\n% bill\n"u8.ToArray() };

    /// <summary>As fast as the networks allow: what a person would wait for is not what is tested here.</summary>
    private static readonly object Quick = new { spacing_ms = "0" };

    [Fact]
    public async Task Words_pictures_voices_and_documents_go_both_ways()
    {
        TestAccount[] accounts =
        [
            await desk.Tenant.MessengerAsync(desk.Sandbox, Quick), await desk.Tenant.InstagramAsync(desk.Sandbox, more: Quick),
            await desk.Tenant.InstagramAsync(desk.Sandbox, "instagram", Quick),
            await desk.Tenant.YCloudAsync(desk.Sandbox, Quick), await desk.Tenant.ChatwootAsync(desk.Sandbox, Quick),
        ];
        await using var console = await desk.SignInAsync(browser);
        await using var phone = await browser.OpenAsync(desk.Sandbox.Address, 430, 860);
        await phone.Page.GotoAsync($"/phone?phone={Customer}&account={accounts[0].NetworkId}");
        foreach (var account in accounts)
        {
            await phone.Page.Locator("#account").SelectOptionAsync(account.NetworkId);
            await ArriveAsync(account, phone, console);
            await AnswerAsync(account, phone, console);
            await console.ShowAsync($"journey-{NameOf(account)}");
            await phone.ShowAsync($"journey-{NameOf(account)}-phone");
        }
        await AtTheDashboardAsync(accounts[^1], console);
        Assert.Empty(console.Errors);
    }

    /// <summary>An Instagram account stands alone or belongs to a page, and is spoken to at two addresses.</summary>
    private static string NameOf(TestAccount account) => account["login"] == "instagram" ? "instagram-login" : account.Channel;

    private static async Task ArriveAsync(TestAccount account, Screen phone, Screen console)
    {
        var words = $"Hola por {NameOf(account)}";
        await phone["phone-input"].FillAsync(words);
        await phone["phone-send"].ClickAsync();
        await console["chat-row"].Filter(new LocatorFilterOptions { HasText = words }).ClickAsync();
        await Expect(console["thread"]).ToContainTextAsync(words);
        foreach (var sample in (string[])["Sample photo", "Sample voice note", "Sample document"])
        {
            await phone.Page.Locator("#attach").ClickAsync();
            await phone.Page.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = sample }).ClickAsync();
        }
        await IsSeenAsync(console["image"].Locator("img"));
        await Expect(console["player"]).ToHaveCountAsync(1);
        await Expect(console["document"]).ToHaveCountAsync(1);
        // WhatsApp gives no pictures of people.
        await Expect(console.Page.Locator("[data-testid=chat-row][aria-current=true] [data-testid=portrait]")).ToHaveCountAsync(account.Channel == "ycloud" ? 0 : 1);
    }

    private static async Task AnswerAsync(TestAccount account, Screen phone, Screen console)
    {
        var voice = new FilePayload { Name = "nota.ogg", MimeType = "audio/ogg", Buffer = await SampleAsync("voice.ogg") };
        var photo = new FilePayload { Name = "vidriera.png", MimeType = "image/png", Buffer = await SampleAsync("picture.png") };
        await console["file-input"].SetInputFilesAsync(new[] { photo, voice, Bill });
        await Expect(console.Page.Locator("[data-testid=attached][data-state=ready]")).ToHaveCountAsync(3);
        await console["composer"].FillAsync($"Respuesta por {NameOf(account)}");
        await console["send"].ClickAsync();

        var received = phone.Page.Locator("[data-testid=phone-bubble][data-direction=out]");
        await Expect(received.Filter(new LocatorFilterOptions { HasText = $"Respuesta por {NameOf(account)}" })).ToBeVisibleAsync();
        await IsSeenAsync(received.Locator("img"));
        await Expect(received.Locator("audio")).ToHaveCountAsync(1);
        Assert.True(await received.Locator("audio").EvaluateAsync<double>("""
            async sound => { while (!(sound.duration > 0)) await new Promise(done => setTimeout(done, 50)); return sound.duration; }
            """) > 0.5);
        await Expect(received.Locator("a.file")).ToContainTextAsync("PDF");
        await Expect(console["bubble-status"].Last).ToHaveAttributeAsync("data-status", "read");
    }

    /// <summary>What a person writes at Chatwoot's own dashboard is in the thread, and the chat is theirs.</summary>
    private async Task AtTheDashboardAsync(TestAccount chatwoot, Screen console)
    {
        await desk.Sandbox.Control.PostAsync(
            $"/control/accounts/{chatwoot.NetworkId}/echo", new { phone = Customer, type = "text", text = "Lo veo yo en Chatwoot", wait = true });
        await Expect(console["thread"]).ToContainTextAsync("Lo veo yo en Chatwoot");
    }

    private static async Task IsSeenAsync(ILocator picture)
    {
        await Expect(picture).ToHaveCountAsync(1);
        await Expect(picture).ToHaveJSPropertyAsync("complete", true);
        Assert.True(await picture.EvaluateAsync<int>("image => image.naturalWidth") > 0);
    }

    private static Task<byte[]> SampleAsync(string name) =>
        File.ReadAllBytesAsync(Repository.File("channels", "WhatsAppCloud", "Sandbox", "Samples", name));
}
