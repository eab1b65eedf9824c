using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOperator.Sandbox.WhatsAppCloud;

namespace ChatOperator.Sandbox.MetaMessaging;

/// <summary>What the network tells of a message that it took: the echo, that it was delivered, that it was read.</summary>
internal sealed class Reports(World world, MetaNetwork network, Webhooks webhooks)
{
    private static readonly TimeSpan ReceptionCheck = TimeSpan.FromMilliseconds(100);

    /// <summary>Fetches a link that a business sends.</summary>
    public Task<bool> FetchAsync(MetaNetwork of, string link) => of.FetchAsync(link, world.Courier.Life);

    /// <summary>Starts the story of an accepted message; the task ends when its echo was answered.</summary>
    public Task Begin(PhoneMessage message, JsonElement request, DateTimeOffset accepted, bool immediately)
    {
        var echo = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var content = EchoOf(message, request);
        _ = PlayAsync(message, content, accepted, immediately, echo);
        return echo.Task;
    }

    /// <summary>The customer looked: everything that was delivered is read.</summary>
    public void Open(MetaAccount account, Phone phone)
    {
        if (account.Settings.Read != "open" || phone.Offline) return;
        var unread = phone.Thread(account.Id).Where(message => message is { FromCustomer: false, FromApp: false, Status: not "read" }).ToArray();
        if (unread.Length > 0) _ = ReadAsync(account, phone, unread);
    }

    private async Task PlayAsync(PhoneMessage message, JsonObject echo, DateTimeOffset accepted, bool immediately, TaskCompletionSource echoed)
    {
        var (account, life) = ((MetaAccount)message.Account, world.Courier.Life);
        try
        {
            message.Note(new StatusEvent("sent", world.Time.GetUtcNow()));
            var settings = account.Settings;
            if (settings is { Echoes: true, Statuses: true })
            {
                if (!immediately) await PauseAsync(accepted, settings.EchoMs, life);
                var sent = webhooks.SendAsync(account, message.Phone, "echoes", "message", echo, fromAccount: true);
                if (immediately) await sent;
            }

            echoed.TrySetResult();
            if (!settings.Statuses) return;
            await PauseAsync(accepted, settings.DeliveredMs, life);
            while (message.Phone.Offline) await Task.Delay(ReceptionCheck, world.Time, life);
            world.Phones.Arrive(message);
            if (message.Status != "read") await DeliveredAsync(account, message);
            if (settings.Read != "auto") return;
            await PauseAsync(accepted, settings.ReadMs, life);
            if (message.Status != "read") await ReadAsync(account, message.Phone, [message]);
        }
        catch (OperationCanceledException)
        {
            // The sandbox was reset: nobody waits for the rest of the story.
        }
        finally
        {
            echoed.TrySetResult();
        }
    }

    private Task DeliveredAsync(MetaAccount account, PhoneMessage message)
    {
        message.Note(new StatusEvent("delivered", world.Time.GetUtcNow()));
        message.Phone.Touch();
        // Instagram never says that a message was delivered.
        return !network.SpeaksOfTimes ? Task.CompletedTask : webhooks.SendAsync(account, message.Phone, "statuses", "delivery", new JsonObject
        {
            ["mids"] = new JsonArray(message.Id), ["watermark"] = world.Time.GetUtcNow().ToUnixTimeMilliseconds(),
        });
    }

    private Task ReadAsync(MetaAccount account, Phone phone, PhoneMessage[] messages)
    {
        var now = world.Time.GetUtcNow();
        foreach (var message in messages) message.Note(new StatusEvent("read", now));
        phone.Touch();
        return webhooks.SendAsync(account, phone, "statuses", "read", network.SpeaksOfTimes
            ? new JsonObject { ["watermark"] = now.ToUnixTimeMilliseconds() }
            : new JsonObject { ["mid"] = messages[^1].Id });
    }

    /// <summary>The message as it comes back: with the sender's metadata where the network keeps one.</summary>
    private JsonObject EchoOf(PhoneMessage message, JsonElement request)
    {
        var echo = new JsonObject { ["mid"] = message.Id, ["is_echo"] = true };
        var sent = request.Object("message");
        if (sent?.Text("text") is { } text) echo["text"] = text;
        if (sent?.Object("attachment") is { } attachment)
        {
            var url = attachment.Object("payload")?.Text("url");
            echo["attachments"] = new JsonArray(new JsonObject { ["type"] = attachment.Text("type"), ["payload"] = new JsonObject { ["url"] = url } });
        }

        if (!network.SpeaksOfTimes && !((MetaAccount)message.Account).Settings.NamesApp) return echo;
        echo["app_id"] = long.Parse(((MetaAccount)message.Account).Settings.AppId, CultureInfo.InvariantCulture);
        if (message.CallbackData is { } metadata) echo["metadata"] = metadata;
        return echo;
    }

    private Task PauseAsync(DateTimeOffset since, int milliseconds, CancellationToken life)
    {
        var left = since + TimeSpan.FromMilliseconds(milliseconds) - world.Time.GetUtcNow();
        return left > TimeSpan.Zero ? Task.Delay(left, world.Time, life) : Task.CompletedTask;
    }
}
