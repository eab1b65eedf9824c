using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChatOperator.Channels.Contract;
using ChatOperator.Tenancy;

namespace ChatOperator.Intake;

/// <summary>Turns a concluded arrival into the rows that are kept: one for its tenant, or one for the platform and a slice for each tenant.</summary>
internal static class Receipts
{
    /// <summary>Below this, compression saves less than it costs.</summary>
    private const int CompressFrom = 2048;

    public static IEnumerable<Receipt> Of(Arrival arrival)
    {
        if (arrival.Replays is not null) yield break;
        if (arrival.Items is [var only])
        {
            yield return Row(arrival, TenantOf(only), arrival.Packed, arrival.Items);
            yield break;
        }
        var tenants = arrival.Items.Select(TenantOf).Distinct().ToList();
        if (tenants.Count <= 1)
        {
            yield return Row(arrival, tenants.Count == 1 ? tenants[0] : arrival.Hook.TenantId, arrival.Packed, arrival.Items);
            yield break;
        }
        // Several tenants in one body: each sees its own items only, the whole is the platform's.
        yield return Row(arrival, Tenant.Platform, arrival.Packed, [.. arrival.Items.Where(i => TenantOf(i) == Tenant.Platform)], arrival.Items);
        foreach (var tenant in tenants.Where(t => t != Tenant.Platform))
            yield return Row(arrival, tenant, Pack(Slice(arrival, tenant)), [.. arrival.Items.Where(i => TenantOf(i) == tenant)]);
    }

    /// <summary>The stored receipt of a replay with its new verdicts.</summary>
    public static Receipt? OfReplay(Arrival arrival)
    {
        if (arrival.Replays is not { } stored) return null;
        var worst = arrival.Items.MaxBy(i => i.Verdict);
        return new Receipt
        {
            TenantId = stored.TenantId, Id = stored.Id, ReceivedAt = stored.ReceivedAt, Channel = stored.Channel, AccountId = stored.AccountId,
            Body = [], Verdict = worst?.Verdict ?? Verdict.Anomalous, Reason = ReasonOf(worst), Items = ItemsJson(arrival.Items),
        };
    }

    /// <summary>
    /// What the arrivals add to the counters of items, in lock order. A replay takes its old verdicts back first, so that the sum of a day
    /// stays what was received; of several replays of one receipt in a batch, each takes back what the one before it said.
    /// </summary>
    public static IEnumerable<IntakeCount> Counts(IReadOnlyList<Arrival> arrivals)
    {
        var counts = new Dictionary<(Guid Tenant, Guid Account, DateOnly Day, Verdict Verdict), long>();
        var said = new Dictionary<Guid, ReceiptItem[]>();
        foreach (var arrival in arrivals)
        {
            var day = DateOnly.FromDateTime(arrival.At.UtcDateTime);
            if (arrival.Replays is { } stored)
            {
                if ((said.GetValueOrDefault(stored.Id) ?? arrival.Before) is not { } before) continue;
                foreach (var item in before) Add((stored.TenantId, item.Account ?? stored.AccountId, day, item.Verdict), -1);
                said[stored.Id] = [.. arrival.Items.Select(ItemOf)];
            }
            foreach (var item in arrival.Items)
                Add((arrival.Replays?.TenantId ?? TenantOf(item), (item.Account ?? arrival.Hook).Id, day, item.Verdict), 1);
        }
        return from count in counts
            where count.Value != 0
            orderby count.Key.Tenant, count.Key.Account, count.Key.Day, count.Key.Verdict
            select new IntakeCount
            {
                TenantId = count.Key.Tenant, AccountId = count.Key.Account, Day = count.Key.Day, Verdict = count.Key.Verdict, Items = count.Value,
            };

        void Add((Guid, Guid, DateOnly, Verdict) key, int items) => counts[key] = counts.GetValueOrDefault(key) + items;
    }

    /// <summary>What a stored receipt says of its items.</summary>
    public static ReceiptItem[] ItemsOf(Receipt receipt) => ItemsOf(receipt.Items);

    /// <inheritdoc cref="ItemsOf(Receipt)"/>
    public static ReceiptItem[] ItemsOf(string items) => JsonSerializer.Deserialize(items, ReceiptJson.Default.ReceiptItemArray) ?? [];

    /// <summary>What tells an event from its neighbours in one body.</summary>
    public static (string Kind, string? ExternalId) NameOf(ChannelEvent e) => (KindOf(e), ExternalIdOf(e) is { } id ? Text.Clean(id) : null);

