using System.Net;
using ChatOperator.Harness;
using ChatOperator.Hosting;
using Xunit;

namespace ChatOperator.Server.Tests.Templates;

public abstract class CatalogueTests(SharedServer shared)
{
    [Fact]
    public async Task A_sync_shows_every_template_with_what_sending_it_takes()
    {
        var desk = await TemplateDesk.OpenAsync(shared.Server, shared.Sandbox);
        Assert.Equal(9, (await desk.Api.PostAsync("/admin/templates/sync")).GetProperty("synced").GetInt32());
        var order = await desk.TemplateAsync("order_ready", "es_AR");
        Assert.Equal(("APPROVED", "UTILITY", "POSITIONAL", true), (order.GetProperty("status").GetString(), order.GetProperty("category").GetString(),
            order.GetProperty("parameter_format").GetString(), order.GetProperty("sendable").GetBoolean()));
        Assert.Equal(["body.1", "body.2", "buttons.0", "buttons.1", "buttons.2"], order.GetProperty("slots").EnumerateArray().Select(s => s.GetProperty("name").GetString()!));
        Assert.Equal("added", order.GetProperty("last_change").GetProperty("fields")[0].GetProperty("field").GetString());
        Assert.Equal(["winter_sale"], await NamesAsync(desk, "?status=rejected"));
        Assert.Equal(["order_ready"], await NamesAsync(desk, "?language=es_AR"));
        Assert.Equal(["appointment"], await NamesAsync(desk, "?q=we+expect"));
        Assert.DoesNotContain("winter_sale", await NamesAsync(desk, $"?conversation_id={desk.Chat.Id}&sendable=true"));
    }

    [Fact]
    public async Task Webhooks_change_a_template_at_once_and_its_story_tells()
    {
        var desk = await TemplateDesk.OpenAsync(shared.Server, shared.Sandbox);
        await desk.ChangeAsync(new { name = "order_ready", language = "en", status = "PAUSED", quality = "RED", category = "MARKETING", wait = true });
        var changed = await Eventually.GetAsync(() => desk.TemplateAsync("order_ready", "en"), t => t.GetProperty("category").GetString() == "MARKETING", 10, "category");
        Assert.Equal(("PAUSED", "RED", false), (changed.GetProperty("status").GetString(), changed.GetProperty("quality").GetString(), changed.GetProperty("sendable").GetBoolean()));
        var story = await desk.Api.GetAsync($"/admin/templates/{changed.GetProperty("id").GetGuid()}");
        var fields = story.GetProperty("changes").EnumerateArray().SelectMany(c => c.GetProperty("fields").EnumerateArray())
            .Select(f => $"{f.GetProperty("field").GetString()}:{f.GetProperty("from").GetString()}>{f.GetProperty("to").GetString()}").ToList();
        Assert.Equal(["added:>APPROVED", "category:UTILITY>MARKETING", "quality:GREEN>RED", "status:APPROVED>PAUSED"], fields.Order());
        await desk.Api.RefusedAsync(HttpStatusCode.Conflict, "template_not_approved", HttpMethod.Post, "/admin/templates/send",
            new { conversation_id = desk.Chat.Id, template_id = changed.GetProperty("id").GetGuid(), parameters = new[] { "Ana", "42" } });
    }

    [Fact]
    public async Task A_sync_says_what_became_different_and_what_is_gone()
    {
        var desk = await TemplateDesk.OpenAsync(shared.Server, shared.Sandbox);
        await desk.ChangeAsync(new
        {
            name = "appointment", language = "en", silent = true, components = new[] { new { type = "BODY", text = "Hello {{customer}}, see you on {{day}}." } },
        });
        using (var removed = await SandboxAsync(desk, HttpMethod.Delete, "?name=hello_world")) Assert.Equal(HttpStatusCode.OK, removed.StatusCode);
        await desk.Api.PostAsync("/admin/templates/sync");
        var change = (await desk.TemplateAsync("appointment", "en")).GetProperty("last_change").GetProperty("fields")[0];
        Assert.Equal(("body", "Hi {{customer}}, we expect you on {{day}}.", "Hello {{customer}}, see you on {{day}}."),
            (change.GetProperty("field").GetString(), change.GetProperty("from").GetString(), change.GetProperty("to").GetString()));
        Assert.Equal("DELETED", (await desk.TemplateAsync("hello_world", "en_US")).GetProperty("status").GetString());
        Assert.Equal(8, (await desk.Api.GetAsync("/admin/templates/catalogues"))[0].GetProperty("templates").GetInt32());
    }

