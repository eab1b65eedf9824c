using ChatOperator.Harness;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatOperator.EndToEnd;

/// <summary>Files both ways: what a customer sends from their phone is seen and heard in the console, what an operator attaches is on the phone.</summary>
public sealed class Files(Desk desk, Browser browser) : IClassFixture<Desk>
{
    private static readonly FilePayload Bill = new() { Name = "Presupuesto.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.4\n% bill\n"u8.ToArray() };

    [Fact]
    public async Task Pictures_recordings_and_documents_go_both_ways()
    {
        await using var console = await desk.SignInAsync(browser);
        await using var phone = await browser.OpenAsync(desk.Sandbox.Address, 430, 860);
        await phone.Page.GotoAsync($"/phone?phone=5491155550111&account={desk.Account["phone_number_id"]}");
        await SendAsync(phone, "Sample photo");
        await console["chat-row"].Filter(new LocatorFilterOptions { HasText = "Bruno" }).ClickAsync();
        await Expect(console["image"].Locator("img")).ToHaveJSPropertyAsync("complete", true);
        Assert.True(await console["image"].Locator("img").EvaluateAsync<int>("image => image.naturalWidth") > 0);
        await console["image"].ClickAsync();
        await Expect(console["lightbox"].Locator("img")).ToBeVisibleAsync();
        await console.ShowAsync("lightbox");
        await console.Page.Keyboard.PressAsync("Escape");

        await SendAsync(phone, "Sample voice note");
        await Expect(console["player"]).ToBeVisibleAsync();
        await SendAsync(phone, "Sample document");
        await Expect(console["document"]).ToBeVisibleAsync();

        await console["file-input"].SetInputFilesAsync(new[] { Bill, new FilePayload { Name = "todo.zip", MimeType = "application/zip", Buffer = [80, 75, 3, 4] } });
        await Expect(console["attached"]).ToHaveCountAsync(2);
        await Expect(console["attached"].Filter(new LocatorFilterOptions { HasText = "todo.zip" })).ToHaveAttributeAsync("data-state", "refused");
        await console.ShowAsync("attached");
        await console.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Remove todo.zip" }).ClickAsync();
        await Expect(console["attached"]).ToHaveAttributeAsync("data-state", "ready");
        await console["composer"].FillAsync("Te paso el presupuesto");
        await console["send"].ClickAsync();
        await Expect(console["attached"]).ToHaveCountAsync(0);
        var shown = phone["phone-bubble"].Filter(new LocatorFilterOptions { HasText = "Te paso el presupuesto" });
        await Expect(shown).ToContainTextAsync("Presupuesto.pdf");
        await console.ShowAsync("files");
        await phone.ShowAsync("phone-files");
        Assert.Empty(phone.Errors);
    }

    [Fact]
    public async Task A_picture_is_pasted_and_dropped_files_are_attached()
    {
        await desk.Sandbox.Phone("5491155550112").SaysAsync("¿Me mandás la foto?", desk.Account);
        await using var console = await desk.SignInAsync(browser);
        await console["chat-row"].Filter(new LocatorFilterOptions { HasText = "la foto" }).ClickAsync();
        await Expect(console["thread"]).ToContainTextAsync("la foto");
        await console["composer"].FocusAsync();
        await console.Page.EvaluateAsync("""
            async () => {
                const canvas = Object.assign(document.createElement('canvas'), { width: 60, height: 40 });
                canvas.getContext('2d').fillRect(10, 10, 20, 20);
                const blob = await new Promise(done => canvas.toBlob(done, 'image/png'));
                const carried = new DataTransfer();
                carried.items.add(new File([blob], 'pegada.png', { type: 'image/png' }));
                const box = document.getElementById('composer');
                box.dispatchEvent(new ClipboardEvent('paste', { clipboardData: carried, bubbles: true, cancelable: true }));
                const dropped = new DataTransfer();
                dropped.items.add(new File([blob], 'soltada.png', { type: 'image/png' }));
                box.dispatchEvent(new DragEvent('drop', { dataTransfer: dropped, bubbles: true, cancelable: true }));
            }
            """);
        await Expect(console["attached"]).ToHaveCountAsync(2);
        await Expect(console["attached"].First).ToHaveAttributeAsync("data-state", "ready");
        await Expect(console["attached"].Last).ToHaveAttributeAsync("data-state", "ready");
        await console.Page.GetByRole(AriaRole.Textbox, new PageGetByRoleOptions { Name = "Caption: soltada.png" }).FillAsync("la segunda");
        await console["send"].ClickAsync();
        await Eventually.GetAsync(desk.Sandbox.Phone("5491155550112").ReceivedAsync, all => all.Count == 2, 30);
        Assert.Equal(["", "la segunda"], (await desk.Sandbox.Phone("5491155550112").ReceivedAsync()).Select(m => m.GetProperty("text").GetString()));
        await Expect(console["image"]).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_voice_note_is_recorded_heard_and_sent_as_one()
    {
        var phone = desk.Sandbox.Phone("5491155550113");
        await phone.SaysAsync("Mandame un audio", desk.Account);
        await using var console = await desk.SignInAsync(browser, path: $"/chats/{await desk.Tenant.ConversationAsync("+5491155550113")}");
        await console["record-voice"].ClickAsync();
        await Expect(console["voice-recording"]).ToContainTextAsync("0:02");
        await console.ShowAsync("voice-recording");
        await console.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Discard the recording" }).ClickAsync();
        Assert.Empty(await phone.ReceivedAsync());

        await console["record-voice"].ClickAsync();
        await Expect(console["voice-recording"]).ToContainTextAsync("0:02");
        await console["voice-stop"].ClickAsync();
        await Expect(console["voice-review"].GetByTestId("player")).ToBeVisibleAsync();
        await console["voice-review"].GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Play" }).ClickAsync();
        await Expect(console["voice-review"].GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Pause" })).ToBeVisibleAsync();
        await console.ShowAsync("voice-review");
        await console["voice-send"].ClickAsync();
        await Expect(console["voice-review"]).ToHaveCountAsync(0);

        var received = await Eventually.GetAsync(phone.ReceivedAsync, all => all.Count == 1, 30, "the voice note is on the phone");
        Assert.True(received[0].GetProperty("raw").GetProperty("audio").GetProperty("voice").GetBoolean());
        await Expect(console["bubble"].Last.GetByTestId("player")).ToContainTextAsync("Voice note");
        await console.ShowAsync("voice-sent");
    }

    private static async Task SendAsync(Screen phone, string what)
    {
        await phone.Page.Locator("#attach").ClickAsync();
        await phone.Page.GetByRole(AriaRole.Menuitem, new PageGetByRoleOptions { Name = what }).ClickAsync();
    }
}
