using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.YCloud;

/// <summary>The business numbers that exist at YCloud, who may call for them, and what was sent from them.</summary>
internal sealed class Numbers(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, YCloudAccount> _byDigits = new();
    private readonly ConcurrentDictionary<string, PhoneMessage> _sent = new();

    public IEnumerable<YCloudAccount> All => _byDigits.Values.OrderBy(account => account.Id, StringComparer.Ordinal);

    /// <exception cref="ControlException">The number is missing, or a setting has the wrong type.</exception>
    public YCloudAccount Connect(JsonObject settings)
    {
        var digits = Phones.Digits(settings["phone_number"]?.ToString() ?? "");
        if (digits.Length == 0) throw new ControlException("phone_number is missing");
        if (!_byDigits.TryGetValue(digits, out var known)) return _byDigits[digits] = new YCloudAccount(settings, time);
        known.Change(settings);
        return known;
    }

    /// <summary>The key of the request, when it is anybody's.</summary>
    public string? Authorize(HttpRequest request) =>
        request.Headers["X-API-Key"].ToString() is { Length: > 0 } key && _byDigits.Values.Any(one => one.Settings.ApiKey == key) ? key : null;

    public YCloudAccount? Find(string digits, string key) =>
        _byDigits.TryGetValue(digits, out var account) && account.Settings.ApiKey == key ? account : null;

    public IEnumerable<YCloudAccount> Of(string key) => All.Where(account => account.Settings.ApiKey == key);

    public void Remember(PhoneMessage message) => _sent[Outgoing.IdOf(message)] = message;

    public PhoneMessage? Sent(string id) => _sent.GetValueOrDefault(id);

    public void Clear()
    {
        _byDigits.Clear();
        _sent.Clear();
    }
}
