namespace ChatOperator.Hosting;

/// <summary>
/// Sends what goes to an account's own addresses through connections that may reach private networks, and all else through those that may
/// not: a file's address in a message, or where an answer redirects to, is a stranger's word.
/// </summary>
internal sealed class HomeHandler(IReadOnlyCollection<Uri> homes, HttpMessageHandler home, HttpMessageHandler elsewhere) : HttpMessageHandler
{
    private readonly HttpMessageInvoker _home = new(home, disposeHandler: false);
    private readonly HttpMessageInvoker _elsewhere = new(elsewhere, disposeHandler: false);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        (IsHome(request.RequestUri!) ? _home : _elsewhere).SendAsync(request, cancellationToken);

    private bool IsHome(Uri address) => homes.Any(h => h.Port == address.Port && string.Equals(h.IdnHost, address.IdnHost, StringComparison.OrdinalIgnoreCase));
}
