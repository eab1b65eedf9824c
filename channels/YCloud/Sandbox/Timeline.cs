using ChatOperator.Sandbox.WhatsAppCloud;

namespace ChatOperator.Sandbox.YCloud;

/// <summary>What becomes of an accepted message, told step by step: sent with WhatsApp's id, delivered, read; or failed.</summary>
internal sealed class Timeline(World world, Events events, LinkedMedia links)
{
    private static readonly TimeSpan ReceptionCheck = TimeSpan.FromMilliseconds(100);

    /// <summary>Starts the story. The task ends when its first event was delivered, which only one fault waits for.</summary>
    public Task Begin(PhoneMessage message, DateTimeOffset accepted, bool immediately)
    {
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = PlayAsync(message, (YCloudAccount)message.Account, accepted, immediately, first);
        return first.Task;
    }

    /// <summary>The customer looked: everything that was delivered is read.</summary>
    public void Open(YCloudAccount account, Phone phone)
    {
        if (account.Settings.Read != "open" || phone.Offline) return;
        foreach (var message in phone.Thread(account.Id))
            if (message is { FromCustomer: false, FromApp: false, Status: "delivered" or "sent", Type: not "reaction" })
                _ = ReportAsync(message, account, "read");
    }

    /// <summary>Why it will not arrive; null when it will.</summary>
    public static GraphError? Obstacle(PhoneMessage message, DateTimeOffset at)
    {
        var account = (YCloudAccount)message.Account;
        if (message.Phone.FailWith is { } code) return GraphError.Of(code, "The sandbox was told that this phone cannot be reached.");
        return message.Type == "template" || account.WindowIsOpen(message.Phone, at) ? null
            : GraphError.Of(131047, "Message failed to send because more than 24 hours have passed since the customer last replied to this number.");
    }

    private async Task PlayAsync(PhoneMessage message, YCloudAccount account, DateTimeOffset accepted, bool immediately, TaskCompletionSource first)
    {
        var life = world.Courier.Life;
        try
        {
            var settings = account.Settings;
            var failure = Obstacle(message, accepted) ?? await links.FetchAsync(message, life);
            if (!immediately) await PauseAsync(accepted, settings.SentMs, life);
            if (failure is not null)
            {
                await ReportAsync(message, account, "failed", failure);
                return;
            }
            var sent = ReportAsync(message, account, "sent");
            if (immediately) await sent;
            first.TrySetResult();
            if (message.Type == "reaction") return;

            await PauseAsync(accepted, settings.DeliveredMs, life);
            while (message.Phone.Offline) await Task.Delay(ReceptionCheck, world.Time, life);
            world.Phones.Arrive(message);
            if (message.Status != "read") _ = ReportAsync(message, account, "delivered");
            if (settings.Read != "auto") return;

            await PauseAsync(accepted, settings.ReadMs, life);
            _ = ReportAsync(message, account, "read");
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

    private Task<WebhookOutcome> ReportAsync(PhoneMessage message, YCloudAccount account, string status, GraphError? error = null)
    {
        var now = world.Time.GetUtcNow();
        message.Note(new StatusEvent(status, now, error?.Code));
        message.Phone.Touch();
        var about = Outgoing.Describe(message, status, now, named: error is null, error);
        return events.SendAsync(account, "statuses", "whatsapp.message.updated", "whatsappMessage", about);
    }
}
