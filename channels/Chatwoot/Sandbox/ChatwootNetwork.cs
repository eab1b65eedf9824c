using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOperator.Sandbox.WhatsAppCloud;

namespace ChatOperator.Sandbox.Chatwoot;

/// <summary>Plays Chatwoot's application API under <c>/chatwoot/api/v1</c>, its dashboard, and the customers behind its inboxes.</summary>
internal sealed class ChatwootNetwork : INetwork
{
    private readonly World _world;
    private readonly Threads _threads;
    private readonly Attachments _attachments;
    private readonly Handling _handling;
    private readonly Dashboard _dashboard;
    private readonly MessageEndpoint _messages;

    public ChatwootNetwork(World world)
    {
        _world = world;
        _attachments = new Attachments(world);
        _threads = new Threads(world.Time, _attachments);
        _handling = new Handling(world, _threads);
        _dashboard = new Dashboard(world, _threads, _handling, _attachments);
        _messages = new MessageEndpoint(world, _threads, _dashboard, _attachments);
    }

    public string Channel => "chatwoot";

    public IEnumerable<Account> Accounts => _threads.Inboxes;

    public void Map(IEndpointRouteBuilder api)
    {
        var account = api.MapGroup("/chatwoot/api/v1/accounts/{account}");
        account.MapPost("/conversations/{id}/messages", (RequestDelegate)(http => _messages.HandleAsync(
            http, (string)http.GetRouteValue("account")!, (string)http.GetRouteValue("id")!)));
        account.MapGet("/inboxes", (HttpContext http, string account) => ListInboxes(http, account));
        account.MapGet("/conversations", (HttpContext http, string account) => ListConversations(http, account));
        _handling.Map(account);
        _handling.MapOthers(api.MapGroup("/chatwoot/others"));
    }

    public void MapMedia(IEndpointRouteBuilder media) => _attachments.Map(media);

    public Account Connect(JsonObject settings) => _threads.Connect(settings);

    public Written Write(Account account, Phone phone, JsonObject message) => _dashboard.Write((ChatwootAccount)account, phone, message);

    public Written Echo(Account account, Phone phone, JsonObject message) => _dashboard.WriteAtDashboard((ChatwootAccount)account, phone, message);

    public void Open(Account account, Phone phone) => _messages.Open((ChatwootAccount)account, phone);

    public Bubble Show(PhoneMessage message)
    {
        var stored = message.Json();
        var quoted = stored.Object("content_attributes")?.Text("in_reply_to");
        var file = stored.Items("attachments").FirstOrDefault();
        return new Bubble(stored.Text("content") ?? (file.ValueKind == JsonValueKind.Object ? "" : "[Message]"))
        {
            ReplyTo = quoted,
            Media = file.Text("media_id") is { } id && _world.Media.Find(id, _world.Time.GetUtcNow()) is { } found
                ? new BubbleMedia(message.Type, $"/control/media/{id}", found.MimeType, found.Filename) : null,
            Place = file.Number("coordinates_lat") is { } latitude && file.Number("coordinates_long") is { } longitude
                ? new BubblePlace(latitude, longitude, file.Text("fallback_title"), null) : null,
        };
    }

    public void Reset() => _threads.Clear();

    private IResult ListInboxes(HttpContext http, string account)
    {
        if (_threads.Authorize(http.Request, account) is not { } caller) return Results.Json(new { error = "Invalid Access Token" }, statusCode: 401);
        if (caller.Settings.BotToken) return Results.Json(new { error = "Access to this endpoint is not authorized for bots" }, statusCode: 401);
        var payload = _threads.Inboxes.Where(inbox => inbox.Settings.AccountId == account).Select(inbox => new
        {
            id = long.Parse(inbox.Id, CultureInfo.InvariantCulture), name = inbox.Name, channel_type = inbox.Settings.InboxKind,
        });
        return Results.Json(new { payload });
    }

    private IResult ListConversations(HttpContext http, string account)
    {
        if (_threads.Authorize(http.Request, account) is not { } caller) return Results.Json(new { error = "Invalid Access Token" }, statusCode: 401);
        var payload = _threads.OfAccount(account).Select(thread => new
        {
            id = thread.Id, inbox_id = long.Parse(thread.Inbox.Id, CultureInfo.InvariantCulture), status = thread.Status,
        });
        return Results.Json(new { data = new { payload } });
    }
}
