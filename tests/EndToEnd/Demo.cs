using System.Diagnostics;
using ChatOperator.Harness;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatOperator.EndToEnd;

/// <summary>What ./run shows a newcomer first.</summary>
public sealed class Demo(Browser browser)
{
    [Fact]
    public async Task The_demos_conversations_stand_in_the_console()
    {
        await using var desk = new Desk { Connected = false };
        await desk.InitializeAsync();
        var start = new ProcessStartInfo("node") { RedirectStandardError = true };
        foreach (var argument in (string[])[Repository.File("dev", "demo", "populate.mjs"), desk.Server.Address.ToString(), Installation.BootstrapToken, desk.Sandbox.Address.ToString()])
            start.ArgumentList.Add(argument);
        using var populate = Process.Start(start)!;
        var complaint = await populate.StandardError.ReadToEndAsync();
        await populate.WaitForExitAsync();
        Assert.True(populate.ExitCode == 0, complaint);

        await using var console = await desk.SignInAsync(browser);
        await console["chat-row"].Filter(new LocatorFilterOptions { HasText = "Valentina Ríos" }).ClickAsync();
        await Expect(console["thread"]).ToContainTextAsync("Feliz cumple Tomi");
        await Expect(console["thread"]).ToContainTextAsync("sin maní");
        await console.ShowAsync("console");
    }
}
