using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Text.Json;
using ChatOperator.Harness;

namespace ChatOperator.Server.Tests.Live;

/// <summary>An open <c>/admin/live</c>, collecting what it is told.</summary>
internal sealed class LiveStream : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource<string> _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;

    private LiveStream(Api api, string? cursor, string? lastEventId) => _reading = ReadAsync(api, cursor, lastEventId);

    /// <summary>Everything but pings, in order.</summary>
    public ConcurrentQueue<LiveEvent> Events { get; } = new();

    /// <summary>Opens the stream and waits until it listens.</summary>
    public static async Task<LiveStream> OpenAsync(Api api, string? cursor = null, string? lastEventId = null)
    {
        var stream = new LiveStream(api, cursor, lastEventId);
        await Task.WhenAny(stream._open.Task, stream._reading);
        await stream._open.Task.WaitAsync(TimeSpan.FromSeconds(10));
        return stream;
    }

    /// <summary>Waits until so many came: another transaction of the same PostgreSQL may hold them back for a while.</summary>
    public Task<List<LiveEvent>> HearsAsync(int count) =>
        Eventually.GetAsync(() => Task.FromResult(Events.ToList()), told => told.Count >= count, condition: $"{count} events");

    /// <summary>What came after some quiet time: longer than a lost hint would take.</summary>
    public async Task<List<LiveEvent>> SettledAsync(double quietSeconds = 1.5)
    {
        for (var seen = -1; seen != Events.Count;)
        {
            seen = Events.Count;
            await Task.Delay(TimeSpan.FromSeconds(quietSeconds), TimeProvider.System);
        }
        return [.. Events];
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        try { await _reading; }
        catch (OperationCanceledException) { }
        _end.Dispose();
    }

    private async Task ReadAsync(Api api, string? cursor, string? lastEventId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/admin/live" + (cursor is null ? "" : $"?cursor={cursor}"));
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        using var answer = await api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, _end.Token);
        answer.EnsureSuccessStatusCode();
        await using var body = await answer.Content.ReadAsStreamAsync(_end.Token);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(_end.Token))
        {
            if (item.EventType != "ping") Events.Enqueue(new LiveEvent(item.EventType, item.EventId!, JsonSerializer.Deserialize<JsonElement>(item.Data)));
            // Either is the first that is said: where the stream stands, or that the place asked for is gone.
            if (item.EventType is "ping" or "resync") _open.TrySetResult(item.EventId!);
        }
    }
}

/// <param name="Type">change | resync.</param>
internal sealed record LiveEvent(string Type, string Cursor, JsonElement Data)
{
    public string Kind => Data.GetProperty("kind").GetString()!;
    public string Id => Data.GetProperty("id").GetString()!;
}
