using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOperator.Sandbox.WhatsAppCloud;

namespace ChatOperator.Sandbox.YCloud;

/// <summary>
/// <c>POST /whatsapp/messages</c> puts a message into YCloud's queue: it is accepted before WhatsApp has heard of it.
/// <c>POST /whatsapp/messages/sendDirectly</c> hands it over at once: the answer has WhatsApp's id, or WhatsApp's refusal.
/// </summary>
internal sealed class SendEndpoint(World world, Numbers numbers, Templates templates, Timeline timeline)
{
    public async Task HandleAsync(HttpContext http, bool directly)
    {
        var arrived = world.Time.GetUtcNow();
        JsonObject? request;
        try
        {
            request = await JsonSerializer.DeserializeAsync<JsonObject>(http.Request.Body);
        }
        catch (JsonException)
        {
            request = null;
        }
        if (numbers.Authorize(http.Request) is not { } key)
        {
            await YCloudError.Unauthorized.ExecuteAsync(http);
            return;
        }
        var from = request?["from"]?.ToString();
        if (request is null || from is null || numbers.Find(Phones.Digits(from), key) is not { } account)
        {
            await (request is null ? new YCloudError(400, "BAD_REQUEST", "The body is not JSON.")
                : YCloudError.NotFound($"The phone number {from}")).ExecuteAsync(http);
            return;
        }
        await SendAsync(http, arrived, account, request, directly);
    }

    private async Task SendAsync(HttpContext http, DateTimeOffset arrived, YCloudAccount account, JsonObject request, bool directly)
    {
        var (to, externalId) = (request["to"]?.ToString() ?? request["recipient"]?.ToString(), request["externalId"]?.ToString());
        var fault = world.Faults.ForSend(account.Id, to);
        // The caller may lose patience meanwhile: the network goes on all the same.
        if (fault?.DelayMs > 0) await Task.Delay(TimeSpan.FromMilliseconds(fault.DelayMs), world.Time);
        if (fault?.Drop == DropMoment.Before)
        {
            world.Sends.Refuse(arrived, account.Id, to, externalId, null);
            http.Abort();
            return;
        }

        var forced = fault is { Http: null, Code: null } ? null : fault;
        Phone? phone = null;
        var refusal = forced is null or { Accept: true } ? Check(account, request, directly, out phone) : null;
        if (refusal is not null || forced is { Accept: false })
        {
            world.Sends.Refuse(arrived, account.Id, to, externalId, refusal?.Meta?.Code ?? forced?.Code);
            await (refusal ?? Answer(forced!)).ExecuteAsync(http);
            return;
        }

        var message = Accept(arrived, account, phone!, request, externalId);
        var first = timeline.Begin(message, arrived, immediately: fault?.StatusBeforeResponse is true);
        if (fault?.StatusBeforeResponse is true) await first;
        if (fault?.Drop == DropMoment.After) http.Abort();
        else if (forced is not null) await Answer(forced).ExecuteAsync(http);
        else await http.Response.WriteAsJsonAsync(Outgoing.Describe(message, "accepted", world.Time.GetUtcNow(), named: directly));
    }

    private YCloudError? Check(YCloudAccount account, JsonObject request, bool directly, out Phone? phone)
    {
        phone = null;
        if (!account.HasRoom()) return new YCloudError(429, "TOO_MANY_REQUESTS", "The rate limit of this number was reached.");
        if (request["to"]?.ToString() is { } to)
        {
            if (!to.StartsWith('+') || Phones.Digits(to).Length < 5) return new YCloudError(400, "BAD_REQUEST", "to must be a phone number in E.164 format.");
            phone = world.Phones.Get(to);
        }
        else if (request["recipient"]?.ToString() is { } id) phone = world.Phones.All.FirstOrDefault(one => account.UserIdOf(one) == id);
        if (phone is null) return new YCloudError(400, "BAD_REQUEST", "to or recipient is required.");

        // What stands in the message is WhatsApp's business: YCloud hands on what WhatsApp says of it.
        var inner = (JsonObject)request.DeepClone();
        inner["messaging_product"] = "whatsapp";
        var meta = MessageRules.Check(JsonSerializer.SerializeToElement(inner), templates.OfWaba(account.Settings.WabaId));
        return meta is null ? null : directly ? YCloudError.Of(meta) : new YCloudError(400, "BAD_REQUEST", meta.Details ?? meta.Message);
    }

    private PhoneMessage Accept(DateTimeOffset arrived, YCloudAccount account, Phone phone, JsonObject request, string? externalId)
    {
        var message = new PhoneMessage
        {
            Id = WhatsAppCloud.SendEndpoint.NewId(),
            Account = account,
            Phone = phone,
            Type = request["type"]?.ToString() ?? "text",
            FromCustomer = false,
            Raw = account.Encode(request),
            CallbackData = externalId,
        };
        phone.SetTyping(account.Id, null);
        if (message.Type == "reaction" && world.Phones.Message(request["reaction"]?["message_id"]?.ToString() ?? "") is { } target)
            target.Reaction = request["reaction"]?["emoji"]?.ToString();
        world.Phones.Add(message, arrives: Timeline.Obstacle(message, arrived) is null && !phone.Offline);
        numbers.Remember(message);
        world.Sends.Accept(arrived, message);
        return message;
    }

    private static IResult Answer(SendFault fault) =>
        fault.Code is { } code ? YCloudError.Of(GraphError.Of(code, "Injected by the sandbox.")) with { Http = fault.Http ?? GraphError.Of(code).Http }
        : Results.Content("<html><body>Sorry, something went wrong.</body></html>", "text/html", statusCode: fault.Http);
}
