using System.Text.Json;
using ChatOperator.Sandbox;

namespace ChatOperator.Harness;

/// <summary>The networks and their customers' phones, in this process. Spoken to by its control API, as a person would with curl.</summary>
public sealed class TestSandbox : IAsyncDisposable
{
    private readonly SandboxHost _host;

    private TestSandbox(SandboxHost host)
    {
        _host = host;
        Control = new Api(host.Address, null);
    }

    public Uri Address => _host.Address;

    /// <summary>Paths under /control.</summary>
    public Api Control { get; }

    /// <param name="time">The clock of its delays and windows; a server's frozen clock keeps both in step.</param>
    public static async Task<TestSandbox> StartAsync(TimeProvider? time = null) =>
        new(await SandboxHost.StartAsync(new SandboxOptions { Time = time ?? TimeProvider.System }));

    /// <summary>Makes an account of the server known to its network.</summary>
    public Task ConnectAsync(TestAccount account)
    {
        var settings = account.Settings.ToDictionary();
        settings.Remove("base_url");
        settings["channel"] = account.Channel;
        settings["webhook_url"] = account.WebhookUrl.ToString();
        return Control.PostAsync("/control/accounts", settings);
    }

    /// <summary>A customer's phone.</summary>
    /// <param name="number">E.164, with or without the plus.</param>
    public TestPhone Phone(string number) => new(this, number.TrimStart('+'));

    /// <summary>Makes the networks misbehave until <see cref="HealAsync"/>; see the sandbox's control API.</summary>
    public Task FaultsAsync(object faults) => Control.PutAsync("/control/faults", faults);

    public Task HealAsync() => Control.DeleteAsync("/control/faults");

    public ValueTask DisposeAsync()
    {
        Control.Dispose();
        return _host.DisposeAsync();
    }
}

/// <summary>A customer's phone in the sandbox.</summary>
public sealed class TestPhone
{
    private readonly TestSandbox _sandbox;

    internal TestPhone(TestSandbox sandbox, string digits) => (_sandbox, Digits) = (sandbox, digits);

    public string Digits { get; }

    /// <summary>The customer writes; the webhook goes out at once.</summary>
    /// <param name="to">The account; may be left out when the sandbox has only one.</param>
    /// <param name="more">Further fields of the control API's message: type, timestamp, name…</param>
    public Task<JsonElement> SaysAsync(string text, TestAccount? to = null, object? more = null)
    {
        var message = new Dictionary<string, object?> { ["type"] = "text", ["text"] = text };
        if (to is not null) message["account"] = to.NetworkId;
        foreach (var property in JsonSerializer.SerializeToElement(more ?? new { }).EnumerateObject()) message[property.Name] = property.Value;
        return _sandbox.Control.PostAsync($"/control/phones/{Digits}/messages", message);
    }

    /// <summary>What the business has sent to it, oldest first.</summary>
    public async Task<List<JsonElement>> ReceivedAsync() => [.. (await _sandbox.Control.GetAsync($"/control/phones/{Digits}/messages")).EnumerateArray()];

    /// <summary>Waits until a text of the business shows on it.</summary>
    public async Task<JsonElement> ReceivesAsync(string text, double seconds = 15) =>
        (await Eventually.GetAsync(ReceivedAsync, shown => shown.Any(m => m.GetProperty("text").GetString() == text), seconds, $"phone {Digits} shows '{text}'"))
        .First(m => m.GetProperty("text").GetString() == text);

    /// <summary>The customer opens the chat: the network reports what they have read.</summary>
    public Task OpensAsync(TestAccount account) =>
        _sandbox.Control.PostAsync($"/control/phones/{Digits}/open?account={account.NetworkId}");
}
