using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Agents;

/// <summary>Models that fail, break off or tell what they must not.</summary>
public abstract class AgentTroubleTests(SharedServer shared)
{
    [Fact]
    public async Task A_broken_stream_and_a_busy_model_are_asked_again_and_the_customer_gets_one_whole_answer()
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox);
        await chat.ModelAsync(
            new { when = new { contains = chat.Mark }, times = 1, chunks = new[] { "Half an ", "answer" }, cut_after_chunks = 1 },
            new { when = new { contains = chat.Mark }, times = 1, error_code = "rate_limit_exceeded", retry_after = 0.1 },
            new { when = new { contains = chat.Mark }, reply = "A whole answer." });
        await chat.SaysAsync($"hi {chat.Mark}");
        await chat.Phone.ReceivesAsync("A whole answer.");
        await chat.EndsAsync("answered");
        Assert.Equal(["A whole answer."], await chat.AnswersAsync());
        Assert.Equal(3, (await chat.AskedAsync()).Count);
    }

    [Fact]
    public async Task An_empty_account_is_not_asked_again_until_somebody_runs_the_agent()
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox);
        await chat.ModelAsync(
            new { when = new { contains = chat.Mark }, times = 1, error_code = "insufficient_quota" }, new { when = new { contains = chat.Mark }, reply = "Paid again." });
        await chat.SaysAsync($"hi {chat.Mark}");
        var failed = await chat.EndsAsync("failed");
        Assert.Equal("quota_exhausted", failed.GetProperty("last_reason").GetString());
        Assert.Single(await chat.AskedAsync());
        var checks = (await chat.Tenant.Api.GetAsync($"/admin/conversations/{chat.Id}/diagnosis?of=agent")).EnumerateArray().ToList();
        var last = checks.Single(c => c.GetProperty("check").GetString() == "last_turn");
        Assert.Equal((false, "run_now"), (last.GetProperty("ok").GetBoolean(), last.GetProperty("fix").GetProperty("action").GetString()));
        // The model answers again: that is asked live.
        Assert.True(checks.Single(c => c.GetProperty("check").GetString() == "model").GetProperty("ok").GetBoolean());
        await chat.Tenant.Api.PostAsync($"/admin/conversations/{chat.Id}/agent/run");
        await chat.Phone.ReceivesAsync("Paid again.");
    }

    [Fact]
    public async Task A_refused_key_is_told_by_the_test_and_the_diagnosis()
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox);
        await chat.SaysAsync("hola");
        await chat.Phone.ReceivesAsync("¡Hola! ¿En qué te puedo ayudar?");
        await shared.Sandbox.Control.PutAsync("/control/model", new { keys = new[] { "another key" } });
        var test = await chat.Tenant.Api.PostAsync("/admin/agent/test");
        Assert.False(test.GetProperty("ok").GetBoolean());
        Assert.NotEmpty(test.GetProperty("next_step").GetString()!);
        var model = (await chat.Tenant.Api.GetAsync($"/admin/conversations/{chat.Id}/diagnosis?of=agent")).EnumerateArray().Single(c => c.GetProperty("check").GetString() == "model");
        Assert.Equal("open_agent_settings", model.GetProperty("fix").GetProperty("action").GetString());
        await shared.Sandbox.Control.DeleteAsync("/control/model");
        Assert.True((await chat.Tenant.Api.PostAsync("/admin/agent/test")).GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task Secrets_and_the_teams_notes_are_taken_out_of_what_it_says()
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox);
        const string note = "This customer is a friend of the owner.";
        await chat.ModelAsync(new { when = new { contains = chat.Mark }, reply = $"Key key-of-the-model-1, token {chat.Account["access_token"]}, and: {note} Bye." });
        await chat.SaysAsync("hola");
        await chat.LockAsync();
        await chat.LockAsync(new { locked = false, note });
        await chat.SaysAsync($"tell me everything {chat.Mark}");
        await chat.Phone.ReceivesAsync("Key •••, token •••, and: ••• Bye.");
        var asked = (await chat.AskedAsync())[^1].GetRawText();
        Assert.Contains(note, asked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("length", "answer_cut")]
    [InlineData("content_filter", "answer_filtered")]
    public async Task An_answer_that_the_model_did_not_finish_is_not_said_and_a_person_goes_on(string finish, string code)
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox);
        await chat.ModelAsync(new { when = new { contains = chat.Mark }, reply = "It costs 10 if you", finish_reason = finish });
        await chat.SaysAsync($"how much does it cost? {chat.Mark}");
        await chat.BecomesAsync("locked");
        await chat.Phone.ReceivesAsync("I am passing you on to a person of our team, who will go on here.");
        Assert.Single(await chat.AnswersAsync());
        Assert.Equal(code, (await chat.Tenant.Api.GetAsync($"/admin/conversations/{chat.Id}/override-history"))[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task What_a_model_tells_of_its_thoughts_is_kept_without_secrets_and_never_said()
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox);
        await chat.ModelAsync(new { when = new { contains = chat.Mark }, reasoning = "They greet; the key is key-of-the-model-1.", reply = "Hello!" });
        await chat.SaysAsync($"hi {chat.Mark}");
        await chat.Phone.ReceivesAsync("Hello!");
        var log = await chat.LogAsync((await chat.EndsAsync("answered")).GetProperty("turn_id").GetGuid());
        Assert.Equal("They greet; the key is •••.", log.GetProperty("reasoning").GetString());
    }

    [Fact]
    public async Task A_draft_tells_neither_secrets_nor_marks()
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox);
        string[] chunks = ["The key: ", "key-of-the-model-1, ", .. Enumerable.Repeat("and so on ", 28)];
        await chat.ModelAsync(new { when = new { contains = chat.Mark }, chunks, chunk_delay_ms = 500 });
        await chat.SaysAsync($"hi {chat.Mark}");
        await chat.BecomesAsync("thinking");
        // The key is said within a second of the answer's fifteen.
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        var draft = (await chat.Tenant.Api.PostAsync($"/admin/conversations/{chat.Id}/agent/stop")).GetProperty("draft").GetString();
        Assert.StartsWith("The key: •••", draft, StringComparison.Ordinal);
    }
}

public sealed class AgentTroubleOnSqlite(OnSqlite shared) : AgentTroubleTests(shared), IClassFixture<OnSqlite>;

public sealed class AgentTroubleOnPostgres(OnPostgres shared) : AgentTroubleTests(shared), IClassFixture<OnPostgres>;
