using ChatOperator.Harness;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatOperator.EndToEnd;

/// <summary>What is often answered is written once, and a slash in the composer brings it, filled in for the customer.</summary>
public sealed class Snippets(Desk desk, Browser browser) : IClassFixture<Desk>
{
    [Fact]
    public async Task A_snippet_is_written_brought_by_a_slash_and_deleted()
    {
        var phone = desk.Sandbox.Phone("5491155550701");
        await phone.SaysAsync("¿A qué hora abren?", desk.Account, new { name = "Ana Paz" });
        var conversation = await desk.Tenant.ConversationAsync("+5491155550701");
        await using var console = await desk.SignInAsync(browser, path: "/settings/snippets");
        await WriteAsync(console, "horario", "Hola {{first_name}}, abrimos de 9 a 13.\n¡Te esperamos!");
        await WriteAsync(console, "retiro", "Podés retirar por el local.");
        await console.ShowAsync("snippets");

        await console["add-snippet"].ClickAsync();
        await console.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("horario");
        await console.Page.GetByLabel("Text", new() { Exact = true }).FillAsync("otro");
        await console["save-snippet"].ClickAsync();
        await Expect(console.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is a snippet /horario already.");
        await console.Page.Keyboard.PressAsync("Escape");

        await console.Page.GotoAsync(new Uri(desk.Server.Address, $"/chats/{conversation}").ToString());
        var composer = console["composer"];
        await Expect(console["thread"]).ToContainTextAsync("¿A qué hora abren?");
        // A date is none, and Escape gives the slash back to the text.
        await composer.PressSequentiallyAsync("24/");
        await Expect(console["snippets"]).ToHaveCountAsync(0);
        await composer.FillAsync("");
        await composer.PressSequentiallyAsync("/");
        await Expect(console["snippets"].GetByRole(AriaRole.Option)).ToHaveCountAsync(2);
        await console.ShowAsync("snippet-menu");
        await composer.PressAsync("Escape");
        await Expect(console["snippets"]).ToHaveCountAsync(0);
        await composer.FillAsync("");
        await composer.PressSequentiallyAsync("¡Buen día! /r");
        await Expect(console["snippets"].GetByRole(AriaRole.Option).First).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^/retiro"));
        await composer.PressAsync("Backspace");
        await composer.PressAsync("Enter");
        await Expect(composer).ToHaveValueAsync("¡Buen día! Hola Ana, abrimos de 9 a 13.\n¡Te esperamos!");
        await composer.PressAsync("Enter");
        await phone.ReceivesAsync("¡Buen día! Hola Ana, abrimos de 9 a 13.\n¡Te esperamos!");

        await console.Page.GotoAsync(new Uri(desk.Server.Address, "/settings/snippets").ToString());
        await console["snippet-retiro"].GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await console["confirm"].ClickAsync();
        await Expect(console["snippet-retiro"]).ToHaveCountAsync(0);
        await Expect(console["snippet-horario"]).ToBeVisibleAsync();
    }

    private static async Task WriteAsync(Screen console, string name, string text)
    {
        await console["add-snippet"].ClickAsync();
        await console.Page.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await console.Page.GetByLabel("Text", new() { Exact = true }).FillAsync(text);
        await console["save-snippet"].ClickAsync();
        await Expect(console[$"snippet-{name}"]).ToBeVisibleAsync();
    }
}
