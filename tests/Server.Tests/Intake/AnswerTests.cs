using System.Net;
using System.Net.Sockets;
using System.Text;
using ChatOperator.Harness;
using ChatOperator.Intake;
using Xunit;
using static ChatOperator.Harness.WhatsAppWebhook;

namespace ChatOperator.Server.Tests.Intake;

/// <summary>What a network is answered.</summary>
public abstract class AnswerTests(SharedServer shared) : IntakeTest(shared)
{
    [Fact]
    public async Task Unsigned_and_changed_bytes_are_refused_and_counted()
    {
        var (tenant, account) = await ConnectAsync();
        var body = Encoding.UTF8.GetBytes(Text(account, NewPhone(), "wamid.1", "x").ToJsonString());
        using var unsigned = await account.WebhookAsync(body, "");
        Assert.Equal(HttpStatusCode.Unauthorized, unsigned.StatusCode);
        using var foreign = await account.WebhookAsync(body, "another secret");
        Assert.Equal(HttpStatusCode.Unauthorized, foreign.StatusCode);
        var signature = TestAccount.Sign(body, account["app_secret"]);
        body[^3] ^= 1;
        using var flipped = await PostAsync(account, new ByteArrayContent(body), signature);
        Assert.Equal(HttpStatusCode.Unauthorized, flipped.StatusCode);

        Assert.Empty(await ReceiptsAsync(tenant.Id));
        Assert.Empty(await tenant.SummaryAsync());
    }

    [Fact]
    public async Task A_handshake_is_answered_only_with_the_right_token()
    {
        var (tenant, account) = await ConnectAsync();
        var path = account.WebhookUrl.PathAndQuery + "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=";
        using var right = await tenant.Api.SendAsync(HttpMethod.Get, path + Uri.EscapeDataString(account["verify_token"]));
        Assert.Equal("1158201444", await right.Content.ReadAsStringAsync());
        using var wrong = await tenant.Api.SendAsync(HttpMethod.Get, path + "guess");
        Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
    }

    [Fact]
    public async Task Unknown_hooks_are_404()
    {
        using var post = await Server.Api.SendAsync(HttpMethod.Post, "/webhooks/whatsapp_cloud/nobody", new { });
        Assert.Equal(HttpStatusCode.NotFound, post.StatusCode);
        using var get = await Server.Api.SendAsync(HttpMethod.Get, "/webhooks/whatsapp_cloud/nobody?hub.mode=subscribe");
        Assert.Equal(HttpStatusCode.NotFound, get.StatusCode);
    }

