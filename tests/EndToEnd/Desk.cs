using ChatOperator.Harness;
using ChatOperator.Hosting;
using Xunit;

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

    public async ValueTask InitializeAsync()
    {
        Server = await TestServer.StartAsync(DatabaseProvider.Sqlite, new ServerOptions { Settings = { ["Bootstrap:TenantName"] = "Panadería Aurora" } });
        Sandbox = await TestSandbox.StartAsync();
        Tenant = await Server.BootstrapTenantAsync();
        if (Connected) Account = await Tenant.WhatsAppAsync(Sandbox, "Panadería Aurora");
    }

    /// <summary>The administrator's screen, signed in, on the chats.</summary>
    public async Task<Screen> SignInAsync(Browser browser, int width = 1360, int height = 860, string language = "en-GB")
    {
        var screen = await browser.OpenAsync(Server.Address, width, height, language);
        await screen.Page.GotoAsync("/");
        await screen["sign-in-email"].FillAsync(Installation.AdminEmail);
        await screen["sign-in-password"].FillAsync(Installation.AdminPassword);
        await screen["sign-in-submit"].ClickAsync();
        await screen.Page.WaitForURLAsync("**/chats**");
        return screen;
    }

    public async ValueTask DisposeAsync()
    {
        await Sandbox.DisposeAsync();
        await Server.DisposeAsync();
    }
}
