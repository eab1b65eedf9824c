using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatOperator.Harness;

/// <summary>A span, a line of a log or an instrument, as it left by OTLP.</summary>
/// <param name="Name">Of the span or instrument; of a line: the logger's.</param>
public sealed record Told(string Name, IReadOnlyDictionary<string, string> Attributes);

/// <summary>What a company's collector is to the server: takes OTLP over HTTP, in protobuf, and keeps what a test asks for.</summary>
public sealed class OtlpCollector : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OtlpCollector(WebApplication app, Uri address) => (_app, Address) = (app, address);

    public Uri Address { get; }
    public ConcurrentBag<Told> Spans { get; } = [];
    public ConcurrentBag<Told> Lines { get; } = [];

    /// <summary>Without attributes.</summary>
    public ConcurrentBag<Told> Instruments { get; } = [];

    public static Task<OtlpCollector> StartAsync() => FreePort.UseAsync(async port =>
    {
        var address = new Uri($"http://127.0.0.1:{port}");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address.ToString());
        var collector = new OtlpCollector(builder.Build(), address);
        collector.Map();
        await collector._app.StartAsync();
        return collector;
    });

    /// <summary>The server's settings to send here, often.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Address.ToString(), ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "200", ["OTEL_BLRP_SCHEDULE_DELAY"] = "200", ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
    };

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    // Numbers of fields are those of opentelemetry-proto: a request holds resources, these hold scopes, and these what is told.
    private void Map()
    {
        Take("traces", (_, span) => Spans.Add(new Told(Text(span, 5), Attributes(span, 9))));
        Take("logs", (scope, line) => Lines.Add(new Told(scope, Attributes(line, 6))));
        Take("metrics", (_, metric) => Instruments.Add(new Told(Text(metric, 1), Attributes(default, 0))));
    }

    private void Take(string signal, Action<string, ReadOnlyMemory<byte>> each) => _app.MapPost($"/v1/{signal}", async (HttpRequest request) =>
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        foreach (var resource in Fields(body.ToArray(), 1))
            foreach (var scope in Fields(resource, 2))
                foreach (var told in Fields(scope, 2))
                    each(Text(Fields(scope, 1).FirstOrDefault(), 1), told);
        return Results.Bytes([], "application/x-protobuf");
    });

    private static Dictionary<string, string> Attributes(ReadOnlyMemory<byte> of, int field)
    {
        var found = new Dictionary<string, string>();
        foreach (var pair in Fields(of, field)) found[Text(pair, 1)] = Text(Fields(pair, 2).FirstOrDefault(), 1);
        return found;
    }

    private static string Text(ReadOnlyMemory<byte> of, int field) => Encoding.UTF8.GetString(Fields(of, field).FirstOrDefault().Span);

    /// <summary>The values of one field that have a length: messages and texts.</summary>
    private static List<ReadOnlyMemory<byte>> Fields(ReadOnlyMemory<byte> message, int wanted)
    {
        var found = new List<ReadOnlyMemory<byte>>();
        for (var at = 0; at < message.Length;)
        {
            var tag = Number(message.Span, ref at);
            if ((tag & 7) is 1 or 5) at += (tag & 7) == 1 ? 8 : 4;
            else if ((tag & 7) == 0) Number(message.Span, ref at);
            else
            {
                var length = (int)Number(message.Span, ref at);
                if (tag >> 3 == (ulong)wanted) found.Add(message.Slice(at, length));
                at += length;
            }
        }
        return found;
    }

    private static ulong Number(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }
}
