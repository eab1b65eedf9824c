using System.Net;
using System.Text;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Hosting;

/// <summary>What no database of ours can hold is refused, alike on both.</summary>
public abstract class BadValueTests(SharedServer shared)
{
    [Fact]
    public async Task A_nul_is_refused_in_bodies_and_addresses()
    {
        var tenant = await shared.Server.TenantAsync();
        foreach (var (method, path, json) in new (HttpMethod, string, string)[]
        {
            (HttpMethod.Post, "/admin/tokens", """{"name":"a\u0000b"}"""),
            (HttpMethod.Post, "/admin/operators", """{"name":"a\u0000b","email":"a@example.test","password":"una clave larga"}"""),
            (HttpMethod.Post, "/auth/sign-in", """{"email":"a\u0000@example.test","password":"x"}"""),
            (HttpMethod.Post, "/admin/channel-accounts", """{"channel":"web","name":"a\u0000b"}"""),
            (HttpMethod.Post, "/admin/knowledge", """{"title":"a\u0000b","body":"x"}"""),
            (HttpMethod.Put, "/admin/agent", """{"enabled":false,"instructions":"a\u0000b"}"""),
        })
        {
            using var body = new StringContent(json, Encoding.UTF8, "application/json");
            await tenant.Api.RefusedAsync(HttpStatusCode.BadRequest, "invalid_request", method, path, body);
        }
        foreach (var path in (string[])["/admin/chats/summary?q=a%00b", "/admin/templates?language=%00", "/admin/knowledge?q=%00"])
            await tenant.Api.RefusedAsync(HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Get, path);
    }

    [Fact]
    public async Task Notes_of_a_contact_with_one_do_no_harm()
    {
        var tenant = await shared.Server.TenantAsync();
        var account = await tenant.WhatsAppAsync();
        using (await account.WebhookAsync(WhatsAppWebhook.Text(account, "5491155559001", "wamid.nul", "hola"))) { }
        var chat = await tenant.Api.GetAsync($"/admin/conversations/{await tenant.ConversationAsync("+5491155559001")}");
        using var body = new StringContent("""{"attributes":{"note":"a\u0000b"}}""", Encoding.UTF8, "application/json");
        await tenant.Api.RefusedAsync(
            HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Patch, $"/admin/contacts/{chat.GetProperty("contact").GetProperty("id").GetGuid()}", body);
    }
}

public sealed class BadValueOnSqlite(OnSqlite shared) : BadValueTests(shared), IClassFixture<OnSqlite>;

public sealed class BadValueOnPostgres(OnPostgres shared) : BadValueTests(shared), IClassFixture<OnPostgres>;
