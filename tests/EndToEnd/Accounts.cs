using ChatOperator.ChannelAccounts;
using ChatOperator.Db;
using ChatOperator.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatOperator.EndToEnd;

/// <summary>What an owner sees and does about accounts: one whose token cannot be renewed, and one that goes.</summary>
public sealed class Accounts(Desk desk, Browser browser) : IClassFixture<Desk>
{
    [Fact]
    public async Task A_token_that_cannot_be_renewed_is_told_above_everything_with_what_to_do()
    {
        var account = await desk.Tenant.InstagramAsync(desk.Sandbox, "instagram");
        var databases = desk.Server.Services.GetRequiredService<Databases>();
        using (await databases.Gate.EnterAsync())
        {
            await using var db = databases.ForSystem();
            var now = desk.Server.Time.GetUtcNow();
            await db.Set<ChannelAccount>().Where(a => a.Id == account.Id).ExecuteUpdateAsync(
                a => a.SetProperty(x => x.TokenFailure, "network_unreachable").SetProperty(x => x.TokenFailedSince, now));
        }
        await using var console = await desk.SignInAsync(browser);
        await Expect(console["dying-tokens"]).ToContainTextAsync("Instagram");
        await console["dying-tokens"].GetByRole(AriaRole.Link).ClickAsync();
        await Expect(console["token-problem"]).ToContainTextAsync("enter a new token");
        await console.ShowAsync("token-problem");
        await using var phone = await desk.SignInAsync(browser, 390, 780, "es-AR", "/channels");
        await Expect(phone["token-problem"]).ToContainTextAsync("cargá un token nuevo");
        await phone.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await phone.Page.ReloadAsync(); // Colours change by a transition, which is no state to look at.
        await Expect(phone["token-problem"]).ToBeVisibleAsync();
        await phone.ShowAsync("token-problem-phone-dark");
        await desk.Tenant.Api.PatchAsync($"/admin/channel-accounts/{account.Id}", new { settings = new { access_token = "another" } });
        await Expect(console["dying-tokens"]).ToHaveCountAsync(0, new() { Timeout = 40_000 });
    }

    [Fact]
    public async Task An_account_goes_after_a_dialog_that_says_what_goes_and_what_stays()
    {
        await desk.Tenant.MessengerAsync(desk.Sandbox);
        await using var phone = await desk.SignInAsync(browser, 390, 780, "es-AR", "/channels");
        await phone["channel-account"].Filter(new LocatorFilterOptions { HasText = "Messenger" }).GetByTestId("remove").ClickAsync();
        await Expect(phone["remove-account"]).ToContainTextAsync("los contactos");
        await phone.ShowAsync("remove-account-phone");
        await phone.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Cancelar" }).ClickAsync();

        await using var console = await desk.SignInAsync(browser, path: "/channels");
        await console.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await console.Page.ReloadAsync();
        var card = console["channel-account"].Filter(new LocatorFilterOptions { HasText = "Messenger" });
        await card.GetByTestId("remove").ClickAsync();
        await Expect(console["remove-account"]).ToContainTextAsync("cannot be brought back");
        await console.ShowAsync("remove-account-dark");
        await console["confirm"].ClickAsync();
        await Expect(card).ToHaveCountAsync(0);
        Assert.DoesNotContain((await desk.Tenant.Api.GetAsync("/admin/channel-accounts")).EnumerateArray(), a => a.GetProperty("channel").GetString() == "messenger");
    }
}
