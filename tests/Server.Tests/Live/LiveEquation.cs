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
        var told = await stream.SettledAsync();
        var (fresh, _) = await SnapshotAsync(tenant);

        Assert.DoesNotContain(told, e => e.Type == "resync");
        foreach (var change in told) Apply(change, shown, fresh);
        Assert.Equal(fresh.Keys.Order(StringComparer.Ordinal), shown.Keys.Order(StringComparer.Ordinal));
        foreach (var (key, value) in fresh) Assert.True(shown[key] == value, $"{key} changed and nobody was told.\nshown: {shown[key]}\nfresh: {value}");
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
