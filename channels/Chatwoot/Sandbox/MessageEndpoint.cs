using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.Chatwoot;

/// <summary>
/// <c>POST /conversations/{id}/messages</c>, as JSON or as a form with files. The webhook of the new message comes at once, before or
/// after the answer; then the statuses of the network behind the inbox.
/// </summary>
internal sealed class MessageEndpoint(World world, Threads threads, Dashboard dashboard, Attachments attachments)
{
    private const int LongestContent = 150_000;

    public async Task HandleAsync(HttpContext http, string account, string conversation)
    {
        var arrived = world.Time.GetUtcNow();
        if (threads.Authorize(http.Request, account) is null)
        {
            await Refuse(401, "Invalid Access Token").ExecuteAsync(http);
            return;
        }
        if (threads.Find(account, conversation) is not { } thread)
        {
            await Refuse(404, "Resource could not be found").ExecuteAsync(http);
            return;
        }
        var (stored, type) = await ReadAsync(http.Request);
        var mark = stored["content_attributes"]?["chat_operator_delivery"]?.ToString();
        var fault = world.Faults.ForSend(thread.Inbox.Id, thread.Phone.Number);
        if (fault?.DelayMs > 0) await Task.Delay(TimeSpan.FromMilliseconds(fault.DelayMs), world.Time);
        var refusal = fault?.Drop == DropMoment.Before ? null : fault is { Http: { } status, Accept: false } ? Refuse(status, "Injected by the sandbox.") : Check(thread, stored);
        if (refusal is not null || fault?.Drop == DropMoment.Before)
        {
            world.Sends.Refuse(arrived, thread.Inbox.Id, thread.Phone.Number, mark, null);
            if (refusal is null) http.Abort();
            else await refusal.ExecuteAsync(http);
            return;
        }

        if (!thread.Inbox.Settings.KeepsAttributes) stored.Remove("content_attributes");
        var message = dashboard.Accept(thread, stored, type, mark);
        world.Sends.Accept(arrived, message);
        var told = dashboard.TellAsync("message_created", "echoes", thread, message);
        if (fault?.StatusBeforeResponse is true) await told;
        _ = PlayAsync(thread, message);
        if (fault?.Drop == DropMoment.After) http.Abort();
        else if (fault is { Http: { } lie }) await Refuse(lie, "Injected by the sandbox.").ExecuteAsync(http);
        else await http.Response.WriteAsJsonAsync(Payloads.Answer(thread, message));
    }

    /// <summary>The customer looked: everything that was delivered is read.</summary>
    public void Open(ChatwootAccount inbox, Phone phone)
    {
        if (inbox.Settings.Read != "open") return;
        foreach (var message in phone.Thread(inbox.Id))
            if (message is { FromCustomer: false, FromApp: false, Status: "delivered" or "sent" }) _ = ReportAsync(threads.Of(inbox, phone), message, "read");
    }

    private static IResult? Check(Thread thread, JsonObject stored)
    {
        if (thread.Phone.FailWith is 401 or 403) return Refuse(thread.Phone.FailWith.Value, "You are not authorized to do this action");
        var content = stored["content"]?.ToString() ?? "";
        if (content.Length == 0 && stored["attachments"] is null) return Refuse(422, "Content can't be blank");
        if (content.Length > LongestContent) return Refuse(422, "Content is too long (maximum is 150000 characters)");
        return stored["message_type"]!.ToString() == "incoming" && thread.Inbox.Settings.InboxKind != "Channel::Api"
            ? Refuse(422, "Incoming messages are only allowed in Api inboxes") : null;
    }

    private async Task PlayAsync(Thread thread, PhoneMessage message)
    {
        var (life, settings) = (world.Courier.Life, thread.Inbox.Settings);
        try
        {
            // Neither notes nor what is taken for the network's own ever leave.
            if (message.Json().GetProperty("private").GetBoolean() || message.Json().TryGetProperty("source_id", out _)) return;
            await Task.Delay(TimeSpan.FromMilliseconds(settings.DeliveredMs), world.Time, life);
            if (thread.Phone.FailWith is { } code)
            {
                await ReportAsync(thread, message, "failed", $"{code}: the network behind the inbox refused it");
                return;
            }
            while (thread.Phone.Offline) await Task.Delay(TimeSpan.FromMilliseconds(100), world.Time, life);
            world.Phones.Arrive(message);
            await ReportAsync(thread, message, "delivered");
            if (settings.Read != "auto") return;
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(0, settings.ReadMs - settings.DeliveredMs)), world.Time, life);
            await ReportAsync(thread, message, "read");
        }
        catch (OperationCanceledException)
        {
            // The sandbox was reset: nobody waits for the rest of the story.
        }
    }

    private Task<WebhookOutcome> ReportAsync(Thread thread, PhoneMessage message, string status, string? error = null)
    {
        message.Note(new StatusEvent(status, world.Time.GetUtcNow()));
        message.Phone.Touch();
        var told = Payloads.Event("message_updated", thread, message);
        if (error is not null) told["content_attributes"]!["external_error"] = error;
        return world.Courier.DeliverAsync(new Webhook(thread.Inbox, "statuses", thread.Inbox.Encode(told)));
    }

    private async Task<(JsonObject Stored, string Type)> ReadAsync(HttpRequest request)
    {
        var stored = new JsonObject();
        var type = "text";
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync();
            var attributes = new JsonObject();
            foreach (var (name, value) in form)
                if (name.StartsWith("content_attributes[", StringComparison.Ordinal)) attributes[name["content_attributes[".Length..^1]] = value.ToString();
                else stored[name] = value.ToString();
            stored["content_attributes"] = attributes;
            var files = new JsonArray();
            foreach (var file in form.Files)
            {
                using var bytes = new MemoryStream();
                await file.CopyToAsync(bytes);
                var bare = file.ContentType.Split(';', '/')[0];
                type = bare is "image" or "video" or "audio" ? bare : "document";
                files.Add(attachments.Put(bytes.ToArray(), file.ContentType, file.FileName, type));
            }
            if (files.Count > 0) stored["attachments"] = files;
            stored["private"] = stored["private"]?.ToString() == "true";
        }
        else
        {
            try
            {
                stored = await JsonSerializer.DeserializeAsync<JsonObject>(request.Body) ?? stored;
            }
            catch (JsonException)
            {
                // As with any body that it cannot read, Chatwoot then finds the content missing.
            }
        }
        stored["message_type"] ??= "outgoing";
        stored["private"] ??= false;
        return (stored, type);
    }

    private static IResult Refuse(int status, string why) => Results.Json(new { error = why }, statusCode: status);
}
