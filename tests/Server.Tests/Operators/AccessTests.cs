using System.Net;
using ChatOperator.Harness;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatOperator.Server.Tests.Operators;

public abstract class AccessTests(SharedServer shared)
{
    private static readonly string Id = Guid.CreateVersion7(DateTimeOffset.UnixEpoch).ToString();

    /// <summary>Method, address, and the roles that may: v(iewer) o(perator) O(wner) s(ervice) P(latform administrator).</summary>
    public static TheoryData<string, string, string> Endpoints => new()
    {
        { "GET", "/auth/me", "voOsP" },
        { "GET", "/admin/settings", "voOP" },
        { "PUT", "/admin/settings", "OP" },
        { "GET", "/admin/operators", "OP" },
        { "POST", "/admin/operators", "OP" },
        { "PATCH", $"/admin/operators/{Id}", "OP" },
        { "GET", "/admin/tokens", "OP" },
        { "POST", "/admin/tokens", "OP" },
        { "DELETE", $"/admin/tokens/{Id}", "OP" },
        { "GET", "/admin/channel-accounts", "voOP" },
        { "GET", "/admin/channel-accounts/schema", "voOP" },
        { "GET", $"/admin/channel-accounts/{Id}", "voOP" },
        { "POST", "/admin/channel-accounts", "OP" },
        { "PATCH", $"/admin/channel-accounts/{Id}", "OP" },
        { "POST", $"/admin/channel-accounts/{Id}/test", "OP" },
        { "POST", $"/admin/channel-accounts/{Id}/enable", "OP" },
        { "POST", $"/admin/channel-accounts/{Id}/disable", "OP" },
        { "GET", "/platform/tenants", "P" },
        { "POST", "/platform/tenants", "P" },
        { "GET", $"/platform/tenants/{Id}/operators", "P" },
        { "POST", $"/platform/tenants/{Id}/operators", "P" },
        { "GET", $"/platform/tenants/{Id}/tokens", "P" },
        { "POST", $"/platform/tenants/{Id}/tokens", "P" },
    };

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Each_endpoint_is_for_its_roles_alone(string method, string path, string who)
    {
        var tenant = await shared.Server.TenantAsync();
        using var viewer = await tenant.AsAsync("viewer");
        using var person = await tenant.AsAsync("operator");
        using var service = await tenant.AsAsync("service");
        foreach (var (letter, caller) in new[] { ('v', viewer), ('o', person), ('O', tenant.Api), ('s', service), ('P', shared.Server.Api) })
        {
            using var answer = await caller.SendAsync(new HttpMethod(method), path, method == "GET" ? null : new { });
            if (who.Contains(letter)) Assert.True(answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden), $"{letter}: {answer.StatusCode}");
            else Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
        using var nobody = new Api(shared.Server.Address, null);
        await nobody.RefusedAsync(HttpStatusCode.Unauthorized, "unauthorized", new HttpMethod(method), path);
        using var stranger = new Api(shared.Server.Address, "co_made-up");
        await stranger.RefusedAsync(HttpStatusCode.Unauthorized, "unauthorized", new HttpMethod(method), path);
    }

    [Fact]
    public void Every_endpoint_says_who_may()
    {
        var silent = shared.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => IsOurs(e.RoutePattern.RawText ?? ""))
            .Where(e => e.Metadata.GetMetadata<IAuthorizeData>() is null && e.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(e => e.DisplayName);
        Assert.Empty(silent);
    }

    private static bool IsOurs(string pattern) =>
        Array.Exists(["/admin", "/auth", "/platform", "/messages", "/metrics", "/openapi"], p => pattern.TrimStart('/').StartsWith(p[1..], StringComparison.Ordinal));
}

public sealed class AccessOnSqlite(OnSqlite shared) : AccessTests(shared), IClassFixture<OnSqlite>;

public sealed class AccessOnPostgres(OnPostgres shared) : AccessTests(shared), IClassFixture<OnPostgres>;
