using System.Net;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Outbox;

public abstract class DiagnosisTests(SharedServer shared)
{
    [Fact]
    public async Task A_chat_that_can_be_answered_has_nothing_in_the_way()
    {
        var (tenant, chat, _) = await ChatAsync("5491155550301");
        foreach (var check in (await tenant.Api.GetAsync($"/admin/conversations/{chat}/diagnosis?of=send")).EnumerateArray())
            Assert.True(check.GetProperty("ok").GetBoolean(), check.ToString());
    }

    [Fact]
    public async Task A_revoked_token_is_found_by_asking_the_network()
    {
        var (tenant, chat, account) = await ChatAsync("5491155550302");
        await tenant.Api.PatchAsync($"/admin/channel-accounts/{account.Id}", new { settings = new { access_token = "revoked" } });
        var checks = (await tenant.Api.GetAsync($"/admin/conversations/{chat}/diagnosis?of=send")).EnumerateArray().ToList();
        var credentials = checks.Single(c => c.GetProperty("check").GetString() == "credentials");
        Assert.False(credentials.GetProperty("ok").GetBoolean());
        Assert.NotEmpty(credentials.GetProperty("fix").GetProperty("label").GetString()!);
    }

    [Fact]
    public async Task A_human_who_has_the_chat_is_why_the_agent_does_not_answer()
    {
        var (tenant, chat, _) = await ChatAsync("5491155550303");
        await tenant.Api.PostAsync($"/admin/conversations/{chat}/human-override", new { locked = true });
        var checks = (await tenant.Api.GetAsync($"/admin/conversations/{chat}/diagnosis?of=agent")).EnumerateArray().ToList();
        Assert.False(checks.Single(c => c.GetProperty("check").GetString() == "human").GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task Another_word_is_refused_and_a_foreign_chat_is_not_there()
    {
        var (tenant, chat, _) = await ChatAsync("5491155550304");
        await tenant.Api.RefusedAsync(HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Get, $"/admin/conversations/{chat}/diagnosis?of=tea");
        var other = await shared.Server.TenantAsync();
        await other.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Get, $"/admin/conversations/{chat}/diagnosis?of=send");
    }

    private async Task<(TestTenant, Guid, TestAccount)> ChatAsync(string phone)
    {
        var tenant = await shared.Server.TenantAsync();
        var account = await tenant.WhatsAppAsync(shared.Sandbox);
        await shared.Sandbox.Phone(phone).SaysAsync("hola", account);
        return (tenant, await tenant.ConversationAsync("+" + phone), account);
    }
}

public sealed class DiagnosisOnSqlite(OnSqlite shared) : DiagnosisTests(shared), IClassFixture<OnSqlite>;

public sealed class DiagnosisOnPostgres(OnPostgres shared) : DiagnosisTests(shared), IClassFixture<OnPostgres>;
