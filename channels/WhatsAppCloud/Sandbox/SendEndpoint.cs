using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatOperator.Sandbox.WhatsAppCloud;

/// <summary>
/// <c>POST /{phone-number-id}/messages</c>. Benchmarks send thousands a second here, so the usual case parses the body once,
/// keeps its bytes, and writes its answer by hand.
/// </summary>
internal sealed class SendEndpoint(World world, Accounts accounts, Templates templates, Statuses statuses)
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task HandleAsync(HttpContext http, string id)
    {
        var arrived = world.Time.GetUtcNow();
        if (accounts.Authorize(http, id, "post", out var account) is { } denied)
        {
            await denied.ExecuteAsync(http);
            return;
        }

        var body = await ReadAsync(http.Request);
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            await GraphError.Of(100, "The parameter messaging_product is required.").ExecuteAsync(http);
            return;
        }
        using (json)
        {
            if (json.RootElement.Text("status") == "read")
                await (MarkRead(account, json.RootElement) ?? Results.Json(new { success = true })).ExecuteAsync(http);
            else
                await SendAsync(http, arrived, account, json.RootElement, body);
        }
    }

    private async Task SendAsync(HttpContext http, DateTimeOffset arrived, WhatsAppAccount account, JsonElement request, byte[] body)
    {
        var callbackData = request.Text("biz_opaque_callback_data");
        var fault = world.Faults.ForSend(account.Id, request.Text("to"));
        // The caller may lose patience meanwhile: the network goes on all the same, and accepts what nobody waits for.
        if (fault?.DelayMs > 0) await Task.Delay(TimeSpan.FromMilliseconds(fault.DelayMs), world.Time);
        if (fault?.Drop == DropMoment.Before)
        {
            world.Sends.Refuse(arrived, account.Id, request.Text("to"), callbackData, null);
            http.Abort();
            return;
        }

        var forced = fault is { Http: null, Code: null } ? null : fault;
        GraphError? refusal = null;
        Recipient? recipient = null;
        if (forced is null or { Accept: true })
        {
            var known = templates.Of(account);
            refusal = MessageRules.Check(request, known) ?? Recipient.Find(request, account, world, known, out recipient);
            refusal ??= account.Throttle(recipient!.Phone.Number, arrived);
        }
        if (refusal is not null || forced is { Accept: false })
        {
            world.Sends.Refuse(arrived, account.Id, request.Text("to"), callbackData, refusal?.Code ?? forced?.Code);
            await (refusal ?? Answer(forced!)).ExecuteAsync(http);
            return;
        }

        var message = Accept(arrived, account, recipient!, request, body, callbackData);
        var firstStatus = statuses.Begin(message, recipient!.ByUserId, arrived, immediately: fault?.StatusBeforeResponse is true);
        if (fault?.StatusBeforeResponse is true) await firstStatus;
        if (fault?.Drop == DropMoment.After) http.Abort();
        else if (forced is not null) await Answer(forced).ExecuteAsync(http);
        else await WriteAsync(http.Response, recipient!, message);
    }

    private PhoneMessage Accept(
        DateTimeOffset arrived, WhatsAppAccount account, Recipient recipient, JsonElement request, byte[] body, string? callbackData)
    {
        var type = request.Text("type") ?? "text";
        var message = new PhoneMessage
        {
            Id = NewId(),
            Account = account,
            Phone = recipient.Phone,
            Type = type,
            FromCustomer = false,
            Raw = body,
            CallbackData = callbackData,
            DoomedBy = IsUnwantedMarketing(account, recipient, request) ? 131050 : null,
        };
        recipient.Phone.SetTyping(account.Id, null);
        if (type == "reaction" && request.Object("reaction") is { } reaction
            && world.Phones.Message(reaction.Text("message_id") ?? "") is { } target)
        {
            target.Reaction = reaction.Text("emoji");
        }
        world.Phones.Add(message, arrives: Statuses.ArrivesAtOnce(message, arrived));
        world.Sends.Accept(arrived, message);
        return message;
    }

    /// <summary>The network accepts it, and says later that the person wants no marketing of this business.</summary>
    private bool IsUnwantedMarketing(WhatsAppAccount account, Recipient recipient, JsonElement request) =>
        request.Object("template") is { } sent && account.HasStoppedMarketing(recipient.Phone.Number)
        && templates.Of(account).Find(sent.Text("name"), sent.Object("language")?.Text("code"))?.Category == "MARKETING";

    private GraphError? MarkRead(WhatsAppAccount account, JsonElement request)
    {
        if (request.Text("messaging_product") != "whatsapp")
            return GraphError.Of(100, "The parameter messaging_product is required.");
        if (request.Text("message_id") is not { } id) return GraphError.Of(131008, "The parameter message_id is required.");
        if (world.Phones.Message(id) is not { FromCustomer: true } message || message.Account != account)
            return GraphError.Of(131009, "The message_id does not name a message that this number received.");
        if (request.Object("typing_indicator") is { } typing)
        {
            if (typing.Text("type") != "text") return GraphError.Of(131009, "typing_indicator.type must be text.");
            message.Phone.SetTyping(account.Id, world.Time.GetUtcNow() + TimeSpan.FromSeconds(25));
        }
        foreach (var earlier in message.Phone.Thread(account.Id))
            if (earlier.FromCustomer && earlier.Number <= message.Number) earlier.Status = "read";
        message.Phone.Touch();
        return null;
    }

    // Without a code of the network's own, the answer looks as if a proxy in between had given it.
    private static IResult Answer(SendFault fault)
    {
        if (fault.Code is not { } code)
            return Results.Content("<html><body>Sorry, something went wrong.</body></html>", "text/html", statusCode: fault.Http);
        var error = GraphError.Of(code, "Injected by the sandbox.");
        return fault.Http is { } status ? error with { Http = status } : error;
    }

    private static async Task<byte[]> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength is { } length and < 1024 * 1024)
        {
            var exact = new byte[length];
            await request.Body.ReadExactlyAsync(exact);
            return exact;
        }
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer);
        return buffer.ToArray();
    }

    private static Task WriteAsync(HttpResponse response, Recipient recipient, PhoneMessage message)
    {
        response.ContentType = "application/json; charset=UTF-8";
        using var json = new Utf8JsonWriter(response.BodyWriter, Plain);
        json.WriteStartObject();
        json.WriteString("messaging_product"u8, "whatsapp"u8);
        json.WriteStartArray("contacts"u8);
        json.WriteStartObject();
        json.WriteString("input"u8, recipient.Input);
        if (!recipient.ByUserId) json.WriteString("wa_id"u8, recipient.Phone.Number);
        if (recipient.UserId is not null) json.WriteString("user_id"u8, recipient.UserId);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray("messages"u8);
        json.WriteStartObject();
        json.WriteString("id"u8, message.Id);
        if (message.Type == "template") json.WriteString("message_status"u8, "accepted"u8);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        return Task.CompletedTask;
    }

    /// <summary>An id that looks and varies like the network's: opaque, and often ending in an equals sign.</summary>
    public static string NewId() => "wamid.HBgN" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(31));
}
