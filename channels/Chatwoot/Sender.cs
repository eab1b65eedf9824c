using System.Net.Http.Headers;
using ChatOperator.Channels.Contract;
using ChatOperator.Channels.Wire;

namespace ChatOperator.Channels.Chatwoot;

/// <summary>Speaks to Chatwoot's application API for one account.</summary>
internal static class Sender
{
    private static readonly MediaTypeHeaderValue JsonType = new("application/json");

    public static Task<SendOutcome> SendAsync(OutboundMessage message, Connection connection, CancellationToken cancel) => message.Content switch
    {
        TextContent text => PostMessageAsync(
            message, connection, new ByteArrayContent(Writer.Write(message, text.Body)) { Headers = { ContentType = JsonType } }, cancel),
        MediaContent { Url: not null } file => SendLinkAsync(message, file, connection, cancel),
        var other => Task.FromResult<SendOutcome>(new Refused(
            new SendFailure("invalid_message", FailureReaction.Stop, NetworkMessage: $"Chatwoot has no form for this {other.Type}."), null)),
    };

    /// <summary>Something done to a conversation. False when Chatwoot refused.</summary>
    public static async Task<bool> TouchAsync(string conversation, string verb, string body, Connection connection, CancellationToken cancel) =>
        (await AskAsync(
            connection, HttpMethod.Post, connection.Settings.Conversation(conversation, verb), new StringContent(body, JsonType), cancel)).IsSuccess;

    public static Task<Exchange.Answer> GetAsync(string path, Connection connection, CancellationToken cancel) =>
        AskAsync(connection, HttpMethod.Get, connection.Settings.Api(path), null, cancel);

    /// <summary>A file of our own: Chatwoot takes its bytes with the message.</summary>
    public static async Task<SendOutcome> SendFileAsync(OutboundMessage message, MediaUpload file, Connection connection, CancellationToken cancel)
    {
        using var form = Uploading.Form(file, "attachments[]", [.. Writer.Fields(message, ((MediaContent)message.Content).Caption)]);
        return await PostMessageAsync(message, connection, form, cancel);
    }

    /// <summary>A file that is elsewhere: Chatwoot fetches nothing, so its bytes are passed on as they come.</summary>
    private static async Task<SendOutcome> SendLinkAsync(OutboundMessage message, MediaContent file, Connection connection, CancellationToken cancel)
    {
        if (!Uri.TryCreate(file.Url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            return new Refused(new SendFailure("media_rejected", FailureReaction.Stop, NetworkMessage: "The file has no address."), null);
        }

        var opened = await Download.OpenAsync(connection.Http, address, "The file's host", null, cancel);
        if (opened is not OpenedMedia bytes)
        {
            var closed = (ClosedMedia)opened;
            var reaction = closed.Retriable ? FailureReaction.Retry : FailureReaction.Stop;
            return new Refused(new SendFailure("media_rejected", reaction, NetworkMessage: closed.Why), null);
        }

        using (bytes)
        {
            using var form = new MultipartFormDataContent();
            foreach (var (name, value) in Writer.Fields(message, file.Caption)) form.Add(new StringContent(value), name);
            var part = new StreamContent(bytes.Bytes);
            part.Headers.ContentType = MediaTypeHeaderValue.TryParse(file.MimeType ?? bytes.MimeType, out var type) ? type : new("application/octet-stream");
            form.Add(part, "attachments[]", file.FileName ?? FileNames.Of(file.Url!) ?? file.Kind);
            return await PostMessageAsync(message, connection, form, cancel);
        }
    }

    private static async Task<SendOutcome> PostMessageAsync(
        OutboundMessage message, Connection connection, HttpContent content, CancellationToken cancel)
    {
        var answer = await AskAsync(connection, HttpMethod.Post, connection.Settings.Conversation(message.To, "messages"), content, cancel);
        if (answer.LostTo is not null) return new Refused(answer.LostTo, null);
        using var json = answer.Json();
        if (!answer.IsSuccess) return new Refused(await NarrowAsync(Errors.FailureOf(answer, json.Root), connection, cancel), answer.Raw);
        return json.Root.Id("id"u8) is { } id ? new Accepted(id, answer.Raw) : new Refused(TransportFailures.Unreadable, answer.Raw);
    }

    /// <summary>
    /// Chatwoot denies a single conversation with the words by which it denies an account. Only if it denies what any token of the account may
    /// ask, the account is at fault.
    /// </summary>
    private static async Task<SendFailure> NarrowAsync(SendFailure denied, Connection connection, CancellationToken cancel)
    {
        if (denied.Reaction != FailureReaction.PauseAccount) return denied;
        try
        {
            var answer = await GetAsync("inboxes", connection, cancel);
            if (answer.IsSuccess || Errors.IsForBots(answer)) return denied with { Code = "conversation_forbidden", Reaction = FailureReaction.Stop };
            return answer.LostTo is null && (int)answer.Status is 401 or 403 ? denied : denied with { Reaction = FailureReaction.Retry };
        }
        catch (OperationCanceledException)
        {
            return denied with { Reaction = FailureReaction.Retry };
        }
    }

    private static async Task<Exchange.Answer> AskAsync(
        Connection connection, HttpMethod method, Uri address, HttpContent? content, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.TryAddWithoutValidation("api_access_token", connection.Settings.AccessToken());
        return await Exchange.AskAsync(connection.Http, request, connection.Settings.Secrets(), cancel);
    }
}
