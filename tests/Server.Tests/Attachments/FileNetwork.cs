using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChatOperator.Server.Tests.Attachments;

/// <summary>A host of files that answers as the test says, and remembers what it was asked with.</summary>
internal sealed class FileNetwork : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _asked;

    private FileNetwork(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.First());

    public int Asked => Volatile.Read(ref _asked);

    /// <param name="answer">Gets the number of the request, from 1.</param>
    /// <param name="host">Only 127.0.0.1 is on the list of private hosts that servers under test may call.</param>
    public static async Task<FileNetwork> StartAsync(Func<int, HttpContext, Task> answer, string host = "127.0.0.1")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://{host}:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var network = new FileNetwork(app);
        app.Run(http => answer(Interlocked.Increment(ref network._asked), http));
        await app.StartAsync();
        return network;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
