using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ChatOperator.Harness;

/// <summary>
/// Collects what a server logs, exceptions and the facts of its scopes included, so that a test can look for what must or must not stand
/// there.
/// </summary>
public sealed class LogLines : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Collector(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose() { }

    public override string ToString() => string.Join('\n', _lines);

    private sealed class Collector(LogLines log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => log._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log._lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)}{Scopes()}{(exception is null ? "" : $"\n{exception}")}");

        /// <summary>What stands around the line, as structured logs would carry it.</summary>
        private string Scopes()
        {
            var facts = new List<string>();
            log._scopes.ForEachScope((scope, list) =>
            {
                if (scope is IEnumerable<KeyValuePair<string, object?>> pairs) list.AddRange(pairs.Select(p => $"{p.Key}={p.Value}"));
            }, facts);
            return facts.Count == 0 ? "" : $" [{string.Join(' ', facts)}]";
        }
    }
}
