using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.WhatsAppCloud;

/// <summary>
/// <c>/{version}/{id}</c>: one path for phone numbers, media and templates, told apart by who owns the id; and the calls that
/// set an account up.
/// </summary>
internal sealed class NodeEndpoints(World world, Accounts accounts, Templates templates, MediaEndpoints media, TemplateEndpoints editor)
{
    public void Map(RouteGroupBuilder graph)
    {
        graph.MapGet("/{id}", Get);
        graph.MapPost("/{id}", Post);
        graph.MapDelete("/{id}", Delete);
        graph.MapGet("/{id}/phone_numbers", PhoneNumbers);
        graph.MapGet("/{id}/subscribed_apps", Subscriptions);
        graph.MapPost("/{id}/subscribed_apps", Subscribe);
        graph.MapDelete("/{id}/subscribed_apps", Unsubscribe);
        graph.MapPost("/{id}/register", (HttpContext http, string id) => accounts.Authorize(http, id, "post", out _) ?? Success);
        graph.MapGet("/{id}/message_history", History);
    }

    private static IResult Success => Results.Json(new { success = true });

    private IResult Get(HttpContext http, string id, string? fields, string? phone_number_id)
    {
        if (accounts.Authorize(http, out var token) is { } denied) return denied;
        var wanted = fields?.Split(',').ToHashSet();
        if (accounts.Find(id) is { } account && account.Settings.AccessToken == token)
            return Results.Json(Describe(account, wanted));
        if (world.Media.Find(id, world.Time.GetUtcNow()) is { } file) return media.Describe(file, phone_number_id);
        if (templates.Find(id) is { } found) return Results.Json(found.Template.Describe(wanted));
        if (accounts.OfWaba(id).Any(one => one.Settings.AccessToken == token)) return Results.Json(new { id, name = "Sandbox business" });
        return GraphError.NoSuchObject(id, "get");
    }

    private async Task<IResult> Post(HttpContext http, string id)
    {
        if (accounts.Authorize(http, out var token) is { } denied) return denied;
        if (await GraphBody.ReadAsync(http.Request) is not { } body) return GraphError.Of(100, "The body is not JSON.");
        if (templates.Find(id) is { } found) return editor.Edit(found.WabaId, found.Template, body);
        if (accounts.Find(id) is not { } account || account.Settings.AccessToken != token) return GraphError.NoSuchObject(id, "post");
        return body.Object("webhook_configuration") is { } hook
            ? await OverrideAsync([account], hook) ?? Success
            : GraphError.Of(100, "Nothing that can be changed was given.");
    }

    private IResult Delete(HttpContext http, string id)
    {
        if (accounts.Authorize(http, out _) is { } denied) return denied;
        return world.Media.Remove(id) ? Success : GraphError.NoSuchObject(id, "delete");
    }

    private IResult PhoneNumbers(HttpContext http, string id, string? fields)
    {
        if (Waba(http, id, "get", out var numbers) is { } denied) return denied;
        var wanted = fields?.Split(',').ToHashSet();
        return Results.Json(new JsonObject
        {
            ["data"] = new JsonArray([.. numbers.Select(one => Describe(one, wanted))]),
            ["paging"] = new JsonObject { ["cursors"] = new JsonObject { ["before"] = "MAZDZD", ["after"] = "MAZDZD" } },
        });
    }

    private IResult Subscriptions(HttpContext http, string id)
    {
        if (Waba(http, id, "get", out var numbers) is { } denied) return denied;
        var data = new JsonArray();
        if (numbers.Any(one => one.Settings.Subscribed))
        {
            var app = new JsonObject
            {
                ["whatsapp_business_api_data"] = new JsonObject
                {
                    ["id"] = "4000000000000001",
                    ["link"] = "https://www.facebook.com/games/?app_id=4000000000000001",
                    ["name"] = "Chat Operator",
                },
            };
            if (numbers[0].OverrideCallback is { } callback) app["override_callback_uri"] = callback.ToString();
            data.Add(app);
        }
        return Results.Json(new JsonObject { ["data"] = data });
    }

