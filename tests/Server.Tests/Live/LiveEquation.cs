using System.Text.Json;
using ChatOperator.Harness;
using Xunit;

namespace ChatOperator.Server.Tests.Live;

/// <summary>
/// The law of live: what a client showed before a write, plus the changes it was told, read by their ids, equals what a fresh client shows.
/// <code>await LiveEquation.HoldsAsync(tenant, () => tenant.Api.PostAsync(…));</code>
/// </summary>
internal static class LiveEquation
{
    public static async Task HoldsAsync(TestTenant tenant, Func<Task> write)
    {
        var (shown, cursor) = await SnapshotAsync(tenant);
        await write();
        await using var stream = await LiveStream.OpenAsync(tenant.Api, cursor);
        var (fresh, _) = await SnapshotAsync(tenant);
        await Eventually.GetAsync(() => Task.FromResult(Difference(shown, fresh, stream)), difference => difference is null);
    }

    /// <summary>Null when what was told so far makes the old snapshot the fresh one.</summary>
    private static string? Difference(Dictionary<string, string> shown, Dictionary<string, string> fresh, LiveStream stream)
    {
        Assert.DoesNotContain(stream.Events, e => e.Type == "resync");
        foreach (var change in stream.Events) Apply(change, shown, fresh);
        var key = fresh.Keys.Union(shown.Keys).FirstOrDefault(k => fresh.GetValueOrDefault(k) != shown.GetValueOrDefault(k));
        return key is null ? null : $"{key} changed and nobody was told. shown: {shown.GetValueOrDefault(key)} fresh: {fresh.GetValueOrDefault(key)}";
    }

    /// <summary>What a client may read anew on a change: the thing itself, and its conversation's row. No more.</summary>
    private static void Apply(LiveEvent change, Dictionary<string, string> shown, Dictionary<string, string> fresh)
    {
        var conversation = change.Data.GetProperty("conversation_id").GetString();
        foreach (var key in (string[])[$"{change.Kind}:{change.Id}", $"conversation:{conversation}"])
        {
            if (fresh.TryGetValue(key, out var value)) shown[key] = value;
            else shown.Remove(key);
        }
    }

    private static async Task<(Dictionary<string, string> Shown, string Cursor)> SnapshotAsync(TestTenant tenant)
    {
        using var answer = await tenant.Api.SendAsync(HttpMethod.Get, "/admin/chats/summary?limit=200");
        var cursor = answer.Headers.GetValues("X-Cursor").Single();
        var shown = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var chat in JsonSerializer.Deserialize<List<JsonElement>>(await answer.Content.ReadAsStringAsync())!)
        {
            var id = chat.GetProperty("id").GetGuid();
            var detail = await tenant.Api.GetAsync($"/admin/conversations/{id}");
            var contact = detail.GetProperty("contact");
            shown[$"conversation:{id}"] = chat.GetRawText();
            shown[$"contact:{contact.GetProperty("id").GetString()}"] = contact.GetProperty("attributes").GetRawText();
            foreach (var message in await tenant.MessagesAsync(id, "?limit=200"))
                shown[$"message:{message.GetProperty("id").GetInt64()}"] = message.GetRawText();
        }
        return (shown, cursor);
    }
}
