using ChatOperator.Harness;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatOperator.EndToEnd;

/// <summary>Every page opens by its own address, passes the accessibility rules, and leaves a picture.</summary>
public sealed class Pages(Desk desk, Browser browser) : IClassFixture<Desk>
{
    [Theory]
    [InlineData("/chats")]
    [InlineData("/agent")]
    [InlineData("/agent/knowledge")]
    [InlineData("/agent/tools")]
    [InlineData("/agent/playground")]
    [InlineData("/agent/versions")]
    [InlineData("/traces")]
    [InlineData("/channels")]
    [InlineData("/receipts")]
    [InlineData("/settings")]
    [InlineData("/tenants")]
    public async Task A_page_opens_by_its_address(string path)
    {
        await desk.Sandbox.Phone("5491155550102").SaysAsync("Buen día", desk.Account);
        await using var console = await desk.SignInAsync(browser, path: path);
        await Expect(console.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Level = 1 })).ToBeAttachedAsync();
        await Expect(console.Page.Locator(".shimmer")).ToHaveCountAsync(0);
        if (path == "/chats") await Expect(console["chat-row"].First).ToBeVisibleAsync();
        await console.ShowAsync("page-" + path.Trim('/').Replace('/', '-'));
        // Before the sign-in, asking who one is is refused.
        Assert.DoesNotContain(console.Refused, r => !r.StartsWith("401 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_sign_in_says_what_is_wrong()
    {
        await using var screen = await browser.OpenAsync(desk.Server.Address);
        await screen.Page.GotoAsync("/");
        await screen["sign-in-email"].FillAsync(Installation.AdminEmail);
        await screen["sign-in-password"].FillAsync("not the password");
        await screen["sign-in-submit"].ClickAsync();
        await Expect(screen["sign-in-problem"]).ToBeVisibleAsync();
        await screen.ShowAsync("sign-in-refused");
    }

    [Fact]
    public async Task The_check_of_accessibility_finds_what_is_wrong()
    {
        await using var screen = await browser.OpenAsync(desk.Server.Address);
        await screen.Page.SetContentAsync("<main><h1 style='color: #ccc; background: #fff'>Pale</h1><img src='data:,'><button></button></main>");
        var refused = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => screen.ShowAsync("inaccessible"));
        foreach (var rule in (string[])["color-contrast", "image-alt", "button-name", "html-has-lang"]) Assert.Contains(rule, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chats_fit_a_phone()
    {
        await desk.Sandbox.Phone("5491155550103").SaysAsync("¿Están abiertos?", desk.Account);
        await using var console = await desk.SignInAsync(browser, 390, 844, "es-AR");
        await console["chat-row"].Filter(new LocatorFilterOptions { HasText = "abiertos" }).ClickAsync();
        await Expect(console["thread"]).ToContainTextAsync("¿Están abiertos?");
        await console.ShowAsync("chat-on-a-phone");
        var overflow = await console.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth");
        Assert.False(overflow, "the page is wider than the screen");
    }
}
