using System.Text.Json;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.MetaMessaging;

/// <summary>
/// Reads a webhook body: object → entry[], one for each account → messaging[] or standby[], of one event each. Some of Meta's own
/// tests put the same event into changes[].
/// </summary>
internal static class WebhookReader
{
    public static IReadOnlyList<ChannelEvent> Read(ReadOnlyMemory<byte> body, Dialect dialect)
    {
        var findings = new Findings();
        using var json = JsonBody.Parse(body);
        var root = new Scope(findings, dialect, default, false);
        if (!json.IsJson) root.Anomaly("The body is not JSON.");
        else if (json.Root.Text("object"u8) != dialect.Object) root.Anomaly($"The body's object is not {dialect.Object}.");
        else if (root.IsClear(json.Root, deep: false) && !root.Each(json.Root.Get("entry"u8), "entry", ReadEntry))
            root.Anomaly("The entry list is missing.");
        return findings.Events();
    }

    /// <summary>The account an entry is for; null when it cannot be one.</summary>
    public static string? AccountOf(JsonElement entry) => Scope.Short(entry.Id("id"u8));

    private static void ReadEntry(Scope scope, JsonElement entry)
    {
        if (AccountOf(entry) is not { } account)
        {
            scope.Anomaly("An entry without id.");
            return;
        }

        var inEntry = scope with { Route = new Route(account, null) };
        var some = inEntry.Each(entry.Get("messaging"u8), "messaging", ItemReader.Read);
        some |= (inEntry with { Standby = true }).Each(entry.Get("standby"u8), "messaging", ItemReader.Read);
        some |= inEntry.Each(entry.Get("changes"u8), "changes", ReadChange);
        if (!some) inEntry.Anomaly("An entry that says nothing.");
    }

    private static void ReadChange(Scope scope, JsonElement change)
    {
        var value = change.Get("value"u8);
        if (change.Text("field"u8) is not { Length: > 0 and <= 100 } field || value.ValueKind != JsonValueKind.Object)
            scope.Anomaly("A change without a field or a value.");
        else if (!scope.IsClear(value, deep: true)) return;
        else if (value.Get("recipient"u8).Exists() || value.Get("sender"u8).Exists())
            ItemReader.Read(scope with { Standby = field == "standby" }, value);
        else scope.Add(new Unsupported(scope.Route, $"changes.{field}"));
    }
}
