using System.Net;
using System.Text.Json;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Operators;

public abstract class TenantWallTests(SharedServer shared)
{
    /// <summary>Driven by the table of all operations: whatever takes an id is tried, also what was added a minute ago.</summary>
    [Fact]
    public async Task Another_tenants_ids_answer_as_ids_that_do_not_exist()
    {
        var (ours, theirs) = (await shared.Server.TenantAsync("Ours"), await RichTenant.MakeAsync(shared.Server, shared.Sandbox));
        var wrong = new List<string>();
        foreach (var operation in AccessTable.Lines.Keys.Where(o => o.Contains(" /admin/", StringComparison.Ordinal) && o.Contains('{', StringComparison.Ordinal)))
        {
            if (operation.Contains("/admin/agent/versions/", StringComparison.Ordinal)) continue; // Numbers of the caller's own versions.
            var (method, pattern) = (new HttpMethod(operation.Split(' ')[0]), operation.Split(' ')[1].Replace("{version}", "1", StringComparison.Ordinal));
            if (pattern.EndsWith("/diagnosis", StringComparison.Ordinal)) pattern += "?of=send";
            var theirId = theirs[pattern];
            var none = long.TryParse(theirId, out var number) ? (number + 1_000_000_000).ToString(System.Globalization.CultureInfo.InvariantCulture) : Guid.CreateVersion7(shared.Server.Time.GetUtcNow()).ToString();
            var foreign = await AskAsync(ours.Api, method, pattern, theirId, RichTenant.FormOf(operation));
            var missing = await AskAsync(ours.Api, method, pattern, none, RichTenant.FormOf(operation));
            if (foreign != missing || foreign.Status != HttpStatusCode.NotFound) wrong.Add($"{operation}: {foreign} {missing}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task So_do_ids_within_a_request()
    {
        var (ours, theirs) = (await RichTenant.MakeAsync(shared.Server, shared.Sandbox), await RichTenant.MakeAsync(shared.Server, shared.Sandbox));
        using var service = await ours.Desk.Chat.Tenant.AsAsync("service");
        var (mine, chat, template) = (ours.Desk.Chat.Id, theirs["/admin/chats/"], theirs["/admin/templates/"]);
        foreach (var (api, path, form) in new (Api, string, object)[]
        {
            (ours.Desk.Api, "/admin/whatsapp/send", new { conversation_id = chat, message = "x", channel_source = "whatsapp" }),
            (ours.Desk.Api, "/admin/whatsapp/send", new { conversation_id = mine, message = "x", channel_source = "whatsapp", attachments = new[] { new { id = theirs["/admin/attachments/"] } } }),
            (ours.Desk.Api, "/admin/templates/send", new { conversation_id = chat, template_id = ours["/admin/templates/"] }),
            (ours.Desk.Api, "/admin/templates/send", new { conversation_id = mine, template_id = template }),
            (ours.Desk.Api, $"/admin/templates/{ours["/admin/templates/"]}/preview", new { conversation_id = chat }),
            (ours.Desk.Api, "/admin/templates/sync", new { tenant_id = theirs.Desk.Chat.Tenant.Id }),
            (ours.Desk.Api, "/admin/templates/sync", new { tenant_id = 1 }),
            (service, "/messages/relay", new { tenant_id = theirs.Desk.Chat.Tenant.Id, conversation_id = chat, text = "x" }),
            (service, "/messages/relay", new { tenant_id = ours.Desk.Chat.Tenant.Id, conversation_id = chat, text = "x" }),
        })
            await api.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Post, path, form);
        foreach (var path in (string[])[$"/admin/templates?conversation_id={chat}", $"/admin/templates?account_id={theirs["/admin/channel-accounts/"]}"])
            await ours.Desk.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Get, path);
        Assert.Empty((await ours.Desk.Api.GetAsync($"/admin/receipts?account={theirs["/admin/channel-accounts/"]}")).EnumerateArray());
    }

    [Fact]
    public async Task Settings_are_the_callers_own()
    {
        var (ours, theirs) = (await shared.Server.TenantAsync("Ours"), await shared.Server.TenantAsync("Theirs"));
        await ours.Api.PutAsync(
            "/admin/settings",
            new { name = "Renamed", lock_on_reply = false, send_read_receipts = true, receipt_days = 7, troubled_receipt_days = 90 });
        var (mine, other) = (await ours.Api.GetAsync("/admin/settings"), await theirs.Api.GetAsync("/admin/settings"));
        Assert.Equal(("Renamed", false, 7), (mine.GetProperty("name").GetString(), mine.GetProperty("lock_on_reply").GetBoolean(), mine.GetProperty("receipt_days").GetInt32()));
        Assert.Equal(("Theirs", true, 30), (other.GetProperty("name").GetString(), other.GetProperty("lock_on_reply").GetBoolean(), other.GetProperty("receipt_days").GetInt32()));
    }

    [Fact]
    public async Task An_email_address_belongs_to_one_operator_of_the_installation()
    {
        var (ours, theirs) = (await shared.Server.TenantAsync(), await shared.Server.TenantAsync());
        var (_, email) = await Browser.OperatorAsync(theirs);
        await ours.Api.RefusedAsync(
            HttpStatusCode.Conflict, "email_taken", HttpMethod.Post, "/admin/operators",
            new { name = "Ana", email = email.ToUpperInvariant(), password = Browser.Password });
    }

    [Fact]
    public async Task The_last_owner_stays_one()
    {
        var tenant = await shared.Server.TenantAsync();
        var (first, _) = await Browser.OperatorAsync(tenant, "owner");
        var (second, _) = await Browser.OperatorAsync(tenant, "owner");
        // Both at once: one of the two must stay.
        var answers = await Task.WhenAll(new[] { first, second }.Select(async id =>
        {
            using var answer = await tenant.Api.SendAsync(HttpMethod.Patch, $"/admin/operators/{id}", new { role = "viewer" });
            return answer.StatusCode;
        }));
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Conflict], answers.Order());
    }

    [Fact]
    public async Task A_revoked_token_opens_nothing_and_no_list_shows_a_secret()
    {
        var tenant = await shared.Server.TenantAsync();
        var made = await tenant.Api.PostAsync("/admin/tokens", new { name = "CRM", role = "viewer" });
        var secret = made.GetProperty("token").GetString()!;
        using var program = new Api(shared.Server.Address, null);
        using (var known = await program.SendAsync(HttpMethod.Get, "/auth/me", null, ("X-Admin-Token", secret)))
            Assert.Equal("CRM", JsonSerializer.Deserialize<JsonElement>(await known.Content.ReadAsStringAsync()).GetProperty("operator").GetProperty("name").GetString());

        var listed = (await tenant.Api.GetAsync("/admin/tokens")).EnumerateArray().Single(t => t.GetProperty("name").GetString() == "CRM");
        Assert.NotEqual(JsonValueKind.Null, listed.GetProperty("last_used_at").ValueKind);
        Assert.DoesNotContain(secret, listed.GetRawText(), StringComparison.Ordinal);

        await tenant.Api.DeleteAsync($"/admin/tokens/{made.GetProperty("id").GetGuid()}");
        using var refused = await program.SendAsync(HttpMethod.Get, "/auth/me", null, ("X-Admin-Token", secret));
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(Api api, HttpMethod method, string pattern, string id, object? form)
    {
        using var answer = await api.SendAsync(method, pattern.Replace("{id}", id, StringComparison.Ordinal), form);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}

public sealed class TenantWallOnSqlite(OnSqlite shared) : TenantWallTests(shared), IClassFixture<OnSqlite>;

public sealed class TenantWallOnPostgres(OnPostgres shared) : TenantWallTests(shared), IClassFixture<OnPostgres>;
