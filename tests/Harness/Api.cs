using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ChatOperator.Harness;

/// <summary>
/// The server's HTTP API as one caller sees it: JSON in, JSON out. The short methods expect success and throw with the answer's words
/// otherwise; <see cref="RefusedAsync"/> expects a problem; <see cref="SendAsync"/> expects nothing.
/// </summary>
public sealed class Api : IDisposable
{
    /// <param name="token">API token; null: no credentials.</param>
    public Api(Uri address, string? token)
    {
        Token = token;
        Http = new HttpClient { BaseAddress = address };
        if (token is not null) Http.DefaultRequestHeaders.Authorization = new("Bearer", token);
    }

    public string? Token { get; }

    public HttpClient Http { get; }

    public Task<JsonElement> GetAsync(string path) => ExpectAsync(HttpMethod.Get, path, null);

    public Task<JsonElement> PostAsync(string path, object? body = null) => ExpectAsync(HttpMethod.Post, path, body ?? new { });

    public Task<JsonElement> PutAsync(string path, object body) => ExpectAsync(HttpMethod.Put, path, body);

    public Task<JsonElement> PatchAsync(string path, object body) => ExpectAsync(HttpMethod.Patch, path, body);

    public Task<JsonElement> DeleteAsync(string path) => ExpectAsync(HttpMethod.Delete, path, null);

    /// <summary>Whatever comes. The caller disposes the answer.</summary>
    /// <param name="body">An object becomes JSON; HttpContent is sent as it is.</param>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        request.Content = body switch { null => null, HttpContent content => content, _ => JsonContent.Create(body) };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return Http.SendAsync(request);
    }

    /// <summary>The problem that answers a request that must fail, checked for form: type, stable code, words, next step.</summary>
    /// <exception cref="ApiException">Another status, another code, or not a problem.</exception>
    public async Task<JsonElement> RefusedAsync(HttpStatusCode status, string? code, HttpMethod method, string path, object? body = null)
    {
        using var answer = await SendAsync(method, path, body);
        var text = await answer.Content.ReadAsStringAsync();
        var failure = new ApiException(answer.StatusCode, $"{method} {path} should be refused with {(int)status} {code}, but answered {(int)answer.StatusCode}: {text}");
        if (answer.StatusCode != status || answer.Content.Headers.ContentType?.MediaType != "application/problem+json") throw failure;
        var problem = JsonSerializer.Deserialize<JsonElement>(text);
        foreach (var field in (string[])["code", "detail", "next_step"])
            if (!problem.TryGetProperty(field, out var value) || string.IsNullOrEmpty(value.GetString())) throw failure;
        return code is null || problem.GetProperty("code").GetString() == code ? problem : throw failure;
    }

    public void Dispose() => Http.Dispose();

    private async Task<JsonElement> ExpectAsync(HttpMethod method, string path, object? body)
    {
        using var answer = await SendAsync(method, path, body);
        var text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) throw new ApiException(answer.StatusCode, $"{method} {path} answered {(int)answer.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }
}

/// <summary>The server answered otherwise than the test said.</summary>
public sealed class ApiException(HttpStatusCode status, string message) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;
}
