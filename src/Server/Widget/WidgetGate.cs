using ChatOperator.ChannelAccounts;
using ChatOperator.Hosting;

namespace ChatOperator.Widget;

/// <summary>
/// The way in for visitors' browsers: the widget must exist and be switched on, the page must be one of its sites, and the token must be
/// this widget's. No cookies: a page cannot make a browser send what its own script does not know.
/// </summary>
internal sealed class WidgetGate(AccountDirectory accounts, VisitorTokens tokens, WidgetLimits limits, PublicAddress address)
{
    private const string Channel = "web";

    /// <summary>The widget, when this page may show it.</summary>
    /// <exception cref="Problem">403 origin_not_allowed; 404.</exception>
    public async Task<ConnectedAccount> WidgetAsync(HttpContext http, string key)
    {
        var account = await accounts.ByHookAsync(Channel, key, http.RequestAborted);
        if (account is not { Row.State: not AccountState.Disabled }) throw Problem.NotFound();
        var origin = Origin(http.Request);
        if (!AllowedOrigins.Allow(account.Settings["allowed_origins"], origin))
            throw new Problem(
                403, "origin_not_allowed", origin.Length == 0 ? "The request names no page that it comes from." : $"{origin} may not show this widget.",
                "Add the site to the widget's allowed sites under Channels.");
        AllowPage(http, origin);
        return account;
    }

    /// <summary>The visitor of the token, when this page may show the widget.</summary>
    /// <exception cref="Problem">401 visitor_unknown; 403; 404; 429.</exception>
    public async Task<Visitor> VisitorAsync(HttpContext http, string key, Action<WidgetLimits, HttpContext, Visitor> limit)
    {
        var account = await WidgetAsync(http, key);
        var visitor = tokens.Open(account, TokenOf(http.Request))
            ?? throw new Problem(401, "visitor_unknown", "The visitor's token is missing, too old, or another widget's.", "Open a session anew.");
        limit(limits, http, visitor);
        return visitor;
    }

    /// <summary>Answers what browsers ask before they send. Whether the page may is decided by the request itself.</summary>
    public static void AnswerPreflight(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.AccessControlAllowOrigin = http.Request.Headers.Origin;
        headers.AccessControlAllowMethods = "GET, POST";
        headers.AccessControlAllowHeaders = "authorization, content-type";
        headers.AccessControlMaxAge = "7200";
        headers.Vary = "Origin";
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Set late: an error's answer starts from empty headers, and pages must be able to read errors too.</summary>
    private static void AllowPage(HttpContext http, string origin) => http.Response.OnStarting(() =>
    {
        http.Response.Headers.AccessControlAllowOrigin = origin;
        http.Response.Headers.Append("Vary", "Origin");
        http.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    });

    /// <summary>Browsers leave Origin out when a page reads from its own server, and say so in a header that no page can set.</summary>
    private string Origin(HttpRequest request) =>
        request.Headers.Origin.ToString() is { Length: > 0 } origin ? origin
        : request.Headers["Sec-Fetch-Site"] == "same-origin" ? address.Origin : "";

    private static string? TokenOf(HttpRequest request)
    {
        const string bearer = "Bearer ";
        var given = request.Headers.Authorization.ToString();
        return given.StartsWith(bearer, StringComparison.OrdinalIgnoreCase) ? given[bearer.Length..] : null;
    }
}
