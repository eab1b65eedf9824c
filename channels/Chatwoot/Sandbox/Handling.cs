using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.Chatwoot;

/// <summary>What becomes of conversations besides messages: their status, and who is typing. Each change is told, whoever made it.</summary>
internal sealed class Handling(World world, Threads threads)
{
    private static readonly TimeSpan TypingTime = TimeSpan.FromSeconds(30);

    public void Map(RouteGroupBuilder account)
    {
        account.MapPost("/conversations/{id}/toggle_status", async (HttpContext http, string account, string id) =>
        {
            var status = Text(await JsonSerializer.DeserializeAsync<JsonObject>(http.Request.Body), "status") ?? "open";
            return await TouchAsync(http, account, id, thread => SetStatus(thread, status));
        });
        account.MapPost("/conversations/{id}/toggle_typing_status", (HttpContext http, string account, string id) => TouchAsync(http, account, id, thread =>
        {
            thread.Phone.SetTyping(thread.Inbox.Id, world.Time.GetUtcNow() + TypingTime);
            return TellAsync(thread, Payloads.Typing(thread, thread.Inbox.Settings.BotToken ? Writer.Bot : Writer.User, on: true));
        }));
        account.MapPost("/conversations/{id}/update_last_seen", (HttpContext http, string account, string id) => TouchAsync(http, account, id, thread =>
        {
            foreach (var message in thread.Phone.Thread(thread.Inbox.Id))
                if (message.FromCustomer) message.Status = "read";
            thread.Phone.Touch();
            return null;
        }));
    }

    /// <summary>What people at the dashboard and the contact's own page do, without our tokens. Answered when the webhook was.</summary>
    public void MapOthers(RouteGroupBuilder others)
    {
        others.MapPost("/inboxes/{inbox}/contacts/{phone}/toggle_status", async (string inbox, string phone, HttpRequest request) =>
        {
            var status = Text(await JsonSerializer.DeserializeAsync<JsonObject>(request.Body), "status") ?? "open";
            if (Find(inbox, phone) is not { } thread) return Results.NotFound();
            if (SetStatus(thread, status) is { } told) await told;
            return Results.Ok();
        });
        others.MapPost("/inboxes/{inbox}/contacts/{phone}/toggle_typing", async (string inbox, string phone, HttpRequest request) =>
        {
            var on = Text(await JsonSerializer.DeserializeAsync<JsonObject>(request.Body), "typing_status") != "off";
            if (Find(inbox, phone) is not { } thread) return Results.NotFound();
            await TellAsync(thread, Payloads.Typing(thread, Writer.Contact, on));
            return Results.Ok();
        });
    }

    /// <summary>Null when it was so already: then nothing is told.</summary>
    public Task<WebhookOutcome>? SetStatus(Thread thread, string status)
    {
        var before = thread.Status;
        if (before == status) return null;
        thread.Status = status;
        return TellAsync(thread, Payloads.StatusChanged(thread, before, world.Time.GetUtcNow()));
    }

    /// <summary>The contact wrote: what was finished or put aside waits again.</summary>
    public void Reopen(Thread thread)
    {
        if (thread.Status is "resolved" or "snoozed") _ = SetStatus(thread, thread.Inbox.Settings.BotToken ? "pending" : "open");
    }

    private Task<WebhookOutcome> TellAsync(Thread thread, JsonObject told) =>
        world.Courier.DeliverAsync(new Webhook(thread.Inbox, "conversations", thread.Inbox.Encode(told)));

    private async Task<IResult> TouchAsync(HttpContext http, string account, string id, Func<Thread, Task<WebhookOutcome>?> change)
    {
        if (threads.Authorize(http.Request, account) is null) return Results.Json(new { error = "Invalid Access Token" }, statusCode: 401);
        if (threads.Find(account, id) is not { } thread) return Results.Json(new { error = "Resource could not be found" }, statusCode: 404);
        var told = change(thread);
        // Chatwoot tells after its answer, or before: as with messages, a test can ask for the harder one.
        if (told is not null && world.Faults.ForSend(thread.Inbox.Id, thread.Phone.Number)?.StatusBeforeResponse is true) await told;
        return Results.Ok();
    }

    private Thread? Find(string inbox, string phone) =>
        threads.Inboxes.FirstOrDefault(one => one.Id == inbox) is { } found ? threads.Of(found, world.Phones.Get(phone)) : null;

    private static string? Text(JsonObject? given, string name) => given?[name] is JsonValue value ? value.ToString() : null;
}
