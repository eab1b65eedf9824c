using System.Text.RegularExpressions;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatOperator.EndToEnd;

/// <summary>A business with one WhatsApp number (or, when not connected, none yet), on a real server with the console, beside a sandbox that plays the network.</summary>
public sealed class Desk : IAsyncLifetime
{
    /// <summary>Whether the number is there from the start.</summary>
    public bool Connected { get; init; } = true;

    public TestServer Server { get; private set; } = null!;

    public TestSandbox Sandbox { get; private set; } = null!;

    public TestTenant Tenant { get; private set; } = null!;

    public TestAccount Account { get; private set; } = null!;

    private IEnumerable<Microsoft.Playwright.Cookie>? _cookies;

    public async ValueTask InitializeAsync()
    {
        Server = await TestServer.StartAsync(DatabaseProvider.Sqlite, new ServerOptions { Settings = { ["Bootstrap:TenantName"] = "Panadería Aurora" } });
        Sandbox = await TestSandbox.StartAsync();
        Tenant = await Server.BootstrapTenantAsync();
        if (Connected) Account = await Tenant.WhatsAppAsync(Sandbox, "Panadería Aurora");
    }

    /// <summary>Another operator's screen, signed in, on the chats.</summary>
    public async Task<Screen> SignInAsync(Browser browser, string name)
    {
        var form = new { name, email = $"{name.ToLowerInvariant()}@example.test", password = Installation.AdminPassword, role = "operator" };
        await Tenant.Api.PostAsync("/admin/operators", form);
        var screen = await browser.OpenAsync(Server.Address);
        await FillInAsync(screen, form.email);
        return screen;
    }

    /// <summary>The administrator's screen, signed in.</summary>
    /// <param name="path">Where it opens: by its address once somebody has signed in.</param>
    public async Task<Screen> SignInAsync(Browser browser, int width = 1360, int height = 860, string language = "en-GB", string path = "/chats")
    {
        var screen = await browser.OpenAsync(Server.Address, width, height, language);
        if (_cookies is { } cookies)
        {
            // Signed in before, in this browser as it were: the form is tried once a class, not with every page.
            await screen.Page.Context.AddCookiesAsync(cookies);
            await screen.Page.GotoAsync(path);
            return screen;
        }
        await FillInAsync(screen, Installation.AdminEmail);
        _cookies = (await screen.Page.Context.CookiesAsync()).Select(c => new Cookie
        {
            Name = c.Name, Value = c.Value, Domain = c.Domain, Path = c.Path, Expires = c.Expires, HttpOnly = c.HttpOnly, Secure = c.Secure, SameSite = c.SameSite,
        });
        if (path != "/chats") await screen.Page.GotoAsync(path);
        return screen;
    }

    private static async Task FillInAsync(Screen screen, string email)
    {
        await screen.Page.GotoAsync("/");
        await screen["sign-in-email"].FillAsync(email);
        await screen["sign-in-password"].FillAsync(Installation.AdminPassword);
        await screen["sign-in-submit"].ClickAsync();
        // Asked again and again: a wait for the navigation itself misses one that happens as it begins.
        try { await Expect(screen.Page).ToHaveURLAsync(new Regex("/chats")); }
        catch (PlaywrightException late)
        {
            var shown = await screen.Page.InnerTextAsync("body");
            throw new TimeoutException($"The sign-in does not lead to the chats; refused: {string.Join(", ", screen.Refused)}; shown: {shown}", late);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        await Server.DisposeAsync();
    }
}
