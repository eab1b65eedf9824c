using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.WhatsAppCloud;

/// <summary>Wraps changes in the network's envelope and hands them to the courier, alone or several at once.</summary>
internal sealed class Webhooks(World world)
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, Batch> _batches = [];
    private readonly Lock _gate = new();

    /// <summary>
    /// The bytes as the network writes them: everything beyond ASCII as <c>\uXXXX</c>, slashes escaped. They are what is
    /// signed, so a receiver that writes the JSON anew before it verifies will fail here as it would there.
    /// </summary>
    public static byte[] Bytes(JsonNode body)
    {
        var text = body.ToJsonString(Relaxed);
        var escaped = new StringBuilder(text.Length + 64);
        for (var i = 0; i < text.Length; i++)
            switch (text[i])
            {
                case '/':
                    escaped.Append("\\/");
                    break;
                // Pairs of surrogates come escaped already, with capitals that the network does not use.
                case '\\' when text[i + 1] == 'u':
                    escaped.Append(text[i..(i + 6)].ToLowerInvariant());
                    i += 5;
                    break;
                case '\\':
                    escaped.Append(text, i++, 2);
                    break;
                case < '\x7f' and var c:
                    escaped.Append(c);
                    break;
                case var c:
                    escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    break;
            }
        return Encoding.ASCII.GetBytes(escaped.ToString());
    }

    /// <summary>Sends one change of the field <c>messages</c>, whose value names the number it belongs to.</summary>
    public Task<WebhookOutcome> MessagesAsync(WhatsAppAccount account, string kind, JsonObject content) =>
        ChangeAsync(account, kind, "messages", Value(account, content), entryTime: false);

    /// <summary>Sends one change of any field; <paramref name="kind"/> is what webhook faults can single out.</summary>
    public Task<WebhookOutcome> ChangeAsync(WhatsAppAccount account, string kind, string field, JsonObject value, bool entryTime = true)
    {
        var change = new JsonObject { ["value"] = value, ["field"] = field };
        if (account.Settings.BatchMs <= 0) return PostAsync(account, kind, [change], entryTime);
        lock (_gate)
        {
            if (_batches.TryGetValue(account.Id, out var open))
            {
                open.Changes.Add(change);
                return open.Sent.Task;
            }
            var batch = new Batch([change], new(TaskCreationOptions.RunContinuationsAsynchronously));
            _batches[account.Id] = batch;
            _ = FlushAsync(account, batch, entryTime);
            return batch.Sent.Task;
        }
    }

    /// <summary>The <c>value</c> around content of this number.</summary>
    public static JsonObject Value(WhatsAppAccount account, JsonObject content)
    {
        var value = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["metadata"] = new JsonObject
            {
                ["display_phone_number"] = Phones.Digits(account.Settings.DisplayPhoneNumber),
                ["phone_number_id"] = account.Id,
            },
        };
        foreach (var (name, node) in content) value[name] = node?.DeepClone();
        return value;
    }

    private async Task FlushAsync(WhatsAppAccount account, Batch batch, bool entryTime)
    {
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(account.Settings.BatchMs), world.Time, world.Courier.Life);
        }
        catch (OperationCanceledException)
        {
            lock (_gate) _batches.Remove(account.Id);
            batch.Sent.TrySetResult(WebhookOutcome.Forgotten);
            return;
        }
        lock (_gate) _batches.Remove(account.Id);
        batch.Sent.TrySetResult(await PostAsync(account, "batch", batch.Changes, entryTime));
    }

    private Task<WebhookOutcome> PostAsync(WhatsAppAccount account, string kind, List<JsonObject> changes, bool entryTime)
    {
        // Several changes are spread over entries too: receivers must walk every level.
        var entries = new JsonArray();
        foreach (var half in changes.Chunk(Math.Max(1, (changes.Count + 1) / 2)))
        {
            var entry = new JsonObject { ["id"] = account.Settings.WabaId };
            if (entryTime) entry["time"] = world.Time.GetUtcNow().ToUnixTimeSeconds();
            entry["changes"] = new JsonArray([.. half]);
            entries.Add(entry);
        }
        var body = new JsonObject { ["object"] = "whatsapp_business_account", ["entry"] = entries };
        return world.Courier.DeliverAsync(new Webhook(account, kind, Bytes(body)));
    }

    private sealed record Batch(List<JsonObject> Changes, TaskCompletionSource<WebhookOutcome> Sent);
}
