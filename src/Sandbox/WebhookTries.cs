using System.Net;
using System.Text;

namespace ChatOperator.Sandbox;

/// <summary>When each webhook was tried and what was answered, the newest only: why a receiver heard of something late, or never.</summary>
internal sealed class WebhookTries
{
    private const int Most = 100_000;

    private readonly Lock _gate = new();
    private readonly Queue<WebhookTry> _all = [];

    public void Add(WebhookTry made)
    {
        lock (_gate)
        {
            if (_all.Count == Most) _all.Dequeue();
            _all.Enqueue(made);
        }
    }

    /// <summary>Those whose body holds <paramref name="words"/>, such as the id of a message, oldest first.</summary>
    public WebhookTry[] About(string words)
    {
        var bytes = Encoding.UTF8.GetBytes(words);
        WebhookTry[] all;
        lock (_gate) all = [.. _all];
        return [.. all.Where(made => made.Body.AsSpan().IndexOf(bytes) >= 0).OrderBy(made => made.Began)];
    }

    public void Clear()
    {
        lock (_gate) _all.Clear();
    }
}

/// <summary>One try; without a status nobody answered.</summary>
internal sealed record WebhookTry(byte[] Body, DateTimeOffset Began, DateTimeOffset Ended, HttpStatusCode? Status);
