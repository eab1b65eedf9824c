using System.Text.Json.Nodes;

namespace ChatOperator.Sandbox.WhatsAppCloud;

/// <summary>
/// Plays the WhatsApp Cloud API under <c>/{version}</c>, any version, and the customers on the other side.
/// </summary>
internal sealed class WhatsAppCloudNetwork : INetwork
{
    private readonly Accounts _accounts = new();
    private readonly Templates _templates = new();
    private readonly LinkedMedia _links;
    private readonly Statuses _statuses;
    private readonly Conversation _conversation;
    private readonly Screen _screen;
    private readonly MediaEndpoints _media;
    private readonly SendEndpoint _send;
    private readonly TemplateEndpoints _templateEndpoints;
    private readonly TemplateNews _templateNews;
    private readonly NodeEndpoints _nodes;
    private readonly World _world;

    public WhatsAppCloudNetwork(World world)
    {
        _world = world;
        var webhooks = new Webhooks(world);
        _links = new LinkedMedia(world);
        _statuses = new Statuses(world, webhooks, _links);
        _media = new MediaEndpoints(world, _accounts);
        _conversation = new Conversation(world, webhooks, new MessageContent(world, "url", _media.UrlOf));
        _screen = new Screen(world, account => _templates.Of((WhatsAppAccount)account), _links);
        _send = new SendEndpoint(world, _accounts, _templates, _statuses);
        _templateEndpoints = new TemplateEndpoints(world, _accounts, _templates, webhooks);
        _templateNews = new TemplateNews(world, webhooks, _templateEndpoints);
        _nodes = new NodeEndpoints(world, _accounts, _templates, _media, _templateEndpoints);
    }

    public string Channel => "whatsapp_cloud";

    public IEnumerable<Account> Accounts => _accounts.All;

    public void Map(IEndpointRouteBuilder api)
    {
        var graph = api.MapGroup("/{version:regex(^v\\d+\\.\\d+$)}");
        graph.MapPost("/{id}/messages", (RequestDelegate)(http => _send.HandleAsync(http, (string)http.GetRouteValue("id")!)));
        graph.MapPost("/{id}/media", _media.UploadAsync).DisableAntiforgery();
        _templateEndpoints.Map(graph);
        _nodes.Map(graph);
        MapControl(api);
    }

    public void MapMedia(IEndpointRouteBuilder media) => _media.MapDownload(media);

    public Account Connect(JsonObject settings) => _accounts.Connect(settings);

    public Written Write(Account account, Phone phone, JsonObject message) => _conversation.Write((WhatsAppAccount)account, phone, message);

    public Written Echo(Account account, Phone phone, JsonObject message) => _conversation.Echo((WhatsAppAccount)account, phone, message);

    public void Open(Account account, Phone phone) => _statuses.Open((WhatsAppAccount)account, phone);

    public Bubble Show(PhoneMessage message) => _screen.Show(message);

    public void Reset()
    {
        _accounts.Clear();
        _templates.Clear();
        _links.Clear();
    }

    // What only WhatsApp has: news of templates, people's wishes about marketing, and the handshake of a webhook address.
    private void MapControl(IEndpointRouteBuilder api)
    {
        api.MapPost("/control/accounts/{id}/templates", async (string id, TemplateVerdict verdict) =>
        {
            if (_accounts.Find(id) is not { } account) return Results.NotFound();
            if (_templates.Of(account).Find(verdict.Name, verdict.Language) is not { } template) return Results.NotFound();
            var outcome = _templateNews.TellAsync(account, template, verdict);
            if (verdict.Wait) await outcome;
            return Results.Ok(template.Describe(null));
        });
        api.MapPost("/control/accounts/{id}/preferences", async (string id, MarketingWish wish) =>
        {
            if (_accounts.Find(id) is not { } account) return Results.NotFound();
            var outcome = _templateNews.TellAsync(account, _world.Phones.Get(wish.Phone.TrimStart('+')), wish);
            if (wish.Wait) await outcome;
            return Results.Ok(new { wish.Phone, wish.Value });
        });
        api.MapPost("/control/accounts/{id}/verify", async (string id, HttpContext http) =>
        {
            if (_accounts.Find(id) is not { Settings.WebhookUrl: { } url } account) return Results.NotFound();
            var (ok, why) = await Handshake.TryAsync(_world.Courier, url, account.Settings.VerifyToken, http.RequestAborted);
            return Results.Ok(new { ok, why });
        });
    }
}
