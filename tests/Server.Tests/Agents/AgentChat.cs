using System.Text.Json;
using ChatOperator.Harness;

namespace ChatOperator.Server.Tests.Agents;

/// <summary>A tenant whose agent answers with the sandbox's model, and a customer.</summary>
public sealed class AgentChat
{
    private static int _phones = 60_000_000;

    private readonly TestSandbox _sandbox;

    private AgentChat(TestTenant tenant, TestAccount account, TestPhone phone, TestSandbox sandbox) =>
        (Tenant, Account, Phone, _sandbox) = (tenant, account, phone, sandbox);

    public TestTenant Tenant { get; }
    public TestAccount Account { get; }
    public TestPhone Phone { get; }

    /// <summary>Known once the customer has written.</summary>
    public Guid Id { get; private set; }

    /// <summary>A word of this chat's own, so that rules of chats that share a sandbox do not fit each other.</summary>
    public string Mark { get; } = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N")[20..];

    public static async Task<AgentChat> OpenAsync(TestServer server, TestSandbox sandbox, object? settings = null, bool on = true)
    {
        var tenant = await server.TenantAsync();
        var account = await tenant.WhatsAppAsync(sandbox, more: new { spacing_ms = "0", settle_seconds = "2" });
        if (on) await SetAsync(tenant, sandbox, settings);
        return Join(tenant, account, sandbox);
    }

    /// <summary>Another customer of the same account.</summary>
    public static AgentChat Join(TestTenant tenant, TestAccount account, TestSandbox sandbox) =>
        new(tenant, account, sandbox.Phone($"54911{Interlocked.Increment(ref _phones)}"), sandbox);

    /// <summary>Switches the tenant's agent on, with the sandbox's model.</summary>
    public static Task<JsonElement> SetAsync(TestTenant tenant, TestSandbox sandbox, object? more = null)
    {
        var settings = new Dictionary<string, object?>
        {
            ["enabled"] = true, ["debounce_ms"] = 0, ["instructions"] = "Be kind.",
            ["model"] = new { base_url = $"{sandbox.Address}v1", name = "small", api_key = "key-of-the-model-1", input_price = 1.0, output_price = 2.0 },
        };
        foreach (var property in JsonSerializer.SerializeToElement(more ?? new { }).EnumerateObject()) settings[property.Name] = property.Value;
        return tenant.Api.PutAsync("/admin/agent", settings);
    }

    /// <summary>What the model says to this chat; the last rules set are those of the whole sandbox.</summary>
    public Task ModelAsync(params object[] rules) => _sandbox.Control.PutAsync("/control/model", new { rules });

    public async Task SaysAsync(string text)
    {
        await Phone.SaysAsync(text, Account);
        if (Id == Guid.Empty) Id = await Tenant.ConversationAsync("+" + Phone.Digits);
    }

    public Task<JsonElement> StateAsync() => Tenant.Api.GetAsync($"/admin/conversations/{Id}/agent");

    public Task<JsonElement> BecomesAsync(string state) => Eventually.GetAsync(StateAsync, s => s.GetProperty("state").GetString() == state, 15, $"the agent is {state}");

    public Task<JsonElement> EndsAsync(string outcome) => Eventually.GetAsync(
        StateAsync, s => s.GetProperty("last_outcome").GetString() == outcome, 15, $"the last turn ended {outcome}");

    public Task<JsonElement> LogAsync(Guid turn) => Tenant.Api.GetAsync($"/admin/logs/ai/{turn}");

    public Task<JsonElement> LockAsync(object? more = null) =>
        Tenant.Api.PostAsync($"/admin/conversations/{Id}/human-override", more ?? new { locked = true });

    /// <summary>What the agent said that reached the phone, in order.</summary>
    public async Task<List<string>> AnswersAsync() => [.. (await Phone.ReceivedAsync()).Select(m => m.GetProperty("text").GetString()!)];

    /// <summary>What the model was asked in this chat.</summary>
    public async Task<List<JsonElement>> AskedAsync() =>
        [.. (await _sandbox.Control.GetAsync("/control/model/requests")).EnumerateArray().Where(r => r.GetRawText().Contains(Mark, StringComparison.Ordinal))];
}
