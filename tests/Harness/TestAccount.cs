using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ChatOperator.Harness;

/// <summary>A connected account, and the network's hand on its webhook.</summary>
public sealed class TestAccount
{
    /// <summary>What networks call the account, the narrowest first.</summary>
    private static readonly string[] Names = ["phone_number_id", "instagram_id", "page_id", "phone_number", "inbox_id"];

    internal TestAccount(TestTenant tenant, string channel, Guid id, Uri webhookUrl, Dictionary<string, object?> settings) =>
        (Tenant, Channel, Id, WebhookUrl, Settings) = (tenant, channel, id, webhookUrl, settings);

    public TestTenant Tenant { get; }

    public string Channel { get; }

    public Guid Id { get; }

    public Uri WebhookUrl { get; }

    /// <summary>As they were given, secrets included.</summary>
    public IReadOnlyDictionary<string, object?> Settings { get; }

    /// <summary>The account's id at its network, by which the sandbox knows it.</summary>
    public string NetworkId => Names.Select(name => this[name]).First(id => id.Length > 0).TrimStart('+');

    /// <summary>A setting as text; "" when it was not given.</summary>
    public string this[string setting] => Settings.TryGetValue(setting, out var value) ? value?.ToString() ?? "" : "";

    /// <summary>Posts a webhook signed with the account's app secret, as Meta does. The caller disposes the answer.</summary>
    public Task<HttpResponseMessage> WebhookAsync(object body) => WebhookAsync(JsonSerializer.SerializeToUtf8Bytes(body));

    /// <inheritdoc cref="WebhookAsync(object)"/>
    /// <param name="secret">Signs with another secret; "" leaves the signature out.</param>
    public Task<HttpResponseMessage> WebhookAsync(byte[] body, string? secret = null)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var signature = Sign(body, secret ?? this["app_secret"]);
        return Tenant.Api.SendAsync(HttpMethod.Post, WebhookUrl.PathAndQuery, content, secret == "" ? [] : [("X-Hub-Signature-256", signature)]);
    }

    /// <summary>The signature header of a body.</summary>
    public static string Sign(byte[] body, string secret) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
}