    /// <summary>The network's newest time; null when it told none.</summary>
    public static DateTimeOffset? ToldAt(Arrival arrival)
    {
        DateTimeOffset? newest = null;
        foreach (var item in arrival.Items)
            if (TimeOf(item.Event) is { } at && (newest is null || at > newest)) newest = at;
        return newest;
    }

    /// <summary>The body as the network sent it.</summary>
    public static byte[] BodyOf(Receipt receipt)
    {
        if (!receipt.Compressed) return receipt.Body;
        using var brotli = new BrotliStream(new MemoryStream(receipt.Body), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        brotli.CopyTo(plain);
        return plain.ToArray();
    }

    private static Guid TenantOf(ArrivedItem item) => item.Account?.TenantId ?? Tenant.Platform;

    private static Receipt Row(Arrival arrival, Guid tenant, PackedBody body, ArrivedItem[] items, ArrivedItem[]? judged = null)
    {
        var worst = judged is null && items is [var only] ? only : (judged ?? items).MaxBy(i => i.Verdict);
        return new Receipt
        {
            TenantId = tenant, Id = arrival.Id, ReceivedAt = arrival.At, Channel = arrival.Hook.Row.Channel, AccountId = arrival.Hook.Id,
            Body = body.Bytes, Compressed = body.Compressed, Verdict = worst?.Verdict ?? Verdict.Anomalous, Reason = ReasonOf(worst),
            LagMs = ToldAt(arrival) is { } told ? (int)Math.Clamp((arrival.At - told).TotalMilliseconds, 0, int.MaxValue) : null, Items = ItemsJson(items), Signature = tenant == Tenant.Platform ? arrival.Signature : null,
        };
    }

    /// <summary>May hold the network's own words, which are not always storable.</summary>
    private static string? ReasonOf(ArrivedItem? worst) => worst is null ? "empty" : worst.Reason is { } reason ? Text.Clean(reason) : null;

    internal static string ItemsJson(ArrivedItem[] items) =>
        Text.CleanJson(JsonSerializer.Serialize(Array.ConvertAll(items, ItemOf), ReceiptJson.Default.ReceiptItemArray));

    private static ReceiptItem ItemOf(ArrivedItem i) =>
        new(KindOf(i.Event), i.Verdict, i.Account?.Id, ExternalIdOf(i.Event), i.MessageId, i.ConversationId, i.Reason);

    private static byte[] Slice(Arrival arrival, Guid tenant)
    {
        var routes = arrival.Items.Where(i => TenantOf(i) == tenant).Select(i => i.Event.Route).ToHashSet();
        return arrival.Hook.Channel is ISlicesWebhooks slicer ? slicer.Slice(arrival.Body, routes.Contains) : [];
    }

    /// <summary>As it is stored.</summary>
    public static PackedBody Pack(byte[] body)
    {
        if (body.Length < CompressFrom) return new PackedBody(body, false);
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)) brotli.Write(body);
        return packed.Length < body.Length ? new PackedBody(packed.ToArray(), true) : new PackedBody(body, false);
    }

    private static DateTimeOffset? TimeOf(ChannelEvent e) => e switch
    {
        MessageReceived m => m.At,
        MessageEchoed m => m.At,
        DeliveryReported r => r.At,
        _ => null,
    };

    private static string? ExternalIdOf(ChannelEvent e) => e switch
    {
        MessageReceived m => m.ExternalId,
        MessageEchoed m => m.ExternalId,
        MessageEdited m => m.TargetExternalId,
        MessageDeleted m => m.TargetExternalId,
        ReactionChanged r => r.TargetExternalId,
        DeliveryReported r => r.ExternalId,
        _ => null,
    };

    private static string KindOf(ChannelEvent e) => e switch
    {
        MessageReceived => "message",
        MessageEchoed => "echo",
        MessageEdited => "edit",
        MessageDeleted => "delete",
        ReactionChanged => "reaction",
        DeliveryReported => "status",
        ContactChanged => "contact",
        HandlingChanged => "handling",
        ContactTyping => "typing",
        TemplateChanged => "template",
        AccountChanged => "account",
        Unsupported => "unsupported",
        _ => "anomalous",
    };
}

/// <summary>A body as it is stored: compressed where that pays.</summary>
internal readonly record struct PackedBody(byte[] Bytes, bool Compressed);

/// <summary>The stored form of a receipt's items: short, nulls left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = false, Converters = [typeof(VerdictJson)])]
[JsonSerializable(typeof(ReceiptItem[]))]
internal sealed partial class ReceiptJson : JsonSerializerContext;

/// <summary>Verdicts as words.</summary>
internal sealed class VerdictJson() : JsonStringEnumConverter<Verdict>(JsonNamingPolicy.SnakeCaseLower);
