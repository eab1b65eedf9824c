using System.Text.Json;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Agents;

/// <summary>What is broken off is never said, and what was done is done once.</summary>
public abstract class AgentBrokenOffTests(SharedServer shared)
{
    private const string Whole = "This is the whole answer in eight pieces.";
    private const string PassingOn = "I am passing you on to a person of our team, who will go on here.";

    private static readonly string[] Pieces = ["This ", "is ", "the ", "whole ", "answer ", "in ", "eight ", "pieces."];

    [Fact]
    public async Task What_changes_no_holder_disturbs_no_thought()
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox);
        await chat.Tenant.Api.PutAsync("/admin/settings", new { name = "x", lock_on_reply = false, send_read_receipts = true, receipt_days = 30, troubled_receipt_days = 180 });
        await chat.ModelAsync(new { when = new { contains = chat.Mark }, chunks = Pieces, chunk_delay_ms = 400 });
        await chat.SaysAsync($"hi {chat.Mark}");
        await chat.BecomesAsync("thinking");
        for (var i = 0; i < 5; i++)
        {
            await chat.LockAsync(new { locked = false });
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        }
        await chat.Tenant.Api.PostAsync("/messages/relay", new { tenant_id = chat.Tenant.Id, conversation_id = chat.Id, text = "By the way.", author = "agent" });
        await chat.Tenant.Api.PostAsync("/admin/whatsapp/send", new { conversation_id = chat.Id, message = "One moment.", channel_source = "whatsapp" });
        await chat.Phone.ReceivesAsync(Whole);
        Assert.Equal(["By the way.", "One moment.", Whole], (await chat.AnswersAsync()).Order());
        Assert.Single(await chat.AskedAsync());
    }

    [Fact]
    public async Task A_server_that_stops_in_mid_thought_says_nothing_and_the_next_one_answers()
    {
        await using var installation = await Installation.CreateAsync(shared.Provider);
        AgentChat chat;
        await using (var server = await TestServer.StartAsync(installation))
        {
            chat = await AgentChat.OpenAsync(server, shared.Sandbox);
            await chat.ModelAsync(new { when = new { contains = chat.Mark }, chunks = Pieces, chunk_delay_ms = 300 });
            await chat.SaysAsync($"hi {chat.Mark}");
            await Eventually.GetAsync(chat.AskedAsync, a => a.Count > 0);
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }
        await using var next = await TestServer.StartAsync(installation);
        await chat.Phone.ReceivesAsync(Whole);
        Assert.Equal([Whole], await chat.AnswersAsync());
    }

    [Fact]
    public async Task A_server_that_stops_after_a_deed_leaves_the_rest_to_a_person()
    {
        await using var shop = await Shop.OpenAsync();
        await using var installation = await Installation.CreateAsync(shared.Provider);
        AgentChat chat;
        await using (var server = await TestServer.StartAsync(installation))
        {
            chat = await AgentChat.OpenAsync(server, shared.Sandbox);
            await chat.Tenant.Api.PostAsync("/admin/agent/tools", shop.Cancelling());
            await chat.ModelAsync([.. Cancels(chat, new { when = new { contains = chat.Mark, tool_result = true }, chunks = Pieces, chunk_delay_ms = 300 })]);
            await chat.SaysAsync($"cancel my order {chat.Mark}");
            await Eventually.GetAsync(chat.AskedAsync, a => a.Count > 1);
            await Task.Delay(TimeSpan.FromSeconds(0.6), TimeProvider.System, TestContext.Current.CancellationToken);
        }
        await using var next = await TestServer.StartAsync(installation);
        await chat.Phone.ReceivesAsync(PassingOn);
        Assert.Equal([PassingOn], await chat.AnswersAsync());
        Assert.Single(shop.Calls);
    }

    [Fact]
    public async Task A_model_that_fails_after_a_deed_is_not_asked_anew()
    {
        await using var shop = await Shop.OpenAsync();
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox);
        await chat.Tenant.Api.PostAsync("/admin/agent/tools", shop.Cancelling());
        await chat.ModelAsync([.. Cancels(chat, new { when = new { contains = chat.Mark, tool_result = true }, status = 500 })]);
        await chat.SaysAsync($"cancel my order {chat.Mark}");
        await chat.Phone.ReceivesAsync(PassingOn);
        await chat.BecomesAsync("locked");
        var taken = (await chat.Tenant.Api.GetAsync($"/admin/conversations/{chat.Id}/override-history"))[0];
        Assert.Equal("unfinished_deed", taken.GetProperty("code").GetString());
        Assert.Contains("cancel_order", taken.GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.Single(shop.Calls);
    }

    [Fact]
    public async Task What_arrives_after_a_deed_is_answered_after_it()
    {
        await using var shop = await Shop.OpenAsync();
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox);
        await chat.Tenant.Api.PostAsync("/admin/agent/tools", shop.Cancelling());
        await chat.ModelAsync([
            new { when = new { contains = $"thanks {chat.Mark}" }, reply = "You are welcome." },
            .. Cancels(chat, new { when = new { contains = chat.Mark, tool_result = true }, delay_ms = 2000, reply = "It is cancelled." })]);
        await chat.SaysAsync($"cancel my order {chat.Mark}");
        await Eventually.TrueAsync(() => Task.FromResult(!shop.Calls.IsEmpty));
        await chat.SaysAsync($"thanks {chat.Mark}");
        await chat.Phone.ReceivesAsync("You are welcome.");
        Assert.Equal(["It is cancelled.", "You are welcome."], await chat.AnswersAsync());
        Assert.Single(shop.Calls);
    }

    [Fact]
    public async Task Who_writes_on_and_on_gets_an_answer_after_three_new_beginnings()
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox);
        await chat.ModelAsync(new { when = new { contains = chat.Mark }, delay_ms = 1200, reply = "I am here." });
        for (var n = 0; n < 20 && (await chat.AnswersAsync()).Count == 0; n++)
        {
            await chat.SaysAsync($"and {n} {chat.Mark}");
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, TestContext.Current.CancellationToken);
        }
        Assert.NotEmpty(await chat.AnswersAsync());
        var answer = (await chat.Tenant.MessagesAsync(chat.Id)).First(m => m.GetProperty("author").GetProperty("kind").GetString() == "agent");
        Assert.Equal(3, (await chat.LogAsync(answer.GetProperty("correlation_id").GetGuid())).GetProperty("restarts").GetInt32());
    }

    private static object[] Cancels(AgentChat chat, object then) =>
    [
        then, new { when = new { contains = chat.Mark }, tool_calls = new[] { new { name = "cancel_order", arguments = new { number = "1" } } } },
    ];
}

public sealed class AgentBrokenOffOnSqlite(OnSqlite shared) : AgentBrokenOffTests(shared), IClassFixture<OnSqlite>;

public sealed class AgentBrokenOffOnPostgres(OnPostgres shared) : AgentBrokenOffTests(shared), IClassFixture<OnPostgres>;
