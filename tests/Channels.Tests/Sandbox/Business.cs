using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ChatOperator.Sandbox;
using Xunit;

namespace ChatOperator.Channels.Tests.Sandbox;

/// <summary>A sandbox of its own with one account, and the business's server that hears its webhooks.</summary>
internal sealed class Business : IAsyncDisposable
{
    public const string Number = "1060";
    public const string Waba = "2060";
    public const string Ana = "5491155550101";
    public const string Token = "the-token";
    public const string Secret = "the-secret";

    private readonly SandboxHost _sandbox;

    private Business(SandboxHost sandbox, WebhookReceiver receiver)
    {
        (_sandbox, Receiver) = (sandbox, receiver);
        Http = new HttpClient { BaseAddress = sandbox.Address };
        Http.DefaultRequestHeaders.Authorization = new("Bearer", Token);
    }

    public HttpClient Http { get; }

    public WebhookReceiver Receiver { get; }

    public SandboxHost Sandbox => _sandbox;

    public static async Task<Business> OpenAsync(object? settings = null)
    {
        var business = new Business(await SandboxHost.StartAsync(), await WebhookReceiver.StartAsync(Secret));
        await business.ControlAsync("accounts", new
        {
            channel = "whatsapp_cloud",
            phone_number_id = Number,
            waba_id = Waba,
            access_token = Token,
            app_secret = Secret,
            verify_token = "verify",
            webhook_url = business.Receiver.Url,
            sent_ms = 1,
            delivered_ms = 40,
            read_ms = 80,
            retry_first_ms = 20,
        });
        if (settings is not null) await business.SetAsync(settings);
        return business;
    }

    public Task<JsonElement> SetAsync(object settings)
    {
        var body = JsonSerializer.SerializeToNode(settings)!.AsObject();
        body["phone_number_id"] = Number;
        return ControlAsync("accounts", body);
    }

    public async Task<JsonElement> ControlAsync(string path, object body)
    {
        using var answer = await Http.PostAsJsonAsync("/control/" + path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    public Task<JsonElement> GetAsync(string path) => Http.GetFromJsonAsync<JsonElement>(path);

    /// <summary>The customer writes, and the webhook has been answered when the task ends.</summary>
    public async Task<string> HearAsync(object message, string phone = Ana)
    {
        var body = JsonSerializer.SerializeToNode(message)!.AsObject();
        body["wait"] = true;
        return (await ControlAsync($"phones/{phone}/messages", body)).GetProperty("id").GetString()!;
    }

    public async Task<Answer> SendAsync(object message, string number = Number)
    {
        using var answer = await Http.PostAsJsonAsync($"/v25.0/{number}/messages", message);
        return await Answer.OfAsync(answer);
    }

    public Task<Answer> SayAsync(string text, string? callbackData = null, string to = "+" + Ana) =>
        SendAsync(new { messaging_product = "whatsapp", to, type = "text", text = new { body = text }, biz_opaque_callback_data = callbackData });

    public async Task BreakAsync(object faults)
    {
        using var answer = await Http.PutAsJsonAsync("/control/faults", faults);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>What stands on a phone's screen, from the business.</summary>
    public async Task<string[]> ScreenAsync(string phone = Ana) =>
        [.. (await GetAsync($"/control/phones/{phone}/messages")).EnumerateArray().Select(one => one.GetProperty("text").GetString()!)];

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _sandbox.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}

/// <summary>An answer of the Graph API.</summary>
internal sealed record Answer(HttpStatusCode Status, JsonElement Body)
{
    public int? Code => Body.TryGetProperty("error", out var error) ? error.GetProperty("code").GetInt32() : null;

    public string Id => Body.GetProperty("messages")[0].GetProperty("id").GetString()!;

    public static async Task<Answer> OfAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return new(answer.StatusCode, text.StartsWith('{') ? JsonElement.Parse(text) : default);
    }
}
