using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.Control;

/// <summary>Customers' phones: what is on them, and what their owners do.</summary>
internal static class PhonesControl
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    public static void Map(RouteGroupBuilder control, World world)
    {
        control.MapGet("/phones", () => Results.Json(world.Phones.All.Select(phone => Describe(world, phone)), ControlJson.Options));
        control.MapGet("/phones/{phone}", (string phone) => Results.Json(Describe(world, world.Phones.Get(phone)), ControlJson.Options));
        control.MapPut("/phones/{phone}", async (string phone, HttpRequest request) =>
        {
            var change = await ControlJson.ReadAsync<PhoneChange>(request);
            var changed = world.Phones.Get(phone);
            changed.Name = change.Name ?? changed.Name;
            changed.Username = change.Username ?? changed.Username;
            changed.FailWith = change.FailWith ?? changed.FailWith;
            // An empty name or a zero takes a setting back: absent means unchanged.
            if (changed.Username is "") changed.Username = null;
            if (changed.FailWith is 0) changed.FailWith = null;
            changed.Offline = change.Offline ?? changed.Offline;
            changed.Portrait = change.Portrait ?? changed.Portrait;
            return Results.Json(Describe(world, changed), ControlJson.Options);
        });
        control.MapGet("/phones/{phone}/messages", (string phone, string? account, bool? all, HttpContext http) =>
        {
            if (world.Phones.Find(phone) is not { } found) return Results.Json(Array.Empty<object>());
            http.Response.Headers["X-Revision"] = found.Revision.ToString(CultureInfo.InvariantCulture);
            if (world.Account(account) is { } chat && found.IsTyping(chat.Id, world.Time.GetUtcNow())) http.Response.Headers["X-Typing"] = "true";
            var shown = found.Thread(account).Where(message => all is true || !message.FromCustomer);
            return Results.Json(shown.Select(message => MessageView.Of(world, message)).ToArray(), ControlJson.Options);
        });
        control.MapPost("/phones/{phone}/messages", async (string phone, HttpRequest request) =>
        {
            var message = await ControlJson.ReadObjectAsync(request);
            var (network, account) = ControlApi.Account(world, message["account"]?.ToString());
            var writer = world.Phones.Get(phone);
            if (message["name"] is JsonValue name) writer.Name = name.ToString();
            return Results.Json(await AnswerAsync(network.Write(account, writer, message), message), ControlJson.Options);
        });
        control.MapPost("/phones/{phone}/open", (string phone, string? account) =>
        {
            var (network, opened) = ControlApi.Account(world, account);
            network.Open(opened, world.Phones.Get(phone));
            return Results.NoContent();
        });
        control.MapGet("/phones/{phone}/typing", (string phone, string? account) =>
            Results.Json(new { typing = world.Phones.Get(phone).IsTyping(ControlApi.Account(world, account).Account.Id, world.Time.GetUtcNow()) }));
        control.MapGet("/phones/{phone}/live", (string phone, HttpContext http) => WatchAsync(world, phone, http));
    }

    /// <summary>What a written message answers; with <c>wait: true</c> only once its webhook was answered.</summary>
    public static async Task<object> AnswerAsync(Written written, JsonObject asked)
    {
        var outcome = asked["wait"]?.ToString() == "true" ? await written.Webhook : null;
        return new
        {
            id = written.Message.Id,
            account = written.Message.Account.Id,
            phone = written.Message.Phone.Number,
            webhook = outcome is null ? null : new { status = (int?)outcome.Status, attempts = outcome.Attempts, body = outcome.Body },
        };
    }

    private static object Describe(World world, Phone phone)
    {
        var thread = phone.Thread();
        return new
        {
            phone = phone.Number,
            name = phone.Name,
            username = phone.Username,
            offline = phone.Offline,
            fail_with = phone.FailWith,
            messages = thread.Length,
            last = thread is [.., var last] ? MessageView.Of(world, last) : null,
        };
    }

    // One look a tenth of a second costs nothing, and spares the send path from knowing that somebody watches.
    private static async Task WatchAsync(World world, string number, HttpContext http)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, world.Stopping);
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache";
        var seen = (Phone: (Phone?)null, Revision: 0);
        try
        {
            while (true)
            {
                // Looked up each time: after a reset the same number is another phone.
                var phone = world.Phones.Get(number);
                if ((phone, phone.Revision) is var now && now != seen)
                {
                    seen = now;
                    await http.Response.WriteAsync($"data: {now.Revision}\n\n", end.Token);
                    await http.Response.Body.FlushAsync(end.Token);
                }
                await Task.Delay(LookAgain, TimeProvider.System, end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The watcher left, or the sandbox stops.
        }
    }

    private sealed record PhoneChange(string? Name = null, string? Username = null, int? FailWith = null, bool? Offline = null, int? Portrait = null);
}
