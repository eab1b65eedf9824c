using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.WhatsAppCloud;

/// <summary>Reports what became of a message: sent, delivered and read, or failed.</summary>
internal sealed class Statuses(World world, Webhooks webhooks, LinkedMedia links)
{
    private static readonly TimeSpan ReceptionCheck = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Starts the story of an accepted message. The task ends when its first status was delivered, which matters only to the
    /// fault that wants it before the send's own answer.
    /// </summary>
    public Task Begin(PhoneMessage message, bool byUserId, DateTimeOffset accepted, bool immediately)
    {
        var account = (WhatsAppAccount)message.Account;
        if (!account.Settings.Statuses) return Task.CompletedTask;
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = PlayAsync(message, account, byUserId, accepted, immediately, first);
        return first.Task;
    }

    /// <summary>
    /// Whether the phone shows it right away: not outside the window, nor when the person cannot be reached, nor without
    /// reception (then it comes later, unless the account reports nothing and so nobody waits).
    /// </summary>
    public static bool ArrivesAtOnce(PhoneMessage message, DateTimeOffset at) =>
        Obstacle(message, at) is null && !(message.Phone.Offline && ((WhatsAppAccount)message.Account).Settings.Statuses);

    /// <summary>The customer looked: everything that was delivered is read.</summary>
    public void Open(WhatsAppAccount account, Phone phone)
    {
        if (account.Settings.Read != "open" || phone.Offline) return;
        foreach (var message in phone.Thread(account.Id))
            if (message is { FromCustomer: false, FromApp: false, Status: "delivered" or "sent", Type: not "reaction" })
                _ = ReportAsync(message, account, "read", message.Json().Text("to") is null);
    }

    private static GraphError? Obstacle(PhoneMessage message, DateTimeOffset at)
    {
        var account = (WhatsAppAccount)message.Account;
        if (message.Phone.FailWith is { } code) return GraphError.Of(code, "The sandbox was told that this phone cannot be reached.");
        if (message.DoomedBy is { } doom) return GraphError.Of(doom, "The recipient has stopped marketing messages of this business.");
        if (message.Type != "template" && !account.WindowIsOpen(message.Phone.Number, at))
            return GraphError.Of(131047, "Message failed to send because more than 24 hours have passed since the customer last replied to this number.");
        return null;
    }

    private async Task PlayAsync(PhoneMessage message, WhatsAppAccount account, bool byUserId, DateTimeOffset accepted, bool immediately, TaskCompletionSource first)
    {
        var life = world.Courier.Life;
        try
        {
            var settings = account.Settings;
            var failure = Obstacle(message, accepted) ?? await links.FetchAsync(message, life);
            if (!immediately) await PauseAsync(accepted, settings.SentMs, life);
            if (failure is not null)
            {
                await ReportAsync(message, account, "failed", byUserId, failure);
                return;
            }
            var sent = ReportAsync(message, account, "sent", byUserId);
            if (immediately) await sent;
            first.TrySetResult();
            // A reaction is no message of its own: the network says that it went out, and nothing after that.
            if (message.Type == "reaction") return;

            await PauseAsync(accepted, settings.DeliveredMs, life);
            while (message.Phone.Offline) await Task.Delay(ReceptionCheck, world.Time, life);
            world.Phones.Arrive(message);
            if (!settings.SkipDelivered && message.Status != "read") _ = ReportAsync(message, account, "delivered", byUserId);
            if (settings.Read != "auto") return;

            await PauseAsync(accepted, settings.ReadMs, life);
            _ = ReportAsync(message, account, "read", byUserId);
        }
        catch (OperationCanceledException)
        {
            // The sandbox was reset: nobody waits for the rest of the story.
        }
        finally
        {
            first.TrySetResult();
        }
    }

    private Task PauseAsync(DateTimeOffset since, int milliseconds, CancellationToken life)
    {
        var left = since + TimeSpan.FromMilliseconds(milliseconds) - world.Time.GetUtcNow();
        return left > TimeSpan.Zero ? Task.Delay(left, world.Time, life) : Task.CompletedTask;
    }

    private Task<WebhookOutcome> ReportAsync(PhoneMessage message, WhatsAppAccount account, string status, bool byUserId, GraphError? error = null)
    {
        var now = world.Time.GetUtcNow();
        message.Note(new StatusEvent(status, now, error?.Code));
        var phone = message.Phone;
        var hidden = byUserId || phone.Username is not null;
        var userId = account.UserIdOf(phone);

        var report = new JsonObject
        {
            ["id"] = message.Id,
            ["status"] = status,
            ["timestamp"] = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        };
        if (!hidden) report["recipient_id"] = phone.Number;
        report["recipient_user_id"] = userId;
        if (message.CallbackData is not null) report["biz_opaque_callback_data"] = message.CallbackData;
        if (error is not null) report["errors"] = new JsonArray(error.ToStatus());
        else AddPrice(report, message, account, status, now);

        var content = new JsonObject();
        if (error is null) content["contacts"] = new JsonArray(Person.Describe(account, phone, withUsername: status != "sent"));
        content["statuses"] = new JsonArray(report);
        return webhooks.MessagesAsync(account, "statuses", content);
    }

    private static void AddPrice(JsonObject report, PhoneMessage message, WhatsAppAccount account, string status, DateTimeOffset now)
    {
        if (status is not ("sent" or "delivered") || message.Type == "reaction") return;
        var category = message.Type == "template" ? "utility" : "service";
        if (account.Settings.WebhookVersion < 24)
        {
            var conversation = new JsonObject { ["id"] = account.UserIdOf(message.Phone).Replace(".", "", StringComparison.Ordinal) };
            if (status == "sent")
                conversation["expiration_timestamp"] = (now + WhatsAppAccount.ServiceWindow).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            conversation["origin"] = new JsonObject { ["type"] = category };
            report["conversation"] = conversation;
        }
        report["pricing"] = new JsonObject
        {
            ["billable"] = category != "service",
            ["pricing_model"] = "PMP",
            ["type"] = category == "service" ? "free_customer_service" : "regular",
            ["category"] = category,
        };
    }
}
