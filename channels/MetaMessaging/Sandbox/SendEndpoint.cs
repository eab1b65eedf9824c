using System.Security.Cryptography;
using System.Text.Json;
using ChatOperator.Sandbox.WhatsAppCloud;

namespace ChatOperator.Sandbox.MetaMessaging;

/// <summary><c>POST /{id}/messages</c>: messages, and sender actions.</summary>
internal sealed class SendEndpoint(World world, Reports reports)
{
    private static readonly TimeSpan TypingShown = TimeSpan.FromSeconds(20);

    public async Task HandleAsync(HttpContext http, string id)
    {
        var arrived = world.Time.GetUtcNow();
        var token = MetaNetwork.Bearer(http.Request);
        var accounts = MetaNetwork.Find(world, id, token).Where(account => account.Knows(token)).ToList();
        if (accounts.Count == 0)
        {
            await MetaError.BadToken.ExecuteAsync(http);
            return;
        }

        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer);
        try
        {
            using var json = JsonDocument.Parse(buffer.ToArray());
            var person = json.RootElement.Object("recipient")?.Text("id") ?? "";
            // One page's token serves Messenger and Instagram: whose id the recipient's is says which.
            var account = accounts.Find(one => one.NumberOf(person) is not null) ?? accounts[0];
            var phone = account.NumberOf(person) is { } number ? world.Phones.Find(number) : null;
            if (json.RootElement.Text("sender_action") is { } action) await (Act(account, phone, person, action, json.RootElement.Object("payload"))).ExecuteAsync(http);
            else await SendAsync(http, arrived, account, phone, json.RootElement, buffer.ToArray());
        }
        catch (JsonException)
        {
            await MetaError.Of(100, "The body is not JSON.").ExecuteAsync(http);
        }
    }

    /// <summary>An id that looks like the network's.</summary>
    public static string NewId(MetaNetwork network) =>
        (network.SpeaksOfTimes ? "m_" : "aWdfZAG1faXRlbToxOk") + Convert.ToBase64String(RandomNumberGenerator.GetBytes(36)).Replace('+', 'A').Replace('/', 'B');

    private async Task SendAsync(HttpContext http, DateTimeOffset arrived, MetaAccount account, Phone? phone, JsonElement request, byte[] body)
    {
        var network = (MetaNetwork)world.Networks.First(one => one.Channel == account.Channel);
        var metadata = request.Object("message")?.Text("metadata");
        var fault = world.Faults.ForSend(account.Id, phone?.Number);
        // The caller may lose patience meanwhile: the network goes on all the same, and accepts what nobody waits for.
        if (fault?.DelayMs > 0) await Task.Delay(TimeSpan.FromMilliseconds(fault.DelayMs), world.Time);
        if (fault?.Drop == DropMoment.Before)
        {
            world.Sends.Refuse(arrived, account.Id, phone?.Number, metadata, null);
            http.Abort();
            return;
        }

        var forced = fault is { Http: null, Code: null } ? null : fault;
        var refusal = forced is { Accept: false } ? null : SendRules.Check(network, account, phone, request);
        if (refusal is null && forced is null or { Accept: true } && Link(request) is { } link && !await reports.FetchAsync(network, link))
            refusal = MetaError.Of(100, $"Failed to fetch the file from the url: {link}", 2018008);
        if (refusal is not null || forced is { Accept: false })
        {
            world.Sends.Refuse(arrived, account.Id, phone?.Number, metadata, refusal?.Code ?? forced?.Code);
            await (refusal ?? Answer(forced!)).ExecuteAsync(http);
            return;
        }

        var message = Accept(arrived, network, account, phone!, request, body, metadata);
        var echo = reports.Begin(message, request, arrived, immediately: fault?.StatusBeforeResponse is true);
        if (fault?.StatusBeforeResponse is true) await echo;
        if (fault?.Drop == DropMoment.After) http.Abort();
        else if (forced is not null) await Answer(forced).ExecuteAsync(http);
        else await Results.Json(new { recipient_id = account.PersonOf(phone!), message_id = message.Id }).ExecuteAsync(http);
    }

    private PhoneMessage Accept(
        DateTimeOffset arrived, MetaNetwork network, MetaAccount account, Phone phone, JsonElement request, byte[] body, string? metadata)
    {
        var attachment = request.Object("message")?.Object("attachment")?.Text("type");
        var message = new PhoneMessage
        {
            Id = NewId(network), Account = account, Phone = phone, Type = attachment switch { null => "text", "file" => "document", var type => type },
            FromCustomer = false, Raw = body, CallbackData = metadata,
        };
        phone.SetTyping(account.Id, null);
        world.Phones.Add(message, arrives: !phone.Offline || !account.Settings.Statuses);
        world.Sends.Accept(arrived, message);
        return message;
    }

    private IResult Act(MetaAccount account, Phone? phone, string person, string action, JsonElement? payload)
    {
        if (phone is null || !account.HasHeard(phone)) return MetaError.Of(100, "No matching user found", 2018001);
        switch (action)
        {
            case "typing_on":
                phone.SetTyping(account.Id, world.Time.GetUtcNow() + TypingShown);
                break;
            case "typing_off":
                phone.SetTyping(account.Id, null);
                break;
            case "mark_seen":
                foreach (var message in phone.Thread(account.Id)) if (message.FromCustomer) message.Status = "read";
                phone.Touch();
                break;
            // Documented for Instagram alone.
            case "react" or "unreact" when account.Channel == "instagram":
                if (action == "react" && payload?.Text("reaction") != "love") return MetaError.Of(100, "The reaction is not known.");
                if (world.Phones.Message(payload?.Text("message_id") ?? "") is not { } target || target.Phone != phone)
                    return MetaError.Of(100, "The message to react to was not found.");
                target.Reaction = action == "react" ? "❤️" : null;
                phone.Touch();
                break;
            default:
                return MetaError.Of(100, "The sender_action is not known.");
        }

        return Results.Json(new { recipient_id = person });
    }

    private static string? Link(JsonElement request) => request.Object("message")?.Object("attachment")?.Object("payload")?.Text("url");

    // Without a code of the network's own, the answer looks as if a proxy in between had given it.
    private static IResult Answer(SendFault fault)
    {
        if (fault.Code is not { } code)
            return Results.Content("<html><body>Sorry, something went wrong.</body></html>", "text/html", statusCode: fault.Http);
        var error = MetaError.Of(code);
        return fault.Http is { } status ? error with { Http = status } : error;
    }
}
