using System.Net;
using System.Text.Json;
using ChatOperator.Agents.Turns;
using ChatOperator.Db;
using ChatOperator.Harness;
using ChatOperator.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace ChatOperator.Server.Tests.Agents;

/// <summary>Who set what, and talking to it without a customer.</summary>
public abstract class AgentSettingsTests(SharedServer shared)
{
    [Fact]
    public async Task Turns_and_networks_answers_are_kept_as_long_as_the_tenant_says()
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox);
        await chat.SaysAsync("hola");
        await chat.Phone.ReceivesAsync("¡Hola! ¿En qué te puedo ayudar?");
        var turn = (await chat.EndsAsync("answered")).GetProperty("turn_id").GetGuid();
        var answer = (await chat.Tenant.MessagesAsync(chat.Id))[^1].GetProperty("id").GetInt64();
        Task<JsonElement> AttemptsAsync() => chat.Tenant.Api.GetAsync($"/admin/messages/{answer}/attempts");
        Assert.NotNull((await Eventually.GetAsync(AttemptsAsync, a => a[0].GetProperty("outcome").GetString() == "accepted"))[0].GetProperty("raw").GetString());
        var day = shared.Server.Time.GetUtcNow().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var usage = (await chat.Tenant.Api.GetAsync($"/admin/agent/usage?from={day}&to={day}"))[0];
        Assert.Equal((1, 1), (usage.GetProperty("turns").GetInt32(), usage.GetProperty("answered").GetInt32()));
        Assert.True(usage.GetProperty("input_tokens").GetInt64() > 0 && usage.GetProperty("cost").GetDecimal() > 0);

        var sweep = shared.Server.Services.GetServices<IHostedService>().OfType<TurnSweep>().Single();
        await sweep.SweepAsync();
        await chat.LogAsync(turn);
        await chat.Tenant.Api.PutAsync("/admin/settings", new { name = "x", lock_on_reply = true, send_read_receipts = true, receipt_days = 30, troubled_receipt_days = 180, trace_days = 1 });
        await using (var db = shared.Server.Services.GetRequiredService<Databases>().For(chat.Tenant.Id))
            await db.WriteAsync(async () =>
            {
                var old = shared.Server.Time.GetUtcNow().AddDays(-2);
                await db.Set<AgentTurn>().Where(t => t.Id == turn).ExecuteUpdateAsync(t => t.SetProperty(x => x.StartedAt, old));
                await db.Set<DeliveryAttempt>().Where(a => a.MessageId == answer).ExecuteUpdateAsync(a => a.SetProperty(x => x.StartedAt, old));
            });
        await sweep.SweepAsync();
        await chat.Tenant.Api.RefusedAsync(System.Net.HttpStatusCode.NotFound, "not_found", HttpMethod.Get, $"/admin/logs/ai/{turn}");
        Assert.Equal(JsonValueKind.Null, (await AttemptsAsync())[0].GetProperty("raw").ValueKind);
    }

    [Fact]
    public async Task Switched_off_it_leaves_its_thoughts_and_withdraws_what_waits()
    {
        var tenant = await shared.Server.TenantAsync();
        var account = await tenant.WhatsAppAsync(shared.Sandbox, more: new { spacing_ms = "60000" });
        await AgentChat.SetAsync(tenant, shared.Sandbox);
        var (waiting, thinking) = (AgentChat.Join(tenant, account, shared.Sandbox), AgentChat.Join(tenant, account, shared.Sandbox));
        await waiting.ModelAsync(new { when = new { contains = thinking.Mark }, delay_ms = 3000, reply = "Too late." }, new { when = new { contains = waiting.Mark }, reply = "There you are." });
        await waiting.SaysAsync($"one {waiting.Mark}");
        await waiting.Phone.ReceivesAsync("There you are.");
        await waiting.SaysAsync($"two {waiting.Mark}");
        await Eventually.GetAsync(() => tenant.MessagesAsync(waiting.Id), m => m.Count == 4);
        await thinking.SaysAsync($"hi {thinking.Mark}");
        await thinking.BecomesAsync("thinking");
        await tenant.Api.PutAsync("/admin/agent", new { enabled = false });
        await thinking.EndsAsync("overtaken");
        Assert.Equal("withdrawn", (await tenant.MessagesAsync(waiting.Id))[^1].GetProperty("status").GetString());
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, TestContext.Current.CancellationToken);
        Assert.Empty(await thinking.AnswersAsync());
    }

    [Fact]
    public async Task Every_change_is_a_version_that_can_be_restored_and_no_key_is_ever_read()
    {
        var tenant = await shared.Server.TenantAsync();
        var fresh = await tenant.Api.GetAsync("/admin/agent");
        Assert.Equal((false, 0), (fresh.GetProperty("enabled").GetBoolean(), fresh.GetProperty("version").GetInt32()));
        await AgentChat.SetAsync(tenant, shared.Sandbox);
        var on = await tenant.Api.GetAsync("/admin/agent");
        Assert.True(on.GetProperty("model").GetProperty("has_api_key").GetBoolean());
        Assert.DoesNotContain("key-of-the-model-1", on.GetRawText(), StringComparison.Ordinal);
        // The same again is no change; another one by whoever saw an older version is refused.
        Assert.Equal(1, (await AgentChat.SetAsync(tenant, shared.Sandbox)).GetProperty("version").GetInt32());
        Assert.Equal(2, (await tenant.Api.PutAsync("/admin/agent", new { instructions = "Be brief.", version = 1 })).GetProperty("version").GetInt32());
        await tenant.Api.RefusedAsync(HttpStatusCode.Conflict, "agent_changed", HttpMethod.Put, "/admin/agent", new { instructions = "Be long.", version = 1 });

        var versions = (await tenant.Api.GetAsync("/admin/agent/versions")).EnumerateArray().ToList();
        Assert.Equal([2, 1], versions.Select(v => v.GetProperty("version").GetInt32()));
        Assert.Equal(("test owner", "instructions"), (versions[0].GetProperty("changed_by").GetString(), versions[0].GetProperty("summary").GetString()));
        await tenant.Api.PostAsync("/admin/agent/versions/1/restore");
        var restored = await tenant.Api.GetAsync("/admin/agent");
        Assert.Equal(("Be kind.", 3), (restored.GetProperty("instructions").GetString(), restored.GetProperty("version").GetInt32()));
        // It stayed on all the time, so what it may answer did not change.
        Assert.Equal(on.GetProperty("activated_at").GetString(), restored.GetProperty("activated_at").GetString());
        Assert.True((await tenant.Api.PostAsync("/admin/agent/test")).GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task An_account_has_the_tenants_agent_until_it_is_given_its_own()
    {
        var chat = await AgentChat.OpenAsync(shared.Server, shared.Sandbox);
        var path = $"/admin/channel-accounts/{chat.Account.Id}/agent";
        Assert.True((await chat.Tenant.Api.GetAsync(path)).GetProperty("inherited").GetBoolean());
        await chat.Tenant.Api.PutAsync(path, new { enabled = false });
        await chat.SaysAsync("hola");
        Assert.Equal("off", (await chat.StateAsync()).GetProperty("state").GetString());
        await chat.Tenant.Api.DeleteAsync(path);
        Assert.True((await chat.Tenant.Api.GetAsync(path)).GetProperty("inherited").GetBoolean());
        await chat.SaysAsync("hola");
        await chat.Phone.ReceivesAsync("¡Hola! ¿En qué te puedo ayudar?");
    }

    [Fact]
    public async Task Only_owners_set_it_and_a_key_does_not_follow_another_address()
    {
        var tenant = await shared.Server.TenantAsync();
        await AgentChat.SetAsync(tenant, shared.Sandbox);
        using var person = await tenant.AsAsync("operator");
        await person.GetAsync("/admin/agent");
        await person.RefusedAsync(HttpStatusCode.Forbidden, null, HttpMethod.Put, "/admin/agent", new { enabled = false });
        var other = new { model = new { base_url = "https://models.example.com/v1", name = "small" } };
        var refused = await tenant.Api.RefusedAsync(HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Put, "/admin/agent", other);
        Assert.Equal("model.api_key", refused.GetProperty("errors")[0].GetProperty("field").GetString());
        var foreign = await shared.Server.TenantAsync();
        var account = await tenant.WhatsAppAsync(shared.Sandbox);
        await foreign.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Get, $"/admin/channel-accounts/{account.Id}/agent");
    }

    [Fact]
    public async Task The_playground_thinks_with_unsaved_settings_and_changes_nothing()
    {
        var tenant = await shared.Server.TenantAsync();
        await AgentChat.SetAsync(tenant, shared.Sandbox);
        await shared.Sandbox.Control.PutAsync("/control/model", new { rules = new object[] { new { when = new { system = "Speak like a sailor" }, reply = "Ahoy!" } } });
        var answer = await tenant.Api.PostAsync("/admin/agent/playground", new
        {
            messages = new[] { new { role = "user", text = "hello" } },
            settings = new { instructions = "Speak like a sailor.", model = new { input_price = 1.0, output_price = 1.0 } },
        });
        Assert.Equal(("Ahoy!", "answered"), (answer.GetProperty("reply").GetString(), answer.GetProperty("outcome").GetString()));
        Assert.True(answer.GetProperty("log").GetProperty("cost").GetDecimal() > 0);
        Assert.Equal(1, (await tenant.Api.GetAsync("/admin/agent")).GetProperty("version").GetInt32());
        var plain = await tenant.Api.PostAsync("/admin/agent/playground", new { messages = new[] { new { role = "user", text = "hello" } }, version = 1 });
        Assert.Equal("Hello! How can I help you?", plain.GetProperty("reply").GetString());
    }
}

public sealed class AgentSettingsOnSqlite(OnSqlite shared) : AgentSettingsTests(shared), IClassFixture<OnSqlite>;

public sealed class AgentSettingsOnPostgres(OnPostgres shared) : AgentSettingsTests(shared), IClassFixture<OnPostgres>;
