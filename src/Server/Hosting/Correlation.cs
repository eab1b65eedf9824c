using System.Diagnostics;

namespace ChatOperator.Hosting;

/// <summary>
/// The correlation id of what is being done, on every line that is logged and every span that is made meanwhile: with it the logs of a
/// message are found by the same id as its trace in the console.
/// </summary>
internal static class Correlation
{
    /// <summary>The name of the id in logs and spans.</summary>
    public const string Key = "correlation_id";

    /// <summary>Begins a span of our own with the id; its disposal ends it.</summary>
    /// <param name="what">The span's name, such as <c>agent.turn</c>.</param>
    public static IDisposable? Begin(ILogger log, string what, Guid id)
    {
        var span = Telemetry.Activities.StartActivity(what);
        span?.SetTag(Key, id);
        var scope = log.BeginScope(new Scope(id));
        return span is null ? scope : new Both(span, scope);
    }

    /// <summary>Says under which id the rest of the current span, a request's, is to be found.</summary>
    public static void Tag(Guid id) => Activity.Current?.SetTag(Key, id);

    /// <summary>One fact, without a dictionary for each message.</summary>
    private sealed class Scope(Guid id) : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public int Count => 1;

        public KeyValuePair<string, object?> this[int index] => index == 0 ? new(Key, id) : throw new ArgumentOutOfRangeException(nameof(index));

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
        {
            yield return this[0];
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();

        public override string ToString() => $"{Key}:{id}";
    }

    private sealed class Both(Activity span, IDisposable? scope) : IDisposable
    {
        public void Dispose()
        {
            scope?.Dispose();
            span.Dispose();
        }
    }
}
