using System.Text.Json;
using ChatOperator.Harness;

namespace ChatOperator.Server.Tests.Channels;

/// <summary>A customer on any network who has written once, the operator who answers, and the agent's word by the relay.</summary>
public sealed class BridgeChat
{
    private static int _numbers = 40_000_000;

    private BridgeChat(TestSandbox sandbox, TestAccount account, TestPhone phone, Guid id) =>
        (Sandbox, Account, Phone, Id) = (sandbox, account, phone, id);

    public TestSandbox Sandbox { get; }
    public TestTenant Tenant => Account.Tenant;
    public TestAccount Account { get; }
    public TestPhone Phone { get; }
    public Guid Id { get; }

    public static int NextNumber() => Interlocked.Increment(ref _numbers);

    /// <summary>A number at YCloud.</summary>
    public static async Task<TestAccount> YCloudAsync(TestServer server, TestSandbox sandbox, bool queue = false) =>
        await (await server.TenantAsync()).YCloudAsync(sandbox, new { queue = queue ? "true" : "false", spacing_ms = "0", settle_seconds = "2" });

    /// <summary>An inbox at Chatwoot.</summary>
    /// <param name="played">How the sandbox plays it, besides the account's own settings.</param>
    public static async Task<TestAccount> ChatwootAsync(TestServer server, TestSandbox sandbox, object? played = null)
    {
        var account = await (await server.TenantAsync()).ChatwootAsync(sandbox, new { spacing_ms = "0", settle_seconds = "2" });
        if (played is not null) await PlayAsync(sandbox, account, played);
        return account;
    }

    /// <summary>Changes how the sandbox plays an account.</summary>
    public static Task PlayAsync(TestSandbox sandbox, TestAccount account, object played)
    {
        var change = new Dictionary<string, object?> { ["channel"] = account.Channel };
        foreach (var key in new[] { "phone_number", "inbox_id" })
            if (account[key].Length > 0) change[key] = account[key];
        foreach (var property in JsonSerializer.SerializeToElement(played).EnumerateObject()) change[property.Name] = property.Value;
        return sandbox.Control.PostAsync("/control/accounts", change);
    }

    /// <summary>A new customer writes.</summary>
    public static async Task<BridgeChat> OpenAsync(TestAccount account, TestSandbox sandbox)
    {
        var phone = sandbox.Phone($"54911{NextNumber()}");
        await phone.SaysAsync("Hola", account);
        return new BridgeChat(sandbox, account, phone, await account.Tenant.ConversationAsync("+" + phone.Digits));
    }

    /// <summary>The same on a network that names people by no number; theirs is the tenant's only chat.</summary>
    public static async Task<BridgeChat> OpenFirstAsync(TestAccount account, TestSandbox sandbox)
    {
        var phone = sandbox.Phone($"54911{NextNumber()}");
        await phone.SaysAsync("Hola", account, new { wait = true });
        var chats = await Eventually.GetAsync(() => account.Tenant.SummaryAsync(), all => all.Count == 1);
        return new BridgeChat(sandbox, account, phone, chats[0].GetProperty("id").GetGuid());
    }

    /// <summary>An operator answers.</summary>
    public async Task<long> SendAsync(string text) => (await Tenant.Api.PostAsync(
        "/admin/whatsapp/send", new { conversation_id = Id, message = text, channel_source = await SourceAsync() })).GetProperty("message_id").GetInt64();

    /// <summary>The agent speaks, as a service that hosts one does.</summary>
    public async Task<long> AgentSaysAsync(string text, DateTimeOffset? notBefore = null) => (await Tenant.Api.PostAsync(
        "/messages/relay", new { tenant_id = Tenant.Id, conversation_id = Id, text, author = "agent", not_before = notBefore })).GetProperty("message_id").GetInt64();

    public async Task<string> SourceAsync() => (await SummaryAsync()).GetProperty("channel_source").GetString()!;

    public async Task<bool> IsLockedAsync() => (await SummaryAsync()).GetProperty("is_locked").GetBoolean();

    /// <summary>Someone writes from the business's side outside this product; see the sandbox's echo.</summary>
    public Task WriteOutsideAsync(string text, object? more = null)
    {
        var message = new Dictionary<string, object?> { ["phone"] = Phone.Digits, ["type"] = "text", ["text"] = text, ["wait"] = true };
        foreach (var property in JsonSerializer.SerializeToElement(more ?? new { }).EnumerateObject()) message[property.Name] = property.Value;
        return Sandbox.Control.PostAsync($"/control/accounts/{Account.NetworkId}/echo", message);
    }

    public async Task<JsonElement> ReachesAsync(long id, string status, double seconds = 30) => (await Eventually.GetAsync(
        () => Tenant.MessagesAsync(Id), all => Of(all, id).GetProperty("status").GetString() == status, seconds, $"message {id} is {status}"))
        .Find(m => m.GetProperty("id").GetInt64() == id);

    /// <summary>The words of the chat, oldest first.</summary>
    public async Task<List<string>> WordsAsync() => (await Tenant.MessagesAsync(Id)).ConvertAll(m => m.GetProperty("content").GetString()!);

    /// <summary>How often the network took something for this customer.</summary>
    public async Task<int> SendsAsync() =>
        (await Sandbox.Control.GetAsync($"/control/sends?phone={Phone.Digits}&outcome=accepted")).GetArrayLength();

    private async Task<JsonElement> SummaryAsync() => (await Tenant.SummaryAsync("?limit=200")).Find(c => c.GetProperty("id").GetGuid() == Id);

    private static JsonElement Of(List<JsonElement> all, long id) => all.Find(m => m.GetProperty("id").GetInt64() == id);
}