    private async Task<IResult> Subscribe(HttpContext http, string id)
    {
        if (Waba(http, id, "post", out var numbers) is { } denied) return denied;
        if (await GraphBody.ReadAsync(http.Request) is not { } body) return GraphError.Of(100, "The body is not JSON.");
        if (body.Text("override_callback_uri") is not null && await OverrideAsync(numbers, body) is { } refused) return refused;
        foreach (var account in numbers) account.Change(new JsonObject { ["subscribed"] = true });
        return Success;
    }

    private IResult Unsubscribe(HttpContext http, string id)
    {
        if (Waba(http, id, "delete", out var numbers) is { } denied) return denied;
        foreach (var account in numbers) account.Change(new JsonObject { ["subscribed"] = false });
        return Success;
    }

    private IResult History(HttpContext http, string id, string? message_id)
    {
        if (accounts.Authorize(http, id, "get", out var account) is { } denied) return denied;
        if (message_id is null) return GraphError.Of(100, "The parameter message_id is required.");
        if (world.Phones.Message(message_id) is not { FromCustomer: false } message || message.Account != account)
            return GraphError.NoSuchObject(message_id, "get");
        var events = message.Events().Select((one, index) => (JsonNode)new JsonObject
        {
            ["id"] = $"{message.Number}{index}",
            ["delivery_status"] = one.Status.ToUpperInvariant(),
            ["timestamp"] = one.At.ToUnixTimeSeconds(),
            ["webhook_update_state"] = "DELIVERED",
            ["application"] = new JsonObject { ["id"] = "4000000000000001" },
        });
        return Results.Json(new JsonObject
        {
            ["data"] = new JsonArray(new JsonObject
            {
                ["id"] = message.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["message_id"] = message.Id,
                ["events"] = new JsonObject { ["data"] = new JsonArray([.. events]) },
            }),
            ["paging"] = new JsonObject { ["cursors"] = new JsonObject { ["before"] = "MAZDZD", ["after"] = "MAZDZD" } },
        });
    }

    // The network asks the receiver whether it expects webhooks before it believes in an address.
    private async Task<GraphError?> OverrideAsync(WhatsAppAccount[] numbers, JsonElement hook)
    {
        var uri = hook.Text("override_callback_uri");
        if (uri is not { Length: > 0 })
        {
            foreach (var account in numbers) account.OverrideCallback = null;
            return null;
        }
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var url)) return GraphError.Of(100, "override_callback_uri is not a URL.");
        var outcome = await Handshake.TryAsync(world.Courier, url, hook.Text("verify_token") ?? "", CancellationToken.None);
        if (!outcome.Ok) return GraphError.Of(2200, $"Callback verification failed: {outcome.Why}");
        foreach (var account in numbers) account.OverrideCallback = url;
        return null;
    }

    private GraphError? Waba(HttpContext http, string id, string verb, out WhatsAppAccount[] numbers)
    {
        numbers = [];
        if (accounts.Authorize(http, out var token) is { } denied) return denied;
        numbers = [.. accounts.OfWaba(id).Where(one => one.Settings.AccessToken == token)];
        return numbers.Length == 0 ? GraphError.NoSuchObject(id, verb) : null;
    }

    private static JsonObject Describe(WhatsAppAccount account, HashSet<string>? fields)
    {
        var all = new JsonObject
        {
            ["verified_name"] = account.Settings.VerifiedName,
            ["code_verification_status"] = "VERIFIED",
            ["display_phone_number"] = account.Settings.DisplayPhoneNumber,
            ["quality_rating"] = "GREEN",
            ["platform_type"] = "CLOUD_API",
            ["throughput"] = new JsonObject { ["level"] = account.Settings.ThroughputPerSecond > 80 ? "HIGH" : "STANDARD" },
            ["status"] = "CONNECTED",
            ["name_status"] = "APPROVED",
            ["messaging_limit_tier"] = "TIER_1K",
        };
        var shown = new JsonObject();
        foreach (var (name, value) in all)
            if (fields?.Contains(name) ?? name is not ("status" or "name_status" or "messaging_limit_tier"))
                shown[name] = value?.DeepClone();
        shown["id"] = account.Id;
        return shown;
    }
}
