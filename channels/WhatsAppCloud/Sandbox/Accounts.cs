using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.WhatsAppCloud;

/// <summary>The business numbers that exist, and who may call for them.</summary>
internal sealed class Accounts
{
    private readonly ConcurrentDictionary<string, WhatsAppAccount> _byId = new();

    public IEnumerable<WhatsAppAccount> All => _byId.Values.OrderBy(account => account.Id, StringComparer.Ordinal);

    /// <summary>The numbers of one WhatsApp Business Account.</summary>
    public IEnumerable<WhatsAppAccount> OfWaba(string wabaId) => All.Where(account => account.Settings.WabaId == wabaId);

    public WhatsAppAccount? Find(string id) => _byId.GetValueOrDefault(id);

    /// <exception cref="ControlException">The id is missing, or a setting has the wrong type.</exception>
    public WhatsAppAccount Connect(JsonObject settings)
    {
        var id = settings["phone_number_id"]?.ToString();
        if (id is not { Length: > 0 }) throw new ControlException("phone_number_id is missing");
        if (_byId.TryGetValue(id, out var known))
        {
            known.Change(settings);
            return known;
        }
        return _byId[id] = new WhatsAppAccount(settings);
    }

    /// <summary>Finds the number of the path and checks that the bearer may use it.</summary>
    /// <returns>Null, or the error to answer with.</returns>
    public GraphError? Authorize(HttpContext http, string id, string verb, out WhatsAppAccount account)
    {
        account = _byId.GetValueOrDefault(id)!;
        var token = Bearer(http.Request);
        if (account is not null && token == account.Settings.AccessToken) return null;
        return KnownToken(token) ? GraphError.NoSuchObject(id, verb) : GraphError.Of(190);
    }

    /// <summary>Checks that the bearer belongs to anybody.</summary>
    public GraphError? Authorize(HttpContext http, [NotNullWhen(true)] out string? token)
    {
        token = Bearer(http.Request);
        return KnownToken(token) ? null : GraphError.Of(190);
    }

    public void Clear() => _byId.Clear();

    private bool KnownToken(string? token) => token is { Length: > 0 } && _byId.Values.Any(one => one.Settings.AccessToken == token);

    private static string? Bearer(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : request.Query["access_token"];
    }
}
