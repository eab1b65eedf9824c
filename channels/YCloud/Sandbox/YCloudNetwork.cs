using System.Text.Json.Nodes;
using ChatOperator.Sandbox.WhatsAppCloud;

namespace ChatOperator.Sandbox.YCloud;

/// <summary>Plays YCloud's API under <c>/ycloud/v2</c>, and the customers on the other side. What messages say is WhatsApp's own.</summary>
internal sealed class YCloudNetwork : INetwork
{
    private readonly Numbers _numbers;
    private readonly Templates _templates = new();
    private readonly LinkedMedia _links;
    private readonly Timeline _timeline;
    private readonly Conversation _conversation;
    private readonly Screen _screen;
    private readonly FileEndpoints _files;
    private readonly SendEndpoint _send;
    private readonly ManagementEndpoints _management;

    public YCloudNetwork(World world)
    {
        var events = new Events(world);
        _numbers = new Numbers(world.Time);
        _links = new LinkedMedia(world);
        _files = new FileEndpoints(world, _numbers);
        _timeline = new Timeline(world, events, _links);
        _conversation = new Conversation(world, events, new MessageContent(world, "link", _files.LinkTo));
        _screen = new Screen(world, account => _templates.OfWaba(((YCloudAccount)account).Settings.WabaId), _links);
        _send = new SendEndpoint(world, _numbers, _templates, _timeline);
        _management = new ManagementEndpoints(world, _numbers, _templates, events);
    }

    public string Channel => "ycloud";

    public IEnumerable<Account> Accounts => _numbers.All;

    public void Map(IEndpointRouteBuilder api)
    {
        var v2 = api.MapGroup("/ycloud/v2");
        v2.MapPost("/whatsapp/messages", (RequestDelegate)(http => _send.HandleAsync(http, directly: false)));
        v2.MapPost("/whatsapp/messages/sendDirectly", (RequestDelegate)(http => _send.HandleAsync(http, directly: true)));
        v2.MapPost("/whatsapp/media/{number}/upload", _files.UploadAsync).DisableAntiforgery();
        _management.Map(v2);
    }

    public void MapMedia(IEndpointRouteBuilder media) => _files.MapDownload(media);

    public Account Connect(JsonObject settings) => _numbers.Connect(settings);

    public Written Write(Account account, Phone phone, JsonObject message) => _conversation.Write((YCloudAccount)account, phone, message);

    public Written Echo(Account account, Phone phone, JsonObject message) => _conversation.Echo((YCloudAccount)account, phone, message);

    public void Open(Account account, Phone phone) => _timeline.Open((YCloudAccount)account, phone);

    public Bubble Show(PhoneMessage message) => _screen.Show(message);

    public void Reset()
    {
        _numbers.Clear();
        _templates.Clear();
        _links.Clear();
    }
}
