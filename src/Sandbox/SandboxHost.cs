using System.Text.Encodings.Web;
using System.Text.Json;
using ChatOperator.Sandbox.Control;
using ChatOperator.Sandbox.Model;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing.Constraints;

namespace ChatOperator.Sandbox;

/// <summary>
/// One running sandbox: two web servers (API and media) over one <see cref="World"/>. Several can live in one process; each
/// has its own ports and its own memory, and forgets everything when disposed.
/// </summary>
public sealed class SandboxHost : IAsyncDisposable
{
    private readonly World _world;
    private readonly WebApplication _api;
    private readonly WebApplication _media;

    private SandboxHost(World world, WebApplication api, WebApplication media)
        => (_world, _api, _media) = (world, api, media);

    /// <summary>Base address of the networks' APIs and of <c>/control</c> and <c>/phone</c>.</summary>
    public Uri Address => AddressOf(_api);

    /// <summary>Base address of the URLs that media look-ups answer with.</summary>
    public Uri MediaAddress => AddressOf(_media);

    /// <summary>Starts a sandbox; when the task completes it is listening.</summary>
    public static async Task<SandboxHost> StartAsync(SandboxOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new SandboxOptions();
        var world = new World(options.Time);

        var media = Build(options.MediaUrl);
        media.Use(new MediaFaults(world).InvokeAsync);
        media.UseRouting();
        foreach (var network in world.Networks) network.MapMedia(media);
        await media.StartAsync(cancellation);
        world.MediaAddress = AddressOf(media);

        var api = Build(options.Url);
        foreach (var network in world.Networks) network.Map(api);
        CompletionEndpoint.Map(api, world);
        ControlApi.Map(api, world);
        PhonePage.Map(api);
        new WebWidget.Site().Map(api);
        api.Lifetime.ApplicationStopping.Register(world.Stop);
        await api.StartAsync(cancellation);
        return new SandboxHost(world, api, media);
    }

    /// <summary>Completes when the process is asked to stop (Ctrl-C or SIGTERM).</summary>
    public Task StoppedAsync() => _api.WaitForShutdownAsync();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _world.Stop();
        await _api.DisposeAsync();
        await _media.DisposeAsync();
        _world.Dispose();
    }

    private static WebApplication Build(string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(url);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 110 * 1024 * 1024);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddRouting(routing => routing.ConstraintMap["regex"] = typeof(RegexInlineRouteConstraint));
        builder.Services.Configure<FormOptions>(form => form.MultipartBodyLengthLimit = 110 * 1024 * 1024);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });
        return builder.Build();
    }

    private static Uri AddressOf(WebApplication app) => new(app.Urls.First());
}
