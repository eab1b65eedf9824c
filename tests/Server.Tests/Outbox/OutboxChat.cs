using System.Text.Json;
using ChatOperator.Harness;

namespace ChatOperator.Server.Tests.Outbox;

/// <summary>A customer who has written once, and the operator who answers.</summary>
public sealed class OutboxChat
{
    private static int _phones = 30_000_000;

    private OutboxChat(TestTenant tenant, TestAccount account, TestPhone phone, Guid id) => (Tenant, Account, Phone, Id) = (tenant, account, phone, id);

    public TestTenant Tenant { get; }
    public TestAccount Account { get; }
    public TestPhone Phone { get; }
    public Guid Id { get; }

    /// <param name="spacingMs">Spacing of the account.</param>
    /// <param name="settleSeconds">How long an uncertain send waits for a report.</param>
    public static async Task<OutboxChat> OpenAsync(TestServer server, TestSandbox sandbox, int spacingMs = 0, int settleSeconds = 2)
    {
        var tenant = await server.TenantAsync();
        var account = await tenant.WhatsAppAsync(sandbox, more: new { spacing_ms = spacingMs.ToString(System.Globalization.CultureInfo.InvariantCulture), settle_seconds = settleSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        return await JoinAsync(tenant, account, sandbox);
    }

    /// <summary>Another customer of the same account.</summary>
    public static async Task<OutboxChat> JoinAsync(TestTenant tenant, TestAccount account, TestSandbox sandbox)
    {
        var phone = sandbox.Phone($"54911{Interlocked.Increment(ref _phones)}");
        await phone.SaysAsync("Hola", account);
        return new OutboxChat(tenant, account, phone, await tenant.ConversationAsync("+" + phone.Digits));
    }

    /// <summary>The same account's chat with somebody else.</summary>
    public OutboxChat In(TestPhone phone, Guid id) => new(Tenant, Account, phone, id);

    public async Task<long> SendAsync(string text, object? more = null)
    {
        var body = new Dictionary<string, object?> { ["conversation_id"] = Id, ["message"] = text, ["channel_source"] = "whatsapp" };
        foreach (var property in JsonSerializer.SerializeToElement(more ?? new { }).EnumerateObject()) body[property.Name] = property.Value;
        return (await Tenant.Api.PostAsync("/admin/whatsapp/send", body)).GetProperty("message_id").GetInt64();
    }

    public async Task<JsonElement> MessageAsync(long id) => (await Tenant.MessagesAsync(Id, "?limit=200")).Single(m => m.GetProperty("id").GetInt64() == id);

    /// <summary>The message once its tick stands there or further: a phone that reads at once skips what is between.</summary>
    public Task<JsonElement> ReachesAsync(long id, string status, double seconds = 30) => Eventually.GetAsync(
        () => MessageAsync(id), m => Reached(m.GetProperty("status").GetString()!, status), seconds, $"message {id} is {status}");

    private static bool Reached(string now, string wanted) =>
        now == wanted || (Array.IndexOf(Ticks, wanted) is >= 0 and var least && Array.IndexOf(Ticks, now) > least);

    private static readonly string[] Ticks = ["sent", "delivered", "read"];

    public async Task<List<JsonElement>> AttemptsAsync(long id) => [.. (await Tenant.Api.GetAsync($"/admin/messages/{id}/attempts")).EnumerateArray()];

    /// <summary>The texts on the customer's phone that the business sent, in order.</summary>
    public async Task<List<string>> TextsAsync() => [.. (await Phone.ReceivedAsync()).Select(m => m.GetProperty("text").GetString()!)];
}
