using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatOperator.Harness;
using ChatOperator.Hosting;

namespace ChatOperator.Bench;

/// <summary>
/// Received files per second from the webhook until they are stored, hashed and shown, as a ratio to a client that merely downloads them;
/// parts of a stored file served per second; and how much memory large files cost over small ones.
/// </summary>
internal static class MediaBench
{
    private const string Secret = "media-bench-secret", Number = "700000000001";
    private const int Callers = 8, Together = 20, Part = 256 * 1024, Large = 90 << 20;

    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseCookies = false, UseProxy = false });
    private static long _messages;
    private static int _phones;

    public static async Task RunAsync(Options options)
    {
        foreach (var database in options.Text("databases", "sqlite,postgres").Split(',')) await RunAsync(database, options);
    }

    private static async Task RunAsync(string database, Options options)
    {
        var (rounds, count, size) = (options.Number("rounds", 3), options.Number("files", 200), options.Number("size", 200_000));
        await using var network = await MediaNetwork.StartAsync();
        await using var installation = await Installation.CreateAsync(Enum.Parse<DatabaseProvider>(database, ignoreCase: true));
        await using var server = await ServerProcess.StartAsync(installation);
        var hook = await ConnectAsync(server, network);
        // The compiler needs some hundred files to find out what is hot.
        for (var warm = 0; warm < 2; warm++) await FetchAsync(server, hook, count, size);
        List<double> ratios = [], rates = [];
        for (var round = 0; round < rounds; round++)
        {
            var bare = await network.BareAsync(count, size, Callers);
            var (rate, _) = await FetchAsync(server, hook, count, size);
            ratios.Add(rate / bare);
            rates.Add(rate);
        }
        Print.Line($"media.{database}.fetch.ratio", Print.Median(ratios), "x");
        Print.Line($"media.{database}.fetch", Print.Median(rates), "files/s");
        Print.Line($"media.{database}.fetch.bytes", Print.Median(rates) * size / 1048576, "MB/s");
        var small = await PeakAsync(server, FetchAsync(server, hook, Callers, 1 << 20));
        var (peak, last) = await PeakAsync(server, FetchAsync(server, hook, Callers, Large));
        Print.Line($"media.{database}.fetch.memory", (peak - small.Peak) / 1048576.0, "MB more for 90 MB files than for 1 MB files");
        var (served, (parts, _)) = await PeakAsync(server, ServeAsync(last.Url, options.Number("parts", 4000)));
        Print.Line($"media.{database}.serve", parts, "parts/s");
        Print.Line($"media.{database}.serve.bytes", parts * Part / 1048576, "MB/s");
        Print.Line($"media.{database}.serve.memory", (served - peak) / 1048576.0, "MB more while serving");
    }

    private static async Task<Uri> ConnectAsync(ServerProcess server, MediaNetwork network)
    {
        var created = await server.Api.PostAsync("/admin/channel-accounts", new
        {
            channel = "whatsapp_cloud", name = "Bench",
            settings = new { phone_number_id = Number, waba_id = "9" + Number, access_token = "t", app_secret = Secret, verify_token = "v", base_url = network.Address.ToString().TrimEnd('/') },
        });
        return new Uri(created.GetProperty("webhook_url").GetString()!);
    }

    /// <summary>A new contact sends so many files at once; the rate until all are stored, and where the last can be read.</summary>
    private static async Task<(double Rate, string Url)> FetchAsync(ServerProcess server, Uri hook, int count, int size)
    {
        var phone = (549_117_000_000_0 + ++_phones).ToString(CultureInfo.InvariantCulture);
        var clock = Stopwatch.StartNew();
        for (var sent = 0; sent < count; sent += Together) await PostAsync(hook, phone, Math.Min(Together, count - sent), size);
        var chat = (await server.Api.GetAsync("/admin/chats/summary?limit=1")).EnumerateArray().First().GetProperty("id").GetGuid();
        while (true)
        {
            var files = (await server.Api.GetAsync($"/admin/chats/{chat}/messages?limit=200")).EnumerateArray().Select(m => m.GetProperty("attachments")[0]).ToList();
            if (files.Count(f => f.GetProperty("state").GetString() == "stored") >= Math.Min(count, 200)) return (count / clock.Elapsed.TotalSeconds, files[^1].GetProperty("url").GetString()!);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    private static async Task PostAsync(Uri hook, string phone, int count, int size)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var messages = Enumerable.Range(0, count).Select(_ => (object)new
        {
            from = phone, id = $"wamid.{++_messages:d16}", timestamp = now, type = "document",
            document = new { id = $"{_messages}-{size}", mime_type = "application/pdf", filename = "bench.pdf" },
        }).ToList();
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            @object = "whatsapp_business_account",
            entry = new[] { new { id = "9" + Number, changes = new[] { new { field = "messages", value = new
            {
                messaging_product = "whatsapp", metadata = new { display_phone_number = "5491155550000", phone_number_id = Number },
                contacts = new[] { new { profile = new { name = "Ana" }, wa_id = phone } }, messages,
            } } } } },
        });
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body)));
        using var answer = await Http.PostAsync(hook, content);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Reads parts from all over a large file.</summary>
    private static async Task<(double Rate, string Url)> ServeAsync(string url, int parts)
    {
        var (left, clock) = (parts, Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, Callers * 4).Select(async _ =>
        {
            for (int n; (n = Interlocked.Decrement(ref left)) >= 0;)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, url);
                var from = (long)n * 7919 * 1024 % (Large - Part);
                request.Headers.Range = new RangeHeaderValue(from, from + Part - 1);
                using var answer = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                if ((int)answer.StatusCode != 206) throw new InvalidOperationException($"A part was answered {(int)answer.StatusCode}.");
                await answer.Content.CopyToAsync(Stream.Null);
            }
        }));
        return (parts / clock.Elapsed.TotalSeconds, url);
    }

    /// <summary>The server's largest resident memory while something runs.</summary>
    private static async Task<(long Peak, (double Rate, string Url) Result)> PeakAsync(ServerProcess server, Task<(double, string)> running)
    {
        long peak = 0;
        do
        {
            peak = Math.Max(peak, server.ResidentBytes);
            await Task.WhenAny(running, Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System));
        }
        while (!running.IsCompleted);
        return (peak, await running);
    }
}
