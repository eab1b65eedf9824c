using System.Net;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using ChatOperator.Harness;

namespace ChatOperator.Crash;

/// <summary>
/// Numbered messages of a few hundred people. Each is repeated until it is answered 200, some by two senders at once, as Meta does; once
/// answered it is never sent again, so what the server then loses stays lost.
/// </summary>
internal sealed class Flood : IAsyncDisposable
{
    private const string Secret = "crash-app-secret", Number = "1060", Business = "9060";
    private const int Senders = 24, People = 300;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50), Patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient _http = new() { Timeout = Patience };
    private readonly Uri _hook;
    private readonly TimeSpan _rest;
    private readonly ConcurrentDictionary<int, bool> _answered = new();
    private readonly Task[] _senders;
    private int _numbers;
    private int _refused;
    private volatile bool _finishing;

    private Flood(Uri hook, Guid account, TimeSpan rest)
    {
        (_hook, Account, _rest) = (hook, account, rest);
        _senders = [.. Enumerable.Range(0, Senders).Select(_ => Task.Run(SendAsync))];
    }

    public Guid Account { get; }

    /// <summary>Answered 200.</summary>
    public int Answered => _answered.Count;

    /// <summary>Answered 503: come back.</summary>
    public int Refused => Volatile.Read(ref _refused);

    /// <summary>The numbers answered 200; after <see cref="FinishAsync"/> all that were sent.</summary>
    public IEnumerable<int> Numbers => _answered.Keys;

    public static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"wamid.{number:d9}");

    public static async Task<Flood> StartAsync(ServerProcess server, TimeSpan rest)
    {
        var created = await server.Api.PostAsync("/admin/channel-accounts", new
        {
            channel = "whatsapp_cloud", name = "Crash",
            settings = new { phone_number_id = Number, waba_id = Business, access_token = "crash-token", app_secret = Secret, verify_token = "crash-verify", base_url = "http://127.0.0.1:9" },
        });
        var path = new Uri(created.GetProperty("webhook_url").GetString()!).AbsolutePath;
        return new Flood(new Uri(server.Address, path), created.GetProperty("id").GetGuid(), rest);
    }

    /// <summary>Whether another message was answered 200 within a moment.</summary>
    public async Task<bool> ProgressAsync()
    {
        var before = Answered;
        await Task.Delay(Pause, TimeProvider.System);
        return Answered > before;
    }

    /// <summary>No new messages; those under way are repeated until they are answered.</summary>
    public Task FinishAsync()
    {
        _finishing = true;
        return Task.WhenAll(_senders).WaitAsync(TimeSpan.FromSeconds(120), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _finishing = true;
        _http.CancelPendingRequests();
        _http.Dispose();
        // After a failure some will never be answered; their senders end with the client.
        await Task.WhenAll(_senders).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private async Task SendAsync()
    {
        while (!_finishing)
        {
            var number = Interlocked.Increment(ref _numbers);
            if (number % 10 == 0) await Task.WhenAll(RepeatAsync(number), RepeatAsync(number));
            else await RepeatAsync(number);
            if (_rest > TimeSpan.Zero) await Task.Delay(_rest, TimeProvider.System);
        }
    }

    private async Task RepeatAsync(int number)
    {
        var body = Encoding.UTF8.GetBytes(Body(number));
        while (!_answered.ContainsKey(number))
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, _hook) { Content = new ByteArrayContent(body) };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                request.Headers.Add("X-Hub-Signature-256", TestAccount.Sign(body, Secret));
                using var answer = await _http.SendAsync(request);
                if (answer.IsSuccessStatusCode) _answered[number] = true;
                else if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) Interlocked.Increment(ref _refused);
                else throw new InvalidOperationException($"Message {number} was answered {(int)answer.StatusCode}.");
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
            {
                // Killed meanwhile, or too slow: like Meta, we do not know whether it arrived, and repeat.
            }
            if (!_answered.ContainsKey(number)) await Task.Delay(Pause, TimeProvider.System);
        }
    }

    private static string Body(int number)
    {
        var phone = (549_116_000_0000 + (number * 7919L % People)).ToString(CultureInfo.InvariantCulture);
        return $$$"""{"object":"whatsapp_business_account","entry":[{"id":"{{{Business}}}","changes":[{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"5491155550000","phone_number_id":"{{{Number}}}"},"contacts":[{"profile":{"name":"Crash {{{phone}}}"},"wa_id":"{{{phone}}}"}],"messages":[{"from":"{{{phone}}}","id":"{{{Id(number)}}}","timestamp":"{{{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}}}","type":"text","text":{"body":"Message {{{number}}}"}}]}}]}]}""";
    }
}
