using System.Text.Json.Nodes;

namespace ChatOperator.Harness;

/// <summary>Webhooks of pages and Instagram accounts as Meta writes them.</summary>
public static class MetaWebhook
{
    /// <summary>One body with an entry for each account.</summary>
    public static JsonObject Of(params (TestAccount Account, JsonObject[] Items)[] entries) => new()
    {
        ["object"] = entries[0].Account.Channel == "messenger" ? "page" : "instagram",
        ["entry"] = new JsonArray([.. entries.Select(entry => (JsonNode)new JsonObject
        {
            ["id"] = entry.Account.NetworkId, ["time"] = Milliseconds(null), ["messaging"] = new JsonArray([.. entry.Items.Select(i => (JsonNode)i)]),
        })]),
    };

    /// <summary>A body with one text that a person wrote.</summary>
    public static JsonObject Text(TestAccount account, string from, string mid, string text, DateTimeOffset? at = null) =>
        Of((account, [Message(account, from, mid, text, at)]));

    public static JsonObject Message(TestAccount account, string from, string mid, string text, DateTimeOffset? at = null) =>
        Item(from, account.NetworkId, at, new JsonObject { ["mid"] = mid, ["text"] = text });

    /// <summary>A body with one message of the account that comes back.</summary>
    public static JsonObject Echo(TestAccount account, string to, string mid, string text, long? app = null, string? metadata = null, DateTimeOffset? at = null)
    {
        var message = new JsonObject { ["mid"] = mid, ["text"] = text, ["is_echo"] = true };
        if (app is not null) message["app_id"] = app;
        if (metadata is not null) message["metadata"] = metadata;
        return Of((account, [Item(account.NetworkId, to, at, message)]));
    }

    /// <summary>A message of ours that comes back with our own id.</summary>
    public static JsonObject EchoOf(TestAccount account, string to, string mid, string text, Guid delivery) => Item(
        account.NetworkId, to, null, new JsonObject { ["mid"] = mid, ["text"] = text, ["is_echo"] = true, ["metadata"] = $"chat-operator:{delivery}" });

    /// <summary>A message of ours reached a person; without a time it speaks of that message only.</summary>
    public static JsonObject Delivered(TestAccount account, string from, string mid) => new()
    {
        ["sender"] = new JsonObject { ["id"] = from }, ["recipient"] = new JsonObject { ["id"] = account.NetworkId }, ["timestamp"] = Milliseconds(null),
        ["delivery"] = new JsonObject { ["mids"] = new JsonArray(mid) },
    };

    /// <summary>A person has read everything that was sent until then.</summary>
    public static JsonObject ReadUntil(TestAccount account, string from, DateTimeOffset until) => Of((account,
    [
        new JsonObject
        {
            ["sender"] = new JsonObject { ["id"] = from }, ["recipient"] = new JsonObject { ["id"] = account.NetworkId }, ["timestamp"] = Milliseconds(null),
            ["read"] = new JsonObject { ["watermark"] = Milliseconds(until) },
        },
    ]));

    /// <summary>A body that says that a person has read a message.</summary>
    public static JsonObject Read(TestAccount account, string from, string mid) => Of((account,
    [
        new JsonObject
        {
            ["sender"] = new JsonObject { ["id"] = from }, ["recipient"] = new JsonObject { ["id"] = account.NetworkId }, ["timestamp"] = Milliseconds(null),
            ["read"] = new JsonObject { ["mid"] = mid },
        },
    ]));

    private static JsonObject Item(string from, string to, DateTimeOffset? at, JsonObject message) => new()
    {
        ["sender"] = new JsonObject { ["id"] = from }, ["recipient"] = new JsonObject { ["id"] = to }, ["timestamp"] = Milliseconds(at), ["message"] = message,
    };

    private static long Milliseconds(DateTimeOffset? at) => (at ?? TimeProvider.System.GetUtcNow()).ToUnixTimeMilliseconds();
}
