using System.Net;
using System.Text.Json;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Operators;

public abstract class TenantWallTests(SharedServer shared)
{
    [Fact]
    public async Task Another_tenants_ids_answer_as_ids_that_do_not_exist()
    {
        var (ours, theirs) = (await shared.Server.TenantAsync("Ours"), await shared.Server.TenantAsync("Theirs"));
        var account = await theirs.WhatsAppAsync();
        var (person, _) = await Browser.OperatorAsync(theirs);
        var token = (await theirs.Api.PostAsync("/admin/tokens", new { name = "theirs", role = "viewer" })).GetProperty("id").GetGuid();
        var nothing = Guid.CreateVersion7(shared.Server.Time.GetUtcNow());
        foreach (var (method, path, id, body) in new (HttpMethod, string, Guid, object?)[]
        {
            (HttpMethod.Get, "/admin/channel-accounts/{0}", account.Id, null),
            (HttpMethod.Patch, "/admin/channel-accounts/{0}", account.Id, new { name = "Mine now" }),
            (HttpMethod.Post, "/admin/channel-accounts/{0}/test", account.Id, new { }),
            (HttpMethod.Post, "/admin/channel-accounts/{0}/disable", account.Id, new { }),
            (HttpMethod.Post, "/admin/channel-accounts/{0}/enable", account.Id, new { }),
            (HttpMethod.Patch, "/admin/operators/{0}", person, new { role = "viewer" }),
            (HttpMethod.Delete, "/admin/tokens/{0}", token, null),
        })
        {
            var foreign = await ours.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", method, Path(path, id), body);
            var missing = await ours.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", method, Path(path, nothing), body);
            Assert.Equal(missing.GetRawText(), foreign.GetRawText());
        }
        Assert.Empty((await ours.Api.GetAsync("/admin/channel-accounts")).EnumerateArray());
        Assert.DoesNotContain(token.ToString(), (await ours.Api.GetAsync("/admin/tokens")).GetRawText(), StringComparison.Ordinal);
        Assert.Equal("WhatsApp", (await theirs.Api.GetAsync($"/admin/channel-accounts/{account.Id}")).GetProperty("name").GetString());
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

    private static string Path(string pattern, Guid id) => pattern.Replace("{0}", id.ToString(), StringComparison.Ordinal);
}

public sealed class TenantWallOnSqlite(OnSqlite shared) : TenantWallTests(shared), IClassFixture<OnSqlite>;

public sealed class TenantWallOnPostgres(OnPostgres shared) : TenantWallTests(shared), IClassFixture<OnPostgres>;
