using ChatOperator.Harness;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatOperator.EndToEnd;

/// <summary>Two people at the same chats, and an owner who takes back what was changed of the agent.</summary>
public sealed class TwoOperators(Desk desk, Browser browser) : IClassFixture<Desk>
{
    [Fact]
    public async Task One_holds_it_for_an_hour_the_other_asks_and_takes_it_and_both_see_that()
    {
        var phone = desk.Sandbox.Phone("5491155550501");
        await phone.SaysAsync("¿Me cambian el pedido?", desk.Account);
        var chat = await desk.Tenant.ConversationAsync("+5491155550501");
        var path = $"/chats/{chat}";
        await using var first = await desk.SignInAsync(browser);
        await first.Page.GotoAsync(path);
        await first["holder"].ClickAsync();
        // The agent is off: nobody is said to answer.
        await Expect(first["holder"]).ToContainTextAsync("AI is off");
        await Expect(Row(first, chat)).ToContainTextAsync("AI off");
        await first.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "1 hour" }).ClickAsync();
        await Expect(first["holder"]).ToContainTextAsync("until");

        await using var second = await desk.SignInAsync(browser, "Bruno");
        await second.Page.GotoAsync(path);
        var holder = (await desk.Tenant.Api.GetAsync($"/admin/conversations/{chat}")).GetProperty("held_by").GetString()!;
        await Expect(second["holder"]).ToContainTextAsync(holder);
        await Expect(second["holder"]).ToContainTextAsync("until");
        await second["holder"].ClickAsync();
        await second.Page.GetByLabel("Why you need it").FillAsync("I know this customer.");
        await second["request"].ClickAsync();
        await Expect(first["agent-requested"]).ToContainTextAsync("Bruno asks for this chat");
        await Expect(first["agent-requested"]).ToContainTextAsync("I know this customer.");

        await second["holder"].ClickAsync();
        await second["take-from"].ClickAsync();
        await Expect(second["hand-back"]).ToBeVisibleAsync();
        await Expect(first["holder"]).ToContainTextAsync("Bruno");
        await Expect(first["agent-requested"]).Not.ToBeVisibleAsync();
        await first["holder"].ClickAsync();
        await first.Page.GetByText("History", new PageGetByTextOptions { Exact = true }).ClickAsync();
        await Expect(first.Page.GetByText("Bruno took it over from whoever had it")).ToBeVisibleAsync();
        await Expect(first.Page.GetByText("Bruno asked for it")).ToBeVisibleAsync();
        await first.ShowAsync("held-by-a-colleague");

        // Who begins to write sees that somebody else does.
        await first["composer"].PressSequentiallyAsync("Ya lo ");
        await Expect(second["colleague-typing"]).ToContainTextAsync("is writing here too");
        await Expect(first["colleague-typing"]).ToBeEmptyAsync();
        await second.ShowAsync("colleague-typing");

        // In the list "You" is oneself; a colleague has a name.
        await second["composer"].FillAsync("Lo cambio ya.");
        await second["send"].ClickAsync();
        await phone.ReceivesAsync("Lo cambio ya.", 30);
        await Expect(Row(second, chat)).ToContainTextAsync("You: Lo cambio ya.");
        await Expect(Row(first, chat)).ToContainTextAsync("Bruno: Lo cambio ya.");

        // Writing into a colleague's chat takes it only from who says so.
        await first["composer"].FillAsync("Lo sigo yo.");
        await first["send"].ClickAsync();
        await Expect(first.Page.GetByRole(AriaRole.Dialog, new PageGetByRoleOptions { Name = "Bruno has this chat" })).ToBeVisibleAsync();
        await first.ShowAsync("take-over-and-send");
        await first["confirm"].ClickAsync();
        await phone.ReceivesAsync("Lo sigo yo.", 30);
        await Expect(first["hand-back"]).ToBeVisibleAsync();
        await Expect(second["holder"]).ToContainTextAsync(holder);
    }

    [Fact]
    public async Task A_version_is_brought_back_and_an_accounts_own_agent_is_switched_on_by_its_diagnosis()
    {
        await desk.Tenant.Api.PutAsync("/admin/agent", new { instructions = "Be brief." });
        await desk.Tenant.Api.PutAsync("/admin/agent", new { instructions = "Be wordy." });
        await desk.Tenant.Api.PutAsync($"/admin/channel-accounts/{desk.Account.Id}/agent", new { enabled = false, instructions = "Only this number.", temperature = 0.3 });
        await desk.Sandbox.Phone("5491155550502").SaysAsync("¿Hay alguien?", desk.Account);
        await using var console = await desk.SignInAsync(browser);
        await console.Page.GotoAsync("/agent/versions");
        await Expect(console["version"]).ToHaveCountAsync(2);
        await console["version"].Last.ClickAsync();
        await console["restore"].ClickAsync();
        await console.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Restore this version" }).ClickAsync();
        await Expect(console["version"]).ToHaveCountAsync(3);
        await console.ShowAsync("agent-versions");
        Assert.Equal("Be brief.", (await desk.Tenant.Api.GetAsync("/admin/agent")).GetProperty("instructions").GetString());

        await console.Page.GotoAsync($"/chats/{await desk.Tenant.ConversationAsync("+5491155550502")}");
        await console["why-agent"].ClickAsync();
        await console["fix-enable_agent"].ClickAsync();
        await Expect(console["diagnosis"].Locator("[data-check=agent]")).ToHaveAttributeAsync("data-ok", "true");
        var own = await desk.Tenant.Api.GetAsync($"/admin/channel-accounts/{desk.Account.Id}/agent");
        Assert.Equal((true, false, 0.3), (own.GetProperty("enabled").GetBoolean(), own.GetProperty("inherited").GetBoolean(), own.GetProperty("temperature").GetDouble()));
        Assert.False((await desk.Tenant.Api.GetAsync("/admin/agent")).GetProperty("enabled").GetBoolean());
        await desk.Tenant.Api.DeleteAsync($"/admin/channel-accounts/{desk.Account.Id}/agent");
    }

    private static ILocator Row(Screen console, Guid chat) => console.Page.Locator($"[data-testid=chat-row][data-chat='{chat}']");
}
