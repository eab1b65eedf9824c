using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing.Patterns;

namespace ChatOperator.Sandbox.MetaMessaging;

/// <summary>
/// Plays the Graph API for messages of pages or Instagram accounts, at <c>/{version}</c> as the real one does for all of Meta's networks:
/// whose id stands in the path says whose call it is.
/// </summary>
internal abstract class MetaNetwork : INetwork
{
    private readonly ConcurrentDictionary<string, MetaAccount> _accounts = new();
    private readonly Cdn _cdn;
    private readonly Conversation _conversation;
    private readonly Reports _reports;
    private readonly SendEndpoint _send;
    private readonly NodeEndpoints _nodes;

    protected MetaNetwork(World world)
    {
        World = world;
        var webhooks = new Webhooks(world);
        _cdn = new Cdn(world, this);
        _reports = new Reports(world, this, webhooks);
        _conversation = new Conversation(world, this, webhooks, new MessageContent(this, _cdn));
        _send = new SendEndpoint(world, _reports);
        _nodes = new NodeEndpoints(world, _cdn);
    }

    public World World { get; }

    public abstract string Channel { get; }

    /// <summary>The word at the top of each webhook.</summary>
    public abstract string Object { get; }

    /// <summary>The app that a page's own inbox writes by; null: echoes name no app.</summary>
    public abstract string? InboxApp { get; }

    /// <summary>Reports deliveries and reads by time, and hands a sender's metadata back. The other way knows only which message was read.</summary>
    public abstract bool SpeaksOfTimes { get; }

    public IEnumerable<Account> Accounts => _accounts.Values.OrderBy(account => account.Id, StringComparer.Ordinal);

    /// <summary>The id by which webhooks name an account.</summary>
    public abstract string IdOf(MetaSettings settings);

    /// <summary>The longest text: a reason to refuse this one, or null.</summary>
    public abstract string? Objection(string text);

    /// <summary>Sub-codes of the error for a closed window and for a person nobody knows.</summary>
    public abstract (int Window, int Nobody) Subcodes { get; }

    /// <summary>The kinds of file that can be sent.</summary>
    public abstract IReadOnlyList<string> Kinds { get; }

    /// <summary>Profile fields of a person.</summary>
    public abstract JsonObject Profile(Phone phone, string picture);

    /// <summary>Fields of an account as it sees itself.</summary>
    public abstract JsonObject Describe(MetaAccount account);

    public virtual void Map(IEndpointRouteBuilder api)
    {
        Route("POST", "messages", _send.HandleAsync);
        Route("GET", "subscribed_apps", _nodes.Subscriptions);
        Route("POST", "subscribed_apps", _nodes.Subscribe);
        Route("GET", null, _nodes.Get);

        // Other networks of Meta have the same paths: a path with this constraint is preferred to theirs, and taken only for our ids.
        void Route(string method, string? action, Func<HttpContext, string, Task> handle)
        {
            var pattern = RoutePatternFactory.Parse(
                "/{version:regex(^v\\d+\\.\\d+$)}/{id}" + (action is null ? "" : "/" + action), null, new { id = new OwnId(this) });
            api.Map(pattern, http => handle(http, (string)http.GetRouteValue("id")!)).WithMetadata(new HttpMethodMetadata([method]));
        }
    }

    /// <summary>Fetches a link that a business sends; false when it leads nowhere.</summary>
    public Task<bool> FetchAsync(string link, CancellationToken cancellation) => _cdn.FetchAsync(link, cancellation);

    public void MapMedia(IEndpointRouteBuilder media) => _cdn.Map(media);

    public Account Connect(JsonObject settings)
    {
        var wanted = new MetaAccount(this, World.Time);
        wanted.Change(settings);
        if (wanted.Id.Length == 0) throw new ControlException("the account's id is missing");
        if (!_accounts.TryGetValue(wanted.Id, out var known)) return _accounts[wanted.Id] = wanted;
        known.Change(settings);
        return known;
    }

    public Written Write(Account account, Phone phone, JsonObject message) => _conversation.Write((MetaAccount)account, phone, message);

    public Written Echo(Account account, Phone phone, JsonObject message) => _conversation.Echo((MetaAccount)account, phone, message);

    public void Open(Account account, Phone phone) => _reports.Open((MetaAccount)account, phone);

    public Bubble Show(PhoneMessage message) => Screen.Show(message, _cdn);

    public void Reset()
    {
        _accounts.Clear();
        _cdn.Clear();
    }

    /// <summary>The accounts that an id in a path may mean, over all networks of this kind: a page's messages are Messenger's and Instagram's.</summary>
    public static IEnumerable<MetaAccount> Find(World world, string id, string? token) =>
        world.Networks.OfType<MetaNetwork>().SelectMany(network => network._accounts.Values).Where(account =>
            id == "me" ? account.Knows(token)
            : account.Id == id || account.Settings.PageId == id || account.NumberOf(id) is { } number && world.Phones.Find(number) is not null);

    public static string? Bearer(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : request.Query["access_token"];
    }

    private bool Owns(HttpContext? http, string id) =>
        Find(World, id, http is null ? null : Bearer(http.Request)).FirstOrDefault() is { } account && account.Channel == Channel;

    private sealed class OwnId(MetaNetwork network) : IRouteConstraint
    {
        public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
            values.TryGetValue(routeKey, out var id) && id is string text && network.Owns(httpContext, text);
    }
}
