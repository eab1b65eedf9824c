using System.Net;
using System.Text.RegularExpressions;
using ChatOperator.Harness;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatOperator.Server.Tests.Operators;

/// <summary>Every operation the server has, against every kind of caller.</summary>
public abstract partial class AccessTests(SharedServer shared)
{
    private static readonly string Id = Guid.CreateVersion7(DateTimeOffset.UnixEpoch).ToString();

    [Fact]
    public void Every_operation_is_listed()
    {
        var served = Endpoints().SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(m => $"{m} {Address(e)}")).ToHashSet();
        Assert.Equal(AccessTable.Lines.Keys.Order(StringComparer.Ordinal), served.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Each_operation_is_for_its_roles_alone()
    {
        var tenant = await shared.Server.TenantAsync();
        using var viewer = await tenant.AsAsync("viewer");
        using var person = await tenant.AsAsync("operator");
        using var service = await tenant.AsAsync("service");
        using var nobody = new Api(shared.Server.Address, null);
        using var stranger = new Api(shared.Server.Address, "co_made-up");
        var wrong = new List<string>();
        foreach (var (operation, who) in AccessTable.Lines)
        {
            foreach (var (letter, caller) in new[] { ('v', viewer), ('o', person), ('O', tenant.Api), ('s', service), ('P', shared.Server.Api) })
            {
                var status = await StatusAsync(caller, operation);
                var refused = status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
                if (who != "*" && refused == who.Contains(letter) || refused && status != HttpStatusCode.Forbidden && !who.Contains('*'))
                    wrong.Add($"{operation}: {letter} was answered {(int)status}");
            }
            foreach (var unknown in (Api[])[nobody, stranger])
                if (who != "*" && await StatusAsync(unknown, operation) is not HttpStatusCode.Unauthorized and var other)
                    wrong.Add($"{operation}: nobody was answered {(int)other}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Every_endpoint_says_who_may()
    {
        var silent = Endpoints().Where(e => e.Metadata.GetMetadata<IAuthorizeData>() is null && e.Metadata.GetMetadata<IAllowAnonymous>() is null);
        Assert.Empty(silent.Select(e => e.DisplayName));
        var open = AccessTable.Lines.Where(l => l.Value == "*").Select(l => l.Key[(l.Key.IndexOf(' ', StringComparison.Ordinal) + 1)..]).ToHashSet();
        Assert.Empty(Endpoints().Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null && !open.Contains(Address(e))).Select(e => e.DisplayName));
    }

    /// <summary>All but the API reference's page.</summary>
    private IEnumerable<RouteEndpoint> Endpoints() =>
        shared.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => !Address(e).StartsWith("/reference", StringComparison.Ordinal));

    private static string Address(RouteEndpoint endpoint) => "/" + Constraint().Replace(endpoint.RoutePattern.RawText!, "{$1}").Trim('/');

    private static async Task<HttpStatusCode> StatusAsync(Api caller, string operation)
    {
        var (method, pattern) = (operation[..operation.IndexOf(' ', StringComparison.Ordinal)], operation[(operation.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        var path = pattern.Replace("/messages/{id}", "/messages/1", StringComparison.Ordinal).Replace("{version}", "1", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(method), Constraint().Replace(path, Id));
        if (pattern.EndsWith("/attachments", StringComparison.Ordinal)) request.Content = new MultipartFormDataContent { { new StringContent("x"), "file", "x.txt" } };
        else if (method is not ("GET" or "OPTIONS")) request.Content = System.Net.Http.Json.JsonContent.Create(new { });
        using var answer = await caller.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode;
    }

    [GeneratedRegex(@"\{\**(\w+)[^}]*\}")]
    private static partial Regex Constraint();
}

public sealed class AccessOnSqlite(AloneOnSqlite shared) : AccessTests(shared), IClassFixture<AloneOnSqlite>;

public sealed class AccessOnPostgres(AloneOnPostgres shared) : AccessTests(shared), IClassFixture<AloneOnPostgres>;