    [Fact]
    public async Task Invented_channels_leave_no_trace_in_the_metrics()
    {
        var invented = $"channel_{Guid.CreateVersion7(Server.Time.GetUtcNow()):N}";
        using var post = await Server.Api.SendAsync(HttpMethod.Post, $"/webhooks/{invented}/nobody", new { });
        Assert.Equal(HttpStatusCode.NotFound, post.StatusCode);
        using var metrics = await Server.Api.SendAsync(HttpMethod.Get, "/metrics");
        var text = await metrics.Content.ReadAsStringAsync();
        Assert.DoesNotContain(invented, text, StringComparison.Ordinal);
        Assert.Contains("chatoperator_webhooks_refused_total{channel=\"unknown\",why=\"unknown_hook\"}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_queue_reads_empty_when_it_is()
    {
        var (_, account) = await ConnectAsync();
        await AcceptedAsync(account, Text(account, NewPhone(), "wamid.1", "x"));
        await Eventually.TrueAsync(async () =>
        {
            using var metrics = await Server.Api.SendAsync(HttpMethod.Get, "/metrics");
            return (await metrics.Content.ReadAsStringAsync()).Contains("\nchatoperator_intake_queue{} 0\n", StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("{\"object\":\"page\",\"entry\":[]}")]
    [InlineData("")]
    [InlineData("[1,2")]
    public async Task Signed_bytes_that_are_not_the_networks_are_kept_as_anomalous(string body)
    {
        var (tenant, account) = await ConnectAsync();
        using var answer = await account.WebhookAsync(Encoding.UTF8.GetBytes(body));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var receipt = Assert.Single(await ReceiptsAsync(tenant.Id));
        Assert.Equal(Verdict.Anomalous, receipt.Verdict);
        Assert.Equal(body, Encoding.UTF8.GetString(Receipts.BodyOf(receipt)));
    }

    [Fact]
    public async Task What_is_refused_is_counted()
    {
        var (_, account) = await ConnectAsync();
        var before = await RefusedAsync();
        using (var unsigned = await Server.Api.Http.PostAsync(account.WebhookUrl, new StringContent("{}"))) Assert.Equal(HttpStatusCode.Unauthorized, unsigned.StatusCode);
        Assert.True(await RefusedAsync() > before);

        async Task<double> RefusedAsync() =>
            (await Server.Api.Http.GetStringAsync("/metrics")).Split('\n')
                .Where(l => l.StartsWith("chatoperator_webhooks_refused_total{channel=\"whatsapp_cloud\",why=\"signature\"}", StringComparison.Ordinal))
                .Sum(l => double.Parse(l.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Too_large_a_body_is_refused_before_it_is_read()
    {
        var (_, account) = await ConnectAsync();
        var (status, sent) = await SendUntilAnsweredAsync(account, "Transfer-Encoding: chunked", 256L << 20);
        Assert.Equal("HTTP/1.1 413 Payload Too Large", status);
        Assert.InRange(sent, 0, 64L << 20);
        // Nothing follows the header: the answer does not wait for it.
        Assert.Equal("HTTP/1.1 413 Payload Too Large", (await SendUntilAnsweredAsync(account, "Content-Length: 3145729", 0)).Status);
    }

    [Fact]
    public async Task A_body_of_just_the_limit_is_taken_chunked_too()
    {
        var (tenant, account) = await ConnectAsync();
        var padded = Text(account, NewPhone(), "wamid.1", "grande").ToJsonString();
        var body = Encoding.UTF8.GetBytes(padded + new string(' ', 3_145_728 - Encoding.UTF8.GetByteCount(padded)));
        using var chunked = new PushedContent(async (stream, cancel) => await stream.WriteAsync(body, cancel));
        using var answer = await PostAsync(account, chunked, TestAccount.Sign(body, account["app_secret"]));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(body, Receipts.BodyOf(Assert.Single(await ReceiptsAsync(tenant.Id))));
    }

    private static Task<HttpResponseMessage> PostAsync(TestAccount account, HttpContent content, string signature) =>
        account.Tenant.Api.SendAsync(HttpMethod.Post, account.WebhookUrl.PathAndQuery, content, ("X-Hub-Signature-256", signature));

    /// <summary>Writes chunks until the server has had enough; a client of its own, because HttpClient prefers its own error to the answer.</summary>
    private static async Task<(string? Status, long Sent)> SendUntilAnsweredAsync(TestAccount account, string framing, long most)
    {
        var address = account.Tenant.Server.Address;
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST {account.WebhookUrl.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\n{framing}\r\n\r\n"));
        var status = reader.ReadLineAsync();
        byte[] chunk = [.. "10000\r\n"u8, .. new byte[0x10000], .. "\r\n"u8];
        var sent = 0L;
        try
        {
            for (; sent < most && !status.IsCompleted; sent += 0x10000) await stream.WriteAsync(chunk);
        }
        catch (IOException)
        {
            // The server has closed its side; its answer is on the way.
        }
        return (await status.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System), sent);
    }

    /// <summary>A body that is made while it is sent.</summary>
    private sealed class PushedContent(Func<Stream, CancellationToken, Task> write) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => write(stream, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) => write(stream, cancellationToken);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}

public sealed class AnswersOnSqlite(OnSqlite shared) : AnswerTests(shared), IClassFixture<OnSqlite>;

public sealed class AnswersOnPostgres(OnPostgres shared) : AnswerTests(shared), IClassFixture<OnPostgres>;
