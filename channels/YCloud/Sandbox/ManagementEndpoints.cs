using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOperator.Sandbox.WhatsAppCloud;

namespace ChatOperator.Sandbox.YCloud;

/// <summary>What is asked and done besides sending: numbers, webhook endpoints, templates, read marks, typing, one message's state.</summary>
internal sealed class ManagementEndpoints(World world, Numbers numbers, Templates templates, Events events)
{
    private static readonly TimeSpan TypingTime = TimeSpan.FromSeconds(25);

    public void Map(RouteGroupBuilder api)
    {
        api.MapGet("/whatsapp/phoneNumbers", (HttpContext http) => With(http, key => Page(http, numbers.Of(key).Select(DescribeNumber))));
        api.MapGet("/webhookEndpoints", (HttpContext http) => With(http, key => Page(http, numbers.Of(key)
            .Where(one => one.Settings.WebhookUrl is not null).Select(DescribeEndpoint))));
        api.MapGet("/balance", (HttpContext http) => With(http, _ => Results.Json(new { amount = 100, currency = "USD" })));
        api.MapGet("/whatsapp/messages/{id}", (HttpContext http, string id) => With(http, _ => numbers.Sent(id) is { } message
            ? Results.Json(Outgoing.Describe(message, message.Status == "pending" ? "accepted" : message.Status, world.Time.GetUtcNow(), named: message.Status != "pending"))
            : YCloudError.NotFound($"The message {id}")));
        api.MapPost("/whatsapp/inboundMessages/{id}/markAsRead", (HttpContext http, string id) => With(http, key => Touch(key, id, typing: false)));
        api.MapPost("/whatsapp/inboundMessages/{id}/typingIndicator", (HttpContext http, string id) => With(http, key => Touch(key, id, typing: true)));
        api.MapGet("/whatsapp/templates", (HttpContext http) => With(http, key => Page(http, Listed(http, key))));
        api.MapPost("/whatsapp/templates", (Delegate)CreateAsync);
    }

    private IResult With(HttpContext http, Func<string, IResult> answer) =>
        numbers.Authorize(http.Request) is { } key ? answer(key) : YCloudError.Unauthorized;

    private static IResult Page(HttpContext http, IEnumerable<JsonObject> all)
    {
        var query = http.Request.Query;
        var page = int.TryParse(query["page"], out var number) ? number : 1;
        var limit = int.TryParse(query["limit"], out var most) ? most : 10;
        if (page is < 1 or > 100 || limit is < 1 or > 100) return new YCloudError(400, "BAD_REQUEST", "page and limit must be 1 to 100.");
        var items = all.ToArray();
        var shown = items.Skip((page - 1) * limit).Take(limit).ToArray();
        var answer = new JsonObject { ["offset"] = (page - 1) * limit, ["limit"] = limit, ["length"] = shown.Length };
        if (query["includeTotal"] == "true") answer["total"] = items.Length;
        answer["items"] = new JsonArray([.. shown]);
        return Results.Json(answer);
    }

    private static JsonObject DescribeNumber(YCloudAccount account) => new()
    {
        ["id"] = account.Id,
        ["phoneNumber"] = account.Settings.PhoneNumber,
        ["displayPhoneNumber"] = account.Settings.PhoneNumber,
        ["wabaId"] = account.Settings.WabaId,
        ["verifiedName"] = account.Settings.VerifiedName,
        ["qualityRating"] = "GREEN",
        ["status"] = "CONNECTED",
    };

    private static JsonObject DescribeEndpoint(YCloudAccount account) => new()
    {
        ["id"] = "sandbox-endpoint",
        ["url"] = account.Settings.WebhookUrl!.ToString(),
        ["status"] = "active",
        ["enabledEvents"] = new JsonArray("whatsapp.inbound_message.received", "whatsapp.message.updated", account.Settings.EchoEvent),
    };

    private IResult Touch(string key, string id, bool typing)
    {
        if (world.Phones.Message(Uri.UnescapeDataString(id)) is not { FromCustomer: true, Account: YCloudAccount account } message
            || account.Settings.ApiKey != key)
            return YCloudError.NotFound($"The inbound message {id}");
        // Showing typing marks as read too, as WhatsApp does.
        foreach (var earlier in message.Phone.Thread(account.Id))
            if (earlier.FromCustomer && earlier.Number <= message.Number) earlier.Status = "read";
        if (typing) message.Phone.SetTyping(account.Id, world.Time.GetUtcNow() + TypingTime);
        message.Phone.Touch();
        return Results.Ok();
    }

    private IEnumerable<JsonObject> Listed(HttpContext http, string key)
    {
        var query = http.Request.Query;
        bool Wanted(string filter, string value) => query[$"filter.{filter}"].ToString() is "" or null || query[$"filter.{filter}"] == value;
        return from waba in numbers.Of(key).Select(one => one.Settings.WabaId).Distinct()
            where Wanted("wabaId", waba)
            from template in templates.OfWaba(waba).All
            where Wanted("name", template.Name) && Wanted("language", template.Language) && Wanted("status", template.Status)
            select Describe(waba, template);
    }

    private async Task<IResult> CreateAsync(HttpContext http)
    {
        if (numbers.Authorize(http.Request) is not { } key) return YCloudError.Unauthorized;
        var wanted = await JsonSerializer.DeserializeAsync<JsonElement>(http.Request.Body);
        var waba = wanted.Text("wabaId");
        if (numbers.Of(key).FirstOrDefault(one => one.Settings.WabaId == waba) is not { } account) return YCloudError.NotFound($"The account {waba}");
        if (wanted.Text("name") is not { } name || wanted.Text("language") is not { } language || !wanted.TryGetProperty("components", out var components))
            return new YCloudError(400, "BAD_REQUEST", "name, language and components are required.");
        if (templates.OfWaba(waba!).Find(name, language) is not null) return new YCloudError(409, "ALREADY_EXISTS", "There is such a template.");
        var template = templates.OfWaba(waba!).Add(name, language, wanted.Text("category") ?? "UTILITY", named: false, components.Clone(), "PENDING");
        var created = Describe(waba!, template);
        template.Status = "APPROVED";
        _ = events.SendAsync(account, "templates", "whatsapp.template.reviewed", "whatsappTemplate", Describe(waba!, template));
        return Results.Json(created);
    }

    private static JsonObject Describe(string waba, Template template) => new()
    {
        ["officialTemplateId"] = template.Id,
        ["wabaId"] = waba,
        ["name"] = template.Name,
        ["language"] = template.Language,
        ["category"] = template.Category,
        ["components"] = JsonSerializer.SerializeToNode(template.Components),
        ["status"] = template.Status,
        ["qualityRating"] = template.Status == "APPROVED" ? "GREEN" : "UNKNOWN",
    };
}
