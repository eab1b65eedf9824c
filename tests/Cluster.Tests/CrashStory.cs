using System.Globalization;
using System.Text.Json;
using ChatOperator.Harness;

namespace ChatOperator.Cluster.Tests;

/// <summary>
/// What happened to one part: the network's ledger, the tries of its status webhooks and the server's own tries, in order of time, between
/// the servers' deaths and starts.
/// </summary>
internal sealed class CrashStory(Nodes nodes, TestSandbox sandbox)
{
    private const int MostTries = 12;

    /// <summary>The story of a part that came twice.</summary>
    /// <param name="sends">All sends of the part.</param>
    public async Task<string> OfTwiceAsync(CrashChat chat, string part, IReadOnlyList<JsonElement> sends)
    {
        var delivery = sends[0].GetProperty("callback_data").GetString()!;
        List<(DateTimeOffset At, string What)> told =
        [
            .. sends.Select(s => (At(s, "decided_at"), $"network: {Word(s, "outcome")} what came at {At(s, "arrived_at"):mm:ss.fff} {Word(s, "message_id")}")),
            .. await WebhooksAsync(delivery), .. await AttemptsAsync(chat, part),
        ];
        if (told.Count == 0) return "";
        var (from, to) = (told.Min(t => t.At).AddSeconds(-1), told.Max(t => t.At));
        told.AddRange(nodes.Events.Where(e => e.At >= from && e.At <= to).Select(e => (e.At, e.What)));
        return $"{chat.Phone.Digits} {part}" + string.Concat(told.OrderBy(t => t.At).Select(t => $"\n    {t.At:HH:mm:ss.fff} {t.What}"));
    }

    /// <summary>How the server ended the messages that the phone lacks: by status, and by reason where there is one.</summary>
    public async Task<IEnumerable<string>> OfLostAsync(CrashChat chat, IReadOnlyCollection<string> parts)
    {
        var names = parts.Select(p => p[..4]).ToHashSet();
        return (await MessagesAsync(chat)).Where(m => names.Contains(NameOf(m)))
            .Select(m => Word(m, "status") + (m.TryGetProperty("error", out var error) ? $" ({Word(error, "code")})" : ""));
    }

    private async Task<IEnumerable<(DateTimeOffset, string)>> WebhooksAsync(string delivery)
    {
        var tries = (await sandbox.Control.GetAsync($"/control/webhooks?about={delivery}")).EnumerateArray().ToList();
        return tries.Take(MostTries).Select(t => (At(t, "began_at"), $"webhook: {Word(t, "status", "no answer")} at {At(t, "ended_at"):mm:ss.fff}"));
    }

    private async Task<IEnumerable<(DateTimeOffset, string)>> AttemptsAsync(CrashChat chat, string part)
    {
        if ((await MessagesAsync(chat)).Find(m => NameOf(m) == part[..4]) is not { ValueKind: JsonValueKind.Object } message) return [];
        using var api = new Api(nodes.Addresses[0], chat.Token);
        var number = part.Length == 4 ? 0 : part[4] - 'a';
        var attempts = (await api.GetAsync($"/admin/messages/{message.GetProperty("id").GetInt64()}/attempts")).EnumerateArray();
        return attempts.Where(a => a.GetProperty("part").GetInt32() == number).SelectMany(a => Tell(a));
    }

    private static IEnumerable<(DateTimeOffset, string)> Tell(JsonElement attempt)
    {
        var name = $"server: try {Word(attempt, "n")}";
        yield return (At(attempt, "started_at"), $"{name} begins");
        if (Word(attempt, "ended_at") is { Length: > 0 })
            yield return (At(attempt, "ended_at"), $"{name} ends: {Word(attempt, "outcome")} {Word(attempt, "network_code")} {Word(attempt, "external_id")} {Short(Word(attempt, "raw"))}");
        if (Word(attempt, "settled_at") is { Length: > 0 })
            yield return (At(attempt, "settled_at"), $"{name} is settled by {Word(attempt, "settled_by")}");
    }

    private async Task<List<JsonElement>> MessagesAsync(CrashChat chat)
    {
        using var api = new Api(nodes.Addresses[0], chat.Token);
        var (all, before) = (new List<JsonElement>(), "");
        while (true)
        {
            var page = (await api.GetAsync($"/admin/chats/{chat.Conversation}/messages?limit=200{before}")).EnumerateArray().ToList();
            all.AddRange(page);
            if (page.Count < 200) return all;
            before = $"&before={page.Min(m => m.GetProperty("id").GetInt64())}";
        }
    }

    private static string NameOf(JsonElement message) => message.GetProperty("content").GetString() is { Length: >= 4 } words ? words[..4] : "";

    private static string Short(string words) => words.Length > 80 ? words[..80] : words;

    private static DateTimeOffset At(JsonElement at, string field) => at.GetProperty(field).GetDateTimeOffset();

    private static string Word(JsonElement of, string field, string missing = "") =>
        of.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : missing;
}

/// <summary>A conversation of a run, and the phone at its other end.</summary>
internal sealed record CrashChat(string Token, Guid Conversation, TestPhone Phone);