    [Fact]
    public async Task A_new_account_is_read_by_itself_and_a_refused_send_reads_again()
    {
        await using var server = await TestServer.StartAsync(shared.Provider, new ServerOptions { Settings = { ["Templates:LeastSyncSeconds"] = "0" } });
        var desk = await TemplateDesk.OpenAsync(server, shared.Sandbox);
        var second = await desk.Chat.Tenant.WhatsAppAsync(shared.Sandbox, "Second");
        await Eventually.GetAsync(() => NamesAsync(desk, $"?account_id={second.Id}"), names => names.Count == 9, 15, "the second account's templates");
        // The network changes them without a word; only its refusals tell.
        foreach (var (name, language, status, code, parameters) in new (string, string, string, string, string[])[]
        {
            ("order_ready", "en", "DISABLED", "132016", ["Ana", "42"]), ("order_ready", "es_AR", "PAUSED", "132015", ["Ana", "42", "order/42"]),
            ("hello_world", "en_US", "REJECTED", "132001", []),
        })
        {
            var id = await desk.IdAsync(name, language);
            await desk.ChangeAsync(new { name, language, status, silent = true });
            var message = await desk.SendAsync(new { conversation_id = desk.Chat.Id, template_id = id, parameters });
            var error = (await desk.Chat.ReachesAsync(message, "failed")).GetProperty("error");
            Assert.Equal(("template_not_approved", code), (error.GetProperty("code").GetString(), error.GetProperty("network_code").GetString()));
            await Eventually.GetAsync(() => desk.TemplateAsync(name, language), t => t.GetProperty("status").GetString() == status, 20, "read again");
        }
    }

    [Fact]
    public async Task Only_the_callers_own_tenant_is_read_and_an_unreadable_catalogue_says_why()
    {
        var tenant = await shared.Server.TenantAsync();
        await tenant.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Post, $"/admin/templates/sync?tenant_id={Guid.CreateVersion7(shared.Server.Time.GetUtcNow())}");
        await tenant.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Post, "/admin/templates/sync", new { tenant_id = "1" });
        Assert.Equal(0, (await tenant.Api.PostAsync($"/admin/templates/sync?tenant_id={tenant.Id}", new { tenant_id = tenant.Id })).GetProperty("synced").GetInt32());
        using var bare = await tenant.Api.SendAsync(HttpMethod.Post, "/admin/templates/sync");
        Assert.Equal(HttpStatusCode.OK, bare.StatusCode);
        var lost = await shared.Server.TenantAsync();
        await lost.WhatsAppAsync();
        await lost.Api.RefusedAsync(HttpStatusCode.Conflict, "templates_unreadable", HttpMethod.Post, "/admin/templates/sync");
        Assert.Equal("network_unreachable", (await lost.Api.GetAsync("/admin/templates/catalogues"))[0].GetProperty("failure").GetProperty("code").GetString());
    }

    private static async Task<List<string>> NamesAsync(TemplateDesk desk, string query) =>
        [.. (await desk.Api.GetAsync("/admin/templates" + query)).EnumerateArray().Select(t => t.GetProperty("name").GetString()!)];

    private async Task<HttpResponseMessage> SandboxAsync(TemplateDesk desk, HttpMethod method, string query)
    {
        var account = desk.Chat.Account;
        using var http = new HttpClient { BaseAddress = shared.Sandbox.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", account["access_token"]);
        return await http.SendAsync(new HttpRequestMessage(method, $"/v25.0/{account["waba_id"]}/message_templates{query}"));
    }
}

public sealed class CatalogueOnSqlite(OnSqlite shared) : CatalogueTests(shared), IClassFixture<OnSqlite>;

public sealed class CatalogueOnPostgres(OnPostgres shared) : CatalogueTests(shared), IClassFixture<OnPostgres>;
