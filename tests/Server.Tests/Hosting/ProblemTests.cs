using System.Net;
using System.Text;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Hosting;

public sealed class ProblemTests(OnSqlite shared) : IClassFixture<OnSqlite>
{
    [Theory]
    [InlineData("{\"name\":", HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("{\"name\":7}", HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("{\"name\":null}", HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("{}", HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("[]", HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("null", HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("", HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("{\"name\":\"x\",\"role\":\"emperor\"}", HttpStatusCode.BadRequest, "invalid_request")]
    [InlineData("{\"name\":\"x\",\"role\":2}", HttpStatusCode.BadRequest, "invalid_request")]
    public async Task A_body_that_cannot_be_read_is_explained(string body, HttpStatusCode status, string code)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var problem = await shared.Server.Api.RefusedAsync(status, code, HttpMethod.Post, "/admin/tokens", content);
        Assert.DoesNotContain("ChatOperator", problem.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("System.", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/admin/tokens", "{}", "name")]
    [InlineData("POST", "/admin/channel-accounts", "{\"channel\":\"web\"}", "name")]
    [InlineData("GET", "/admin/chats/summary?limit=many", null, "limit")]
    [InlineData("GET", "/admin/receipts?since=yesterday", null, "since")]
    [InlineData("POST", "/admin/attachments", null, "conversation_id is missing")]
    [InlineData("POST", "/admin/attachments?conversation_id=7", null, "conversation_id is missing or not")]
    public async Task What_is_missing_or_cannot_be_read_is_named(string method, string path, string? body, string named)
    {
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        var problem = await shared.Server.Api.RefusedAsync(HttpStatusCode.BadRequest, "invalid_request", new HttpMethod(method), path, content);
        Assert.Contains(named, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task So_are_wrong_types_methods_addresses_and_nesting_without_end()
    {
        using var form = new StringContent("name=x", Encoding.UTF8, "application/x-www-form-urlencoded");
        await shared.Server.Api.RefusedAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type", HttpMethod.Post, "/admin/tokens", form);
        await shared.Server.Api.RefusedAsync(HttpStatusCode.MethodNotAllowed, "method_not_allowed", HttpMethod.Delete, "/admin/tokens");
        using (var other = await shared.Server.Api.SendAsync(HttpMethod.Delete, "/admin/tokens"))
            Assert.Equal(["GET", "POST"], other.Content.Headers.Allow.Order(StringComparer.Ordinal));
        await shared.Server.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Get, "/admin/nothing-here");
        await shared.Server.Api.RefusedAsync(HttpStatusCode.NotFound, "not_found", HttpMethod.Get, "/admin/channel-accounts/not-an-id");
        using var deep = new StringContent(new string('[', 20_000), Encoding.UTF8, "application/json");
        await shared.Server.Api.RefusedAsync(HttpStatusCode.BadRequest, "invalid_request", HttpMethod.Post, "/admin/tokens", deep);
        using var huge = new ByteArrayContent(new byte[31 << 20]) { Headers = { ContentType = new("application/json") } };
        // Asks before sending, so that the refusal is not lost on a connection that closes under the body.
        using var answer = await shared.Server.Api.SendAsync(HttpMethod.Post, "/admin/tokens", huge, ("Expect", "100-continue"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("too_large", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/admin/nothing-here")]
    [InlineData("GET", "/admin/channel-accounts/not-an-id")]
    [InlineData("GET", "/platform/nothing-here")]
    [InlineData("DELETE", "/admin/tokens")]
    public async Task A_stranger_learns_of_no_address_what_it_is(string method, string path)
    {
        using var nobody = new Api(shared.Server.Address, null);
        await nobody.RefusedAsync(HttpStatusCode.Unauthorized, "unauthorized", new HttpMethod(method), path);
        using var forger = new Api(shared.Server.Address, "co_made-up");
        await forger.RefusedAsync(HttpStatusCode.Unauthorized, "unauthorized", new HttpMethod(method), path);
    }

    [Theory]
    [InlineData("/healthz", 200)]
    [InlineData("/readyz", 200)]
    [InlineData("/openapi/v1.json", 200)]
    [InlineData("/admin/chats/summary", 200)]
    [InlineData("/admin/nothing-here", 404)]
    [InlineData("/admin/live", 405)]
    public async Task Head_is_get_without_the_body(string path, int status)
    {
        using var answer = await shared.Server.Api.SendAsync(HttpMethod.Head, path);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        using var nobody = new Api(shared.Server.Address, null);
        using var refused = await nobody.SendAsync(HttpMethod.Head, path);
        Assert.Equal(path.StartsWith("/admin", StringComparison.Ordinal) ? 401 : status, (int)refused.StatusCode);
        if (status != 200) return;
        using var whole = await shared.Server.Api.SendAsync(HttpMethod.Get, path);
        Assert.Equal(whole.Content.Headers.ContentType, answer.Content.Headers.ContentType);
        Assert.Equal(whole.Headers.ETag, answer.Headers.ETag);
    }

    [Fact]
    public async Task Where_something_was_created_it_is()
    {
        var tenant = await shared.Server.TenantAsync();
        foreach (var (api, path, form) in new (Api, string, object)[]
        {
            (shared.Server.Api, "/platform/tenants", new { name = "Aurora" }),
            (shared.Server.Api, $"/platform/tenants/{tenant.Id}/operators", new { name = "Ana", email = $"{tenant.Id:N}@example.test", password = "una clave larga" }),
            (shared.Server.Api, $"/platform/tenants/{tenant.Id}/tokens", new { name = "CRM", role = "viewer" }),
            (tenant.Api, "/admin/operators", new { name = "Luz", email = $"luz-{tenant.Id:N}@example.test", password = "una clave larga" }),
            (tenant.Api, "/admin/tokens", new { name = "CRM", role = "viewer" }),
            (tenant.Api, "/admin/channel-accounts", new { channel = "web", name = "Web", settings = new { allowed_origins = "*", identity_secret = "a secret of the page" } }),
            (tenant.Api, "/admin/knowledge", new { title = "Envíos", body = "Gratis." }),
        })
        {
            using var made = await api.SendAsync(HttpMethod.Post, path, form);
            Assert.Equal(HttpStatusCode.Created, made.StatusCode);
            var id = System.Text.Json.JsonSerializer.Deserialize<System.Text.Json.JsonElement>(await made.Content.ReadAsStringAsync()).GetProperty("id").GetGuid();
            Assert.Equal(id, (await api.GetAsync(made.Headers.Location!.ToString())).GetProperty("id").GetGuid());
        }
    }

    [Fact]
    public async Task Every_answer_carries_the_security_headers()
    {
        foreach (var path in (string[])["/healthz", "/admin/settings", "/nothing-here", "/reference/"])
        {
            using var answer = await shared.Server.Api.SendAsync(HttpMethod.Get, path);
            Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        }
    }
}
