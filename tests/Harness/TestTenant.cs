using System.Globalization;
using System.Text.Json;

namespace ChatOperator.Harness;

/// <summary>A business on the server under test, and what its owner does.</summary>
public sealed class TestTenant
{
    private static long _numbers = 100_000_000_000;

    internal TestTenant(TestServer server, Guid id, Api api) => (Server, Id, Api) = (server, id, api);

    public TestServer Server { get; }

    public Guid Id { get; }

    /// <summary>Speaks as its owner.</summary>
    public Api Api { get; }

    /// <summary>The same tenant through another role's token.</summary>
    /// <param name="role">owner | operator | viewer.</param>
    public async Task<Api> AsAsync(string role) => new(Server.Address, await Server.TokenAsync(Id, role));

    /// <summary>Connects a WhatsApp number. With a sandbox, that is the network it lives on; without, sends have nowhere to go.</summary>
    public async Task<TestAccount> WhatsAppAsync(TestSandbox? sandbox = null, string name = "WhatsApp", object? more = null)
    {
        var number = Interlocked.Increment(ref _numbers).ToString(CultureInfo.InvariantCulture);
        var settings = new Dictionary<string, object?>
        {
            ["phone_number_id"] = number,
            ["waba_id"] = "9" + number,
            ["access_token"] = $"token-{number}",
            ["app_secret"] = $"secret-{number}",
            ["verify_token"] = $"verify-{number}",
            ["base_url"] = sandbox?.Address.ToString().TrimEnd('/') ?? "http://127.0.0.1:9",
        };
        return await AccountAsync("whatsapp_cloud", name, With(settings, more), sandbox);
    }

    /// <summary>Connects a page's Messenger.</summary>
    public Task<TestAccount> MessengerAsync(TestSandbox? sandbox = null, object? more = null) =>
        MetaAsync("messenger", "Messenger", new() { ["page_id"] = NextNumber() }, sandbox, more);

    /// <summary>Connects an Instagram account, by its page or by Instagram's own login.</summary>
    /// <param name="login">facebook | instagram.</param>
    public Task<TestAccount> InstagramAsync(TestSandbox? sandbox = null, string login = "facebook", object? more = null)
    {
        var settings = new Dictionary<string, object?> { ["login"] = login, ["instagram_id"] = NextNumber() };
        if (login == "facebook") settings["page_id"] = NextNumber();
        return MetaAsync("instagram", "Instagram", settings, sandbox, more);
    }

    /// <summary>Connects a WhatsApp number at YCloud.</summary>
    public Task<TestAccount> YCloudAsync(TestSandbox sandbox, object? more = null)
    {
        var number = "+54" + NextNumber();
        return AccountAsync("ycloud", "YCloud", With(new()
        {
            ["phone_number"] = number, ["waba_id"] = $"9{number[1..]}", ["api_key"] = $"key-{number}", ["webhook_secret"] = $"whsec_{number}",
            ["base_url"] = new Uri(sandbox.Address, "ycloud/v2").ToString(),
        }, more), sandbox);
    }

    /// <summary>Connects an inbox at Chatwoot.</summary>
    public Task<TestAccount> ChatwootAsync(TestSandbox sandbox, object? more = null)
    {
        var inbox = NextNumber();
        return AccountAsync("chatwoot", "Chatwoot", With(new()
        {
            ["account_id"] = "1" + inbox, ["inbox_id"] = inbox, ["api_access_token"] = $"cw-token-{inbox}", ["webhook_secret"] = $"cw-secret-{inbox}",
            ["url_token"] = $"cw-word-{inbox}", ["base_url"] = new Uri(sandbox.Address, "chatwoot").ToString(),
        }, more), sandbox);
    }

    /// <summary>Connects any account; with a sandbox, registers it there too.</summary>
    public async Task<TestAccount> AccountAsync(string channel, string name, Dictionary<string, object?> settings, TestSandbox? sandbox = null)
    {
        var created = await Api.PostAsync("/admin/channel-accounts", new { channel, name, settings });
        var account = new TestAccount(this, channel, created.GetProperty("id").GetGuid(), new Uri(created.GetProperty("webhook_url").GetString()!), settings);
        if (sandbox is not null) await sandbox.ConnectAsync(account);
        return account;
    }

    private Task<TestAccount> MetaAsync(string channel, string name, Dictionary<string, object?> settings, TestSandbox? sandbox, object? more)
    {
        var number = settings.GetValueOrDefault("page_id") ?? settings["instagram_id"];
        settings["access_token"] = $"token-{number}";
        settings["app_secret"] = $"secret-{number}";
        settings["verify_token"] = $"verify-{number}";
        settings["base_url"] = sandbox?.Address.ToString().TrimEnd('/') ?? "http://127.0.0.1:9";
        return AccountAsync(channel, name, With(settings, more), sandbox);
    }

    private static Dictionary<string, object?> With(Dictionary<string, object?> settings, object? more)
    {
        foreach (var property in JsonSerializer.SerializeToElement(more ?? new { }).EnumerateObject()) settings[property.Name] = property.Value;
        return settings;
    }

    private static string NextNumber() => Interlocked.Increment(ref _numbers).ToString(CultureInfo.InvariantCulture);

    /// <summary>The chat list as it stands.</summary>
    public async Task<List<JsonElement>> SummaryAsync(string query = "") => [.. (await Api.GetAsync($"/admin/chats/summary{query}")).EnumerateArray()];

    /// <summary>The messages of a chat, oldest first.</summary>
    public async Task<List<JsonElement>> MessagesAsync(Guid conversation, string query = "") =>
        [.. (await Api.GetAsync($"/admin/chats/{conversation}/messages{query}")).EnumerateArray()];

    /// <summary>The chat with a person, once there is one.</summary>
    /// <param name="phone">As the list shows it: + and digits.</param>
    public async Task<Guid> ConversationAsync(string phone)
    {
        var list = await Eventually.GetAsync(() => SummaryAsync("?limit=200"), chats => chats.Any(Is));
        return list.First(Is).GetProperty("id").GetGuid();
        bool Is(JsonElement chat) => chat.GetProperty("customer_phone").GetString() == phone;
    }
}
