using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatOperator.Bench;

/// <summary>A network that accepts everything at once and remembers nothing, and a model with one answer.</summary>
internal sealed class InstantNetwork : IAsyncDisposable
{
    private const int Callers = 128;
    private static long _ids;

    private const string Completion = """
        data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"stub","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}

        data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"stub","choices":[{"index":0,"delta":{"content":"It is on its way."},"finish_reason":null}]}

        data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"stub","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

        data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"stub","choices":[],"usage":{"prompt_tokens":50,"completion_tokens":6,"total_tokens":56}}

        data: [DONE]


        """;

    private readonly WebApplication _app;

    private InstantNetwork(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    /// <summary>Messages accepted so far, by every network of this process.</summary>
    public static long Accepted => Interlocked.Read(ref _ids);

    public static async Task<InstantNetwork> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapPost("/{**path}", async (HttpContext http) =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null);
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync($$"""{"messaging_product":"whatsapp","messages":[{"id":"wamid.{{Interlocked.Increment(ref _ids)}}"}]}""");
        });
        app.MapPost("/v1/chat/completions", async (HttpContext http) =>
        {
            await http.Request.Body.CopyToAsync(Stream.Null);
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync(Completion);
        });
        await app.StartAsync();
        return new InstantNetwork(app);
    }

    /// <summary>Posts per second of a plain client with nothing to remember.</summary>
    public async Task<double> BareAsync(int count)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false });
        var body = Encoding.UTF8.GetBytes("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"5491155550101","type":"text","text":{"body":"On its way."}}""");
        var address = new Uri(Address, "/v25.0/1060/messages");
        var (left, clock) = (count, Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                using var answer = await client.PostAsync(address, new ByteArrayContent(body));
                await answer.Content.ReadAsStringAsync();
            }
        }));
        return count / clock.Elapsed.TotalSeconds;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
