using System.Collections.Concurrent;
using System.Net;

namespace ChatOperator.Sandbox;

/// <summary>
/// Brings webhooks to their receivers the way networks do: concurrently, without order, and again and again, ever more
/// rarely, until somebody answers 200 or a week has passed.
/// </summary>
internal sealed class Courier(TimeProvider time, Faults faults) : IDisposable
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan GiveUp = TimeSpan.FromDays(7);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        MaxConnectionsPerServer = 64,
        // A receiver that restarts must not be met with a connection of its former life.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
    })
    { Timeout = Patience };

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _held = new();
    private CancellationTokenSource _life = new();
    private long _answered;
    private long _refused;
    private long _dropped;
    private long _pending;

    /// <summary>Cancelled when the sandbox is reset: whatever is planned for later must look at it.</summary>
    public CancellationToken Life => _life.Token;

    public WebhookTries Tries { get; } = new();

    public CourierCounters Counters => new(
        Interlocked.Read(ref _answered), Interlocked.Read(ref _refused), Interlocked.Read(ref _dropped), Interlocked.Read(ref _pending));

    /// <summary>Takes a webhook on its way; the task ends when every receiver has answered 200 or the courier gave up.</summary>
    public async Task<WebhookOutcome> DeliverAsync(Webhook webhook)
    {
        var life = Life;
        Interlocked.Increment(ref _pending);
        try
        {
            var fault = faults.ForWebhook(webhook.Account.Id, webhook.Kind);
            if (fault?.Drop is true)
            {
                Interlocked.Increment(ref _dropped);
                return WebhookOutcome.Dropped;
            }
            if (fault?.DelayMs > 0) await Task.Delay(TimeSpan.FromMilliseconds(fault.DelayMs), time, life);

            var overtaken = fault?.Reorder is true ? await LetTheNextPassAsync(webhook.Account.Id, life) : null;
            try
            {
                var copies = Enumerable.Range(0, 1 + (fault?.Duplicate ?? 0))
                    .SelectMany(_ => webhook.Account.Targets)
                    .Select(target => PersistAsync(webhook, target, life));
                var outcomes = await Task.WhenAll(copies);
                return outcomes.FirstOrDefault(WebhookOutcome.Nowhere);
            }
            finally
            {
                overtaken?.TrySetResult();
            }
        }
        catch (OperationCanceledException) when (life.IsCancellationRequested)
        {
            return WebhookOutcome.Forgotten;
        }
        finally
        {
            Interlocked.Decrement(ref _pending);
        }
    }

    /// <summary>Posts bytes once and tells what was answered; nothing is retried.</summary>
    public async Task<WebhookOutcome> PostOnceAsync(Uri url, byte[] body, Action<HttpRequestMessage> sign, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "facebookexternalua");
        sign(request);
        try
        {
            using var answer = await _http.SendAsync(request, cancellation);
            return new WebhookOutcome(answer.StatusCode, 1, await answer.Content.ReadAsStringAsync(cancellation));
        }
        catch (Exception error) when (error is HttpRequestException or IOException
            || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new WebhookOutcome(null, 1, error.Message);
        }
    }

    /// <summary>Fetches what a link points at; null when nobody serves it.</summary>
    public async Task<(byte[] Bytes, string MimeType)?> FetchAsync(Uri link, CancellationToken cancellation)
    {
        try
        {
            using var answer = await _http.GetAsync(link, cancellation);
            if (!answer.IsSuccessStatusCode || answer.Content.Headers.ContentType?.MediaType is not { } type) return null;
            return (await answer.Content.ReadAsByteArrayAsync(cancellation), type);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or NotSupportedException
            || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>Asks a receiver to prove that it expects webhooks; null when it is not there.</summary>
    public async Task<WebhookOutcome> GetAsync(Uri url, CancellationToken cancellation)
    {
        try
        {
            using var answer = await _http.GetAsync(url, cancellation);
            return new WebhookOutcome(answer.StatusCode, 1, await answer.Content.ReadAsStringAsync(cancellation));
        }
        catch (Exception error) when (error is HttpRequestException
            || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new WebhookOutcome(null, 1, error.Message);
        }
    }

    public void Reset()
    {
        var former = Interlocked.Exchange(ref _life, new CancellationTokenSource());
        former.Cancel();
        former.Dispose();
        _held.Clear();
        Tries.Clear();
        Interlocked.Exchange(ref _answered, 0);
        Interlocked.Exchange(ref _refused, 0);
        Interlocked.Exchange(ref _dropped, 0);
    }

    public void Dispose()
    {
        _life.Cancel();
        _life.Dispose();
        _http.Dispose();
    }

    private async Task<WebhookOutcome> PersistAsync(Webhook webhook, WebhookTarget target, CancellationToken life)
    {
        var started = time.GetUtcNow();
        var pause = webhook.Account.FirstRetry;
        for (var attempt = 1; ; attempt++)
        {
            var began = time.GetUtcNow();
            var outcome = await PostOnceAsync(target.Url, webhook.Body, r => webhook.Account.Sign(r, webhook.Body, target.Secret), life);
            Tries.Add(new WebhookTry(webhook.Body, began, time.GetUtcNow(), outcome.Status));
            if (outcome.Status == HttpStatusCode.OK)
            {
                Interlocked.Increment(ref _answered);
                return outcome with { Attempts = attempt };
            }
            Interlocked.Increment(ref _refused);
            if (time.GetUtcNow() - started > GiveUp) return outcome with { Attempts = attempt };
            await Task.Delay(pause, time, life);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    // The first of two waits for the second to be answered; the second finds it waiting, and lets it go when it is done.
    private async Task<TaskCompletionSource?> LetTheNextPassAsync(string accountId, CancellationToken life)
    {
        if (_held.TryRemove(accountId, out var waiting)) return waiting;
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_held.TryAdd(accountId, mine)) return null;
        await Task.WhenAny(mine.Task, Task.Delay(LongestHold, time, life));
        _held.TryRemove(KeyValuePair.Create(accountId, mine));
        return null;
    }
}

/// <summary>Bytes to bring to an account's receivers; <paramref name="Kind"/> is what faults can single out.</summary>
internal sealed record Webhook(Account Account, string Kind, byte[] Body);

/// <summary>How a webhook ended: the last HTTP status (null when nobody answered), after how many attempts, with what body.</summary>
internal sealed record WebhookOutcome(HttpStatusCode? Status, int Attempts, string Body)
{
    public static WebhookOutcome Dropped { get; } = new(null, 0, "dropped by a fault");

    public static WebhookOutcome Nowhere { get; } = new(null, 0, "the account has no webhook address");

    public static WebhookOutcome Forgotten { get; } = new(null, 0, "the sandbox was reset");
}

/// <summary>Webhooks answered 200, attempts that were not, webhooks dropped by a fault, and webhooks still on their way.</summary>
internal sealed record CourierCounters(long Answered, long Refused, long Dropped, long Pending);
