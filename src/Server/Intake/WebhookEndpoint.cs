using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Hosting;
using ChatOperator.Intake.Kept;
using ChatOperator.Outbox;
using Microsoft.AspNetCore.Http.Features;

namespace ChatOperator.Intake;

/// <summary>
/// <c>/webhooks/{channel}/{hook}</c>. Answers: 200 after the commit whatever the verdicts (networks unsubscribe those who keep failing),
/// 401 missing or bad signature, 403 bad verify token, 404 unknown hook, 413 over the limit, 503 with Retry-After when the queue is full.
/// </summary>
internal sealed class WebhookEndpoint(
    AccountDirectory accounts, Routing routing, IntakeQueue queue, Listening listening, Settings settings, TimeProvider time, ILogger<WebhookEndpoint> log)
{
    public async Task ShakeHandsAsync(HttpContext http, string channel, string hook)
    {
        try { await AnswerHandshakeAsync(http, channel, hook); }
        catch (Exception e) when (StoreErrors.AreOutages(e)) { await RefuseForNowAsync(http, channel); }
    }

    public async Task ReceiveAsync(HttpContext http, string channel, string hook)
    {
        try { await TakeAsync(http, channel, hook); }
        // The accounts could not be read, or the commit was impossible. Networks repeat what is answered so.
        catch (Exception e) when (e is IntakeUnavailableException || StoreErrors.AreOutages(e))
        {
            listening.Lost("webhooks could not be stored");
            await RefuseForNowAsync(http, channel);
        }
    }

    private async Task AnswerHandshakeAsync(HttpContext http, string channel, string hook)
    {
        if (await accounts.ByHookAsync(channel, hook, http.RequestAborted) is not { } account)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        switch (account.Channel.Verify(Request(http, []), account.Settings))
        {
            case Handshake shake:
                http.Response.ContentType = "text/plain";
                await http.Response.WriteAsync(shake.Body, http.RequestAborted);
                break;
            default:
                Refuse(http, channel, StatusCodes.Status403Forbidden, "handshake");
                break;
        }
    }

    private async Task TakeAsync(HttpContext http, string channel, string hook)
    {
        var cancel = http.RequestAborted;
        if (await accounts.ByHookAsync(channel, hook, cancel) is not { } account)
        {
            Refuse(http, channel, StatusCodes.Status404NotFound, "unknown_hook");
            return;
        }
        // Checked before a byte is read: under overload the answer is cheap.
        if (!queue.HasRoom)
        {
            await RefuseForNowAsync(http, channel);
            return;
        }
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        using var lease = queue.Bytes.Open();
        var (body, tooLarge) = await WebhookBody.ReadAsync(http.Request, settings.Intake.MaxBody, lease, cancel);
        if (body is null)
        {
            CloseAfterwards(http.Response);
            if (tooLarge) Refuse(http, channel, StatusCodes.Status413PayloadTooLarge, "too_large");
            else await RefuseForNowAsync(http, channel);
            return;
        }
        var request = Request(http, body);
        if (account.Channel.Verify(request, account.Settings) is not Verified)
        {
            Refuse(http, channel, StatusCodes.Status401Unauthorized, "signature");
            return;
        }
        await StoreAsync(http, channel, account, request, body);
    }

    private async Task StoreAsync(HttpContext http, string channel, ConnectedAccount account, WebhookRequest request, byte[] body)
    {
        var id = time.NewId();
        using var scope = Correlation.Begin(log, "intake.receipt", id);
        Correlation.Tag(id);
        var items = await routing.RouteAsync(account.Channel.Read(body), account, request, http.RequestAborted);
        var arrival = new Arrival(id, request.Now, account, body, items)
        {
            Signature = Array.Exists(items, static i => i.Account is null) ? KeptSignature.Of(account, request) : null,
        };
        if (!queue.TryEnqueue(arrival))
        {
            await RefuseForNowAsync(http, channel);
            return;
        }
        await arrival.Stored;
        if (log.IsEnabled(LogLevel.Debug)) log.LogDebug("Receipt {Receipt} of {Channel} is stored.", id, channel);
    }

    private WebhookRequest Request(HttpContext http, byte[] body)
    {
        var (headers, query) = (http.Request.Headers, http.Request.Query);
        return new WebhookRequest(
            http.Request.Method,
            name => headers.TryGetValue(name, out var value) ? (string?)value : null,
            name => query.TryGetValue(name, out var value) ? (string?)value : null,
            body, time.Now());
    }

    private static Task RefuseForNowAsync(HttpContext http, string channel)
    {
        IntakeMetrics.Refused(Known(channel), "overload");
        return ProblemAnswers.WriteAsync(http, new Problem(503, "unavailable", "The server cannot take this at the moment.", "Send it again shortly.")
        {
            RetryAfter = TimeSpan.FromSeconds(5),
        });
    }

    private static void Refuse(HttpContext http, string channel, int status, string why)
    {
        IntakeMetrics.Refused(Known(channel), why);
        http.Response.StatusCode = status;
    }

    /// <summary>Anybody may ask for any address: only names of channels become labels of counters.</summary>
    private static string? Known(string channel) => Channels.All.Channels.FirstOrDefault(c => c.Info.Key == channel)?.Info.Key;

    /// <summary>The rest of the body is not read: the connection ends with the answer. Set late, since an error's answer starts from empty headers.</summary>
    private static void CloseAfterwards(HttpResponse answer) => answer.OnStarting(static response =>
    {
        ((HttpResponse)response).Headers.Connection = "close";
        return Task.CompletedTask;
    }, answer);
}
