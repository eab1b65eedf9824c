using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChatOperator.Channels.Tests;

/// <summary>A network of the worst kind: it reads a request, then does just one thing. Counts what it has read.</summary>
public sealed class StubNetwork : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<int, string?> _answer;
    private readonly Task _serving;
    private readonly TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _requests;

    private StubNetwork(Func<int, string?> answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public int Requests => Volatile.Read(ref _requests);

    /// <summary>Done once a whole request was read.</summary>
    public Task Heard => _heard.Task;

    public string LastRequest { get; private set; } = "";

    /// <summary>Never answers.</summary>
    public static StubNetwork Silent() => new(_ => null);

    /// <summary>Closes the connection once the request is read.</summary>
    public static StubNetwork Cutting() => new(_ => "");

    /// <summary>Answers the first request on a connection, cuts the second: as a server that drops idle connections.</summary>
    public static StubNetwork CuttingTheSecond(string body) => new(n => n == 1 ? Http(200, body) : "");

    public static StubNetwork Answering(int status, string body, string headers = "") => new(_ => Http(status, body, headers));

    /// <summary>Announces more than it sends, then cuts.</summary>
    public static StubNetwork CuttingTheAnswer() => new(_ => "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"messages\":");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
        _listener.Dispose();
    }

    private static string Http(int status, string body, string headers = "") =>
        $"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}\r\n{body}";

    private async Task ServeAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true) open.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            await using var stream = client.GetStream();
            for (var n = 1; await ReadRequestAsync(stream) is { } request; n++)
            {
                LastRequest = request;
                Interlocked.Increment(ref _requests);
                _heard.TrySetResult();
                var answer = _answer(n);
                if (answer is null) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, _stop.Token);
                if (answer is not { Length: > 0 }) return;
                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), _stop.Token);
                if (answer.Contains("Content-Length: 500\r\n", StringComparison.Ordinal)) return;
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // The other side hung up, or the test is over.
        }
    }

    private async Task<string?> ReadRequestAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (true)
        {
            var read = await stream.ReadAsync(buffer, _stop.Token);
            if (read == 0) return null;
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            var whole = text.ToString();
            var head = whole.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (head < 0) continue;
            var length = whole.Split("\r\n").Select(line => line.Split(": "))
                .Where(pair => pair[0].Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                .Select(pair => int.Parse(pair[1], CultureInfo.InvariantCulture)).FirstOrDefault();
            if (whole.Length >= head + 4 + length) return whole;
        }
    }
}
