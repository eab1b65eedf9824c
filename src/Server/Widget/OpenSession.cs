using System.Security.Cryptography;
using System.Text;
using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Db;
using ChatOperator.Hosting;

namespace ChatOperator.Widget;

/// <summary>A browser's wish to be somebody.</summary>
/// <param name="Token">What the last session gave it; null or one that no longer opens: a new visitor.</param>
/// <param name="Identity">Whom the page says is signed in; null: nobody. A token of a known person is given up then.</param>
/// <param name="Language">The page's, for the name of a stranger.</param>
public sealed record SessionRequest(string? Token = null, VisitorIdentity? Identity = null, string? Language = null);

/// <summary>A person the business vouches for.</summary>
/// <param name="Id">The business's own id of the person, up to 120 characters.</param>
/// <param name="Hash">Hexadecimal HMAC-SHA256 of the id under the widget's identity secret, made on the business's server.</param>
/// <param name="Name">What operators see; shown, never looked up by.</param>
public sealed record VisitorIdentity(string Id, string Hash, string? Name = null);

/// <summary>A visitor's session.</summary>
/// <param name="Token">For the header Authorization: Bearer, and for the next session.</param>
/// <param name="Visitor">Tells one visitor of a browser from the next; opens nothing.</param>
/// <param name="Conversation">Whether there is something to read.</param>
public sealed record SessionView(string Token, string Visitor, bool Identified, bool Conversation, WidgetView Widget);

/// <summary>How the widget looks and what it takes.</summary>
public sealed record WidgetView(
    string Title, string Greeting, string Color, string Theme, string Language, string Position, int MaxText, IReadOnlyList<WidgetFile> Files);

/// <summary>A kind of file that visitors may send.</summary>
public sealed record WidgetFile(string Kind, IReadOnlyList<string> MimeTypes, long MaxBytes);

/// <summary>Opens a session: the same visitor again, a person the business vouches for, or somebody new.</summary>
internal sealed class OpenSession(WidgetGate gate, WidgetLimits limits, VisitorTokens tokens, Databases databases)
{
    private const int MaxId = 120, MaxName = 200;

    /// <exception cref="Problem">400; 403 origin_not_allowed, identity_wrong; 404; 429.</exception>
    public async Task<SessionView> RunAsync(HttpContext http, string key, SessionRequest request, CancellationToken cancel)
    {
        limits.Session(http);
        var account = await gate.WidgetAsync(http, key);
        var visitor = Who(account, request);
        await using var db = databases.For(account.TenantId);
        var conversation = await db.ConversationOfAsync(visitor, cancel);
        return new SessionView(tokens.Seal(visitor), visitor.Browser[..12], visitor.User is not null, conversation is not null, View(account));
    }

    private Visitor Who(ConnectedAccount account, SessionRequest request)
    {
        var known = tokens.Open(account, request.Token);
        if (request.Identity is { } identity)
        {
            Check(account, identity);
            // One browser, another person: what the first wrote in it is not the second's.
            var browser = known is { User: null } || known?.User == identity.Id ? known.Browser : Draw();
            var name = identity.Name is { Length: > 0 } given ? given : known?.User == identity.Id ? known.Name : identity.Id;
            return new Visitor(account, browser, identity.Id, Cut(name));
        }
        if (known is { User: null }) return known;
        var drawn = Draw();
        var stranger = request.Language?.StartsWith("es", StringComparison.OrdinalIgnoreCase) == true ? "Visitante" : "Visitor";
        return new Visitor(account, drawn, null, $"{stranger} {drawn[..4].ToUpperInvariant()}");
    }

    private static void Check(ConnectedAccount account, VisitorIdentity identity)
    {
        if (identity.Id.Length is 0 or > MaxId || identity.Id.Any(char.IsControl)) throw Problem.Invalid($"identity.id: 1 to {MaxId} characters of one line.");
        var secret = account.Settings["identity_secret"];
        var right = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(identity.Id));
        var given = new byte[right.Length];
        var readable = Convert.FromHexString(identity.Hash, given, out _, out var written) == System.Buffers.OperationStatus.Done && written == right.Length;
        if (secret.Length > 0 && readable && CryptographicOperations.FixedTimeEquals(right, given)) return;
        throw new Problem(
            403, "identity_wrong", secret.Length == 0 ? "This widget has no identity secret." : "The hash does not prove this id.",
            "On your server, make the hexadecimal HMAC-SHA256 of the id under the widget's identity secret.");
    }

    private static string Draw() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private static string Cut(string name) => name.Length <= MaxName ? name : name[..(char.IsHighSurrogate(name[MaxName - 1]) ? MaxName - 1 : MaxName)];

    private static WidgetView View(ConnectedAccount account)
    {
        var (settings, info) = (account.Settings, account.Channel.Info);
        string Or(string name) => settings.Or(name, info.Settings.Single(f => f.Name == name).Default ?? "");
        return new WidgetView(
            settings.Or("title", account.Row.Name), settings["greeting"], Or("color"), Or("theme"), Or("language"), Or("position"),
            info.Capabilities.MaxText, Or("attachments") == "true" ? [.. info.Capabilities.Media.Select(FileOf)] : []);
    }

    private static WidgetFile FileOf(MediaLimit limit) => new(limit.Kind, limit.MimeTypes, limit.MaxBytes);
}
