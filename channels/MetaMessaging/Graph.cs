using System.Net.Http.Headers;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.MetaMessaging;

/// <summary>Where and how a network's Graph API is spoken to for one account.</summary>
/// <param name="BaseUrl">Used when the account names none.</param>
/// <param name="Errors">What its errors mean.</param>
/// <param name="Words">What they mean to people.</param>
/// <param name="SecretNames">Settings whose values must never appear in anything kept.</param>
internal sealed record Graph(
    Func<ChannelSettings, string> BaseUrl, ErrorTable Errors, IReadOnlyDictionary<string, FailureWords> Words, IReadOnlyList<string> SecretNames)
{
    public const string DefaultVersion = "v25.0";

    private static readonly MediaTypeHeaderValue JsonType = new("application/json");

    /// <summary>Where a base URL leads that is none: to no host, so that sends fail as unreachable instead of throwing (RFC 2606).</summary>
    private static readonly Uri Nowhere = new("https://base-url.invalid/");

    /// <summary>An address of the API, e.g. <c>https://graph.facebook.com/v25.0/1060/messages</c>.</summary>
    public Uri At(ChannelSettings settings, string path, bool versioned = true)
    {
        var version = versioned ? "/" + settings.Or("graph_version", DefaultVersion) : "";
        var address = $"{settings.Or("base_url", BaseUrl(settings)).TrimEnd('/')}{version}/{path}";
        return Uri.TryCreate(address, UriKind.Absolute, out var graph) && graph is { Scheme: "https" or "http" } ? graph : Nowhere;
    }

    public Task<Exchange.Answer> GetAsync(Connection connection, string path, CancellationToken cancel) =>
        AskAsync(connection, new HttpRequestMessage(HttpMethod.Get, At(connection.Settings, path)), cancel);

    public Task<Exchange.Answer> PostAsync(Connection connection, string path, byte[] body, CancellationToken cancel) => AskAsync(
        connection,
        new HttpRequestMessage(HttpMethod.Post, At(connection.Settings, path)) { Content = new ByteArrayContent(body) { Headers = { ContentType = JsonType } } },
        cancel);

    /// <summary>One request with the account's token.</summary>
    public async Task<Exchange.Answer> AskAsync(Connection connection, HttpRequestMessage request, CancellationToken cancel)
    {
        using (request)
        {
            // Not the typed header: it throws for a token that cannot stand in one. Without it the network says that the token is bad.
            // Pasted tokens often end in a line break, which no header may carry.
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {connection.Settings["access_token"].Trim()}");
            return await Exchange.AskAsync(connection.Http, request, SecretNames.Select(name => connection.Settings[name].Trim()), cancel);
        }
    }

    /// <summary>Hands one message over, once.</summary>
    /// <param name="node">Whose messages: the page's or the account's id.</param>
    /// <param name="tagged">Whether it says that a person writes beyond the ordinary window.</param>
    /// <param name="nameless">What to call it when the network gives it no id, as it does with reactions; null: it must have one.</param>
    public async Task<SendOutcome> SendAsync(
        Connection connection, string node, byte[] body, bool tagged, CancellationToken cancel, string? nameless = null)
    {
        var answer = await PostAsync(connection, $"{Uri.EscapeDataString(node)}/messages", body, cancel);
        if (answer.LostTo is not null) return new Refused(answer.LostTo, null);
        using var json = answer.Json();
        if (!answer.IsSuccess) return new Refused(OfTag(FailureOf(answer, json), tagged), answer.Raw);
        return (json.Root.Id("message_id"u8) ?? nameless) is { } id ? new Accepted(id, answer.Raw) : new Refused(TransportFailures.Unreadable, answer.Raw);
    }

    /// <summary>An app that Meta has not approved may do everything but this: nothing is wrong with the account.</summary>
    private static SendFailure OfTag(SendFailure failure, bool tagged) =>
        tagged && failure.Code == "permission_missing" ? failure with { Code = "human_agent_not_approved", Reaction = FailureReaction.Stop } : failure;

    /// <summary>Typing and read marks: what people see of us besides messages.</summary>
    public async Task<bool> ActAsync(Connection connection, string node, string address, string action, CancellationToken cancel) =>
        (await PostAsync(connection, $"{Uri.EscapeDataString(node)}/messages", MessageWriter.Action(address, action), cancel)).IsSuccess;

    public SendFailure FailureOf(Exchange.Answer answer, JsonBody json) => answer.LostTo ?? Errors.FailureOf(answer, json.Root.Get("error"u8));

    /// <summary>The report of a connection that does not work.</summary>
    public ConnectionReport Report(SendFailure failure)
    {
        var words = Words[failure.Code];
        return new ConnectionReport(
            false,
            failure.NetworkMessage is { } said ? new($"{words.Message.En} ({said})", $"{words.Message.Es} ({said})") : words.Message, words.NextStep);
    }
}
