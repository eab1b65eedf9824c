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

    [Fact]
    public async Task So_are_wrong_types_methods_addresses_and_nesting_without_end()
    {
        using var form = new StringContent("name=x", Encoding.UTF8, "application/x-www-form-urlencoded");
        await shared.Server.Api.RefusedAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type", HttpMethod.Post, "/admin/tokens", form);
        await shared.Server.Api.RefusedAsync(HttpStatusCode.MethodNotAllowed, "method_not_allowed", HttpMethod.Delete, "/admin/tokens");
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
