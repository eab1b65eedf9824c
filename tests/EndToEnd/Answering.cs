using System.Text.Json;
using System.Text.RegularExpressions;
using ChatOperator.Agents.Turns;
using ChatOperator.Db;
using ChatOperator.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ChatOperator.EndToEnd;

/// <summary>The agent and the people beside it: who answers, who stops it, and how an answer came about.</summary>
public sealed class Answering(Desk desk, Browser browser) : IClassFixture<Desk>
{
    [Fact]
    public async Task The_agent_answers_a_phone_and_its_bubble_tells_how_it_came_about()
    {
        await AgentAsync();
        await desk.Tenant.Api.PostAsync("/admin/knowledge", new { question = "¿Entregan en Palermo?", answer = "Sí: entregamos en Palermo de 9 a 13." });
        await ModelAsync(
            new { when = new { contains = "Palermo", tool_result = false }, tool_calls = new[] { new { name = "search_knowledge", arguments = new { query = "entregan Palermo" } } } },
            new { when = new { contains = "Palermo" }, reply = "Sí, entregamos en Palermo de 9 a 13." });
        await using var phone = await PhoneAsync("5491155550301");
        await phone["phone-input"].FillAsync("¿Entregan en Palermo?");
        await phone["phone-send"].ClickAsync();
        await Expect(phone["phone-bubble"].Filter(Text("de 9 a 13"))).ToBeVisibleAsync();

        await using var console = await desk.SignInAsync(browser);
        await OpenAsync(console, "+5491155550301");
        var answer = console["bubble"].Filter(Text("de 9 a 13"));
        await Expect(answer).ToHaveAttributeAsync("data-author", "agent");
        await answer.ClickAsync();
        // The whole story: what came in, the turn with what it looked up and what it cost, what went out.
        await Expect(console["timeline"].Locator("[data-stage=in]")).ToBeVisibleAsync();
        await Expect(console["timeline"].Locator("[data-stage=out]")).ToBeVisibleAsync();
        await Expect(console["turn"]).ToContainTextAsync("search_knowledge");
        await Expect(console["turn"]).ToContainTextAsync("Palermo de 9 a 13");
        await console.ShowAsync("trace");
        // Its address can be handed on.
        await console.Page.ReloadAsync();
        await Expect(console["turn"]).ToContainTextAsync("search_knowledge");
        Assert.Contains("/trace/", console.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_tried_in_the_playground_and_published_there()
    {
        await AgentAsync();
        await ModelAsync(new { when = new { system = "Tratá de vos" }, reply = "¡Claro que sí, vení cuando quieras!" });
        await using var console = await desk.SignInAsync(browser);
        await console.Page.GotoAsync("/agent");
        await console["instructions"].FillAsync("Tratá de vos y sé breve.");
        await console.Page.GetByRole(AriaRole.Tab, new PageGetByRoleOptions { Name = "Playground" }).ClickAsync();
        await Expect(console["playground-which"]).ToHaveValueAsync("draft");
        await console["playground-input"].FillAsync("¿Puedo pasar mañana?");
        await console.Page.Keyboard.PressAsync("Enter");
        await Expect(console["playground-answer"]).ToContainTextAsync("vení cuando quieras");
        await Expect(console["playground-trace"].Locator("[data-testid=turn]")).ToBeVisibleAsync();
        await console.ShowAsync("playground-draft");
        await console["playground-publish"].ClickAsync();
        await Expect(console["playground-publish"]).ToBeHiddenAsync();
        Assert.Equal("Tratá de vos y sé breve.", (await desk.Tenant.Api.GetAsync("/admin/agent")).GetProperty("instructions").GetString());
    }

    [Fact]
    public async Task An_operator_stops_it_in_mid_thought_and_gives_the_chat_back_with_a_note()
    {
        await AgentAsync();
        // Long enough to be stopped in the middle, however busy the machine is.
        await ModelAsync(new { when = new { contains = "torta" }, chunks = Enumerable.Repeat("Sí, claro. ", 80), chunk_delay_ms = 400 });
        var phone = desk.Sandbox.Phone("5491155550302");
        await phone.SaysAsync("¿Llevan una torta a Palermo?", desk.Account);
        await using var console = await desk.SignInAsync(browser);
        await OpenAsync(console, "+5491155550302");
        await Expect(console["agent-thinking"]).ToBeVisibleAsync();
        await console.ShowAsync("agent-thinking");
        await console["stop-agent"].ClickAsync();
        await Expect(console["composer"]).ToHaveValueAsync(new Regex("^Sí, claro"));
        await Expect(console["hand-back"]).ToBeVisibleAsync();

        // Nothing of it has left, and its words are the operator's now.
        Assert.Empty(await phone.ReceivedAsync());
        await console["composer"].FillAsync("Sí, te la llevamos mañana.");
        await console["send"].ClickAsync();
        await phone.ReceivesAsync("Sí, te la llevamos mañana.");

        await ModelAsync(new { when = new { system = "la torta va sin cargo" }, reply = "Perfecto, va sin cargo." });
        await console["holder"].ClickAsync();
        await console["note"].FillAsync("Le prometí que la torta va sin cargo.");
        await console.ShowAsync("hand-back");
        await console["hand-back-note"].ClickAsync();
        await Expect(console["take-over"]).ToBeVisibleAsync();
        await phone.SaysAsync("¡Gracias!", desk.Account);
        await phone.ReceivesAsync("Perfecto, va sin cargo.");
    }

    [Fact]
    public async Task Why_it_does_not_answer_has_a_button_that_mends_it()
    {
        await AgentAsync(enabled: false);
        await desk.Sandbox.Phone("5491155550303").SaysAsync("¿Hay alguien?", desk.Account);
        var conversation = await desk.Tenant.ConversationAsync("+5491155550303");
        await desk.Tenant.Api.PostAsync($"/admin/conversations/{conversation}/human-override", new { locked = true });
        await using var console = await desk.SignInAsync(browser);
        await OpenAsync(console, "+5491155550303");
        await console["why-agent"].ClickAsync();
        await Expect(Check(console, "human")).ToHaveAttributeAsync("data-ok", "false");
        await console.ShowAsync("why-no-answer");
        await console["fix-unlock"].ClickAsync();
        await Expect(Check(console, "human")).ToHaveAttributeAsync("data-ok", "true");
        await console["fix-enable_agent"].ClickAsync();
        await Expect(Check(console, "agent")).ToHaveAttributeAsync("data-ok", "true");
        Assert.True((await desk.Tenant.Api.GetAsync("/admin/agent")).GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public async Task A_fix_opens_the_settings_of_the_agent_that_answers_this_account()
    {
        await AgentAsync();
        var own = $"/admin/channel-accounts/{desk.Account.Id}/agent";
        // Nobody listens there: only this account's agent is broken.
        await desk.Tenant.Api.PutAsync(own, new { enabled = true, debounce_ms = 0, model = new { base_url = "http://127.0.0.1:1/v1", name = "small", api_key = "key-of-the-model-1" } });
        await desk.Sandbox.Phone("5491155550304").SaysAsync("¿Hay alguien?", desk.Account);
        await using var console = await desk.SignInAsync(browser);
        await OpenAsync(console, "+5491155550304");
        await console["why-agent"].ClickAsync();
        await console["fix-open_agent_settings"].ClickAsync();
        await Expect(console["agent-whose"]).ToHaveValueAsync(desk.Account.Id.ToString());
        await desk.Tenant.Api.DeleteAsync(own);
    }

    [Fact]
    public async Task What_it_used_and_cost_stands_on_its_page()
    {
        await AgentAsync();
        await ModelAsync(new { when = new { contains = "precio" }, reply = "Cuesta 900 pesos." });
        await desk.Sandbox.Phone("5491155550305").SaysAsync("¿Qué precio tiene?", desk.Account);
        await desk.Sandbox.Phone("5491155550305").ReceivesAsync("Cuesta 900 pesos.");
        await DaysAsync();
        await using var console = await desk.SignInAsync(browser, path: "/agent/usage");
        await Expect(console["usage-total"]).ToContainTextAsync("Cost per answer");
        await Expect(console["usage-days"].Locator("tbody tr")).ToHaveCountAsync(20);
        await console.ShowAsync("agent-usage");
        await console["usage-measure-tokens"].ClickAsync();
        await Expect(console["usage-bars"]).ToHaveAttributeAsync("aria-label", "Tokens, the last 30 days");
        await console["usage-span-7"].ClickAsync();
        await Expect(console["usage-bars"]).ToHaveAttributeAsync("aria-label", "Tokens, the last 7 days");
        // Of one account alone: what the others did is not counted.
        await console.Page.GotoAsync($"/agent/usage/{desk.Account.Id}");
        await Expect(console["usage-total"]).ToBeVisibleAsync();
        await using var spanish = await desk.SignInAsync(browser, language: "es-AR", path: "/agent/usage");
        await spanish.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await Expect(spanish["usage-total"]).ToContainTextAsync("Costo por respuesta");
        await spanish.ShowAsync("agent-usage-dark");
    }

    /// <summary>Turns of the last weeks, on most days, of an account that is gone.</summary>
    private async Task DaysAsync()
    {
        await using var db = desk.Server.Services.GetRequiredService<Databases>().For(desk.Tenant.Id);
        for (var day = 1; day < 30; day++)
            for (var turn = 0; turn < day * 7 % 12 && day % 7 is not (0 or 6); turn++)
                db.Set<AgentTurn>().Add(new AgentTurn
                {
                    TenantId = desk.Tenant.Id, Id = Guid.CreateVersion7(desk.Server.Time.GetUtcNow()), ConversationId = Guid.Empty, AccountId = Guid.Empty, Model = "small",
                    StartedAt = desk.Server.Time.GetUtcNow().AddDays(-day), Outcome = turn % 6 == 5 ? TurnOutcome.HandedOff : TurnOutcome.Answered,
                    InputTokens = 700 + turn * 90, OutputTokens = 40 + turn * 9, Cost = 0.0009m + turn * 0.0002m,
                });
        await db.SaveChangesAsync();
    }

    private static ILocator Check(Screen console, string name) => console["diagnosis"].Locator($"[data-check={name}]");

    private static LocatorFilterOptions Text(string text) => new() { HasText = text };

    private async Task OpenAsync(Screen console, string phone) =>
        await console.Page.GotoAsync($"/chats/{await desk.Tenant.ConversationAsync(phone)}");

    private async Task<Screen> PhoneAsync(string number)
    {
        var phone = await browser.OpenAsync(desk.Sandbox.Address, 430, 860);
        await phone.Page.GotoAsync($"/phone?phone={number}&account={desk.Account["phone_number_id"]}");
        return phone;
    }

    private Task<JsonElement> AgentAsync(bool enabled = true) => desk.Tenant.Api.PutAsync("/admin/agent", new
    {
        enabled, debounce_ms = 0, instructions = "Respondé corto.",
        model = new { base_url = $"{desk.Sandbox.Address}v1", name = "small", api_key = "key-of-the-model-1", input_price = 1.0, output_price = 2.0 },
    });

    private Task ModelAsync(params object[] rules) => desk.Sandbox.Control.PutAsync("/control/model", new { rules });
}
