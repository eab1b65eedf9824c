using System.Text.Json;
using ChatOperator.Channels.Contract;
using Xunit;

namespace ChatOperator.Channels.Tests;

/// <summary>
/// What every channel must hold that sends over a line. A channel's own tests inherit this and say only what is particular:
/// how the network signs, what its answers look like, and how its sandbox account is set up.
/// </summary>
public abstract class ChannelContract : ReadingContract
{
    /// <summary>Far beyond what any of these sends takes, even on a machine with better things to do.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>The network's answer to a send that it takes.</summary>
    protected abstract string AcceptedBody { get; }

    /// <summary>The network's ways to ask for less speed.</summary>
    protected abstract IReadOnlyList<SlowDown> SlowDowns { get; }

    /// <summary>An answer, and what it must be understood as. <paramref name="Wait"/> is what the answer asks for, if it does.</summary>
    protected sealed record SlowDown(int Status, string Headers, string Body, string Code, TimeSpan? Wait);

    [Fact]
    public async Task An_accepted_send_gives_the_networks_id()
    {
        await using var network = StubNetwork.Answering(200, AcceptedBody);
        Assert.NotEmpty(Assert.IsType<Accepted>(await SendAsync(network.Address)).ExternalId);
    }

    [Fact]
    public async Task A_timeout_is_uncertain()
    {
        await using var network = StubNetwork.Silent();
        using var http = Http();
        using var deadline = new CancellationTokenSource();
        var sending = Channel.SendAsync(Text, new Connection(SettingsAt(network.Address), http), deadline.Token);
        await network.Heard.WaitAsync(Deadline, TimeProvider.System);
        await deadline.CancelAsync();
        AssertUncertain("timeout", await sending);
        Assert.Equal(1, network.Requests);
    }

    [Fact]
    public async Task A_cut_connection_is_uncertain_and_the_request_is_not_repeated()
    {
        await using var network = StubNetwork.Cutting();
        AssertUncertain("connection_lost", await SendAsync(network.Address));
        Assert.Equal(1, network.Requests);
    }

    [Fact]
    public async Task A_cut_of_a_reused_connection_is_uncertain_and_the_request_is_not_repeated()
    {
        await using var network = StubNetwork.CuttingTheSecond(AcceptedBody);
        using var http = Http();
        Assert.IsType<Accepted>(await SendAsync(network.Address, http));
        AssertUncertain("connection_lost", await SendAsync(network.Address, http));
        Assert.Equal(2, network.Requests);
    }

    [Fact]
    public async Task A_cut_answer_is_uncertain()
    {
        await using var network = StubNetwork.CuttingTheAnswer();
        AssertUncertain("connection_lost", await SendAsync(network.Address));
    }

    [Fact]
    public async Task A_server_error_that_the_network_did_not_write_is_uncertain()
    {
        await using var network = StubNetwork.Answering(502, "<html>Bad gateway</html>");
        AssertUncertain("network_error_without_body", await SendAsync(network.Address));
    }

    [Fact]
    public async Task A_success_that_names_no_message_is_uncertain()
    {
        await using var network = StubNetwork.Answering(200, "<html>Welcome to the hotel's wireless network</html>");
        Assert.False(Assert.IsType<Refused>(await SendAsync(network.Address)).Failure.Certain);
    }

    [Fact]
    public async Task A_network_that_cannot_be_reached_has_certainly_nothing()
    {
        Uri gone;
        await using (var network = StubNetwork.Silent()) gone = network.Address;
        foreach (var address in new[] { gone, new Uri("http://no-such-host.invalid") })
        {
            using var http = Http();
            http.Timeout = Deadline;
            var failure = Assert.IsType<Refused>(
                await Channel.SendAsync(Text, new Connection(SettingsAt(address), http), CancellationToken.None)).Failure;
            Assert.Equal(("network_unreachable", true, true), (failure.Code, failure.Certain, failure.Retriable));
        }
    }

    [Fact]
    public async Task Giving_up_before_the_request_is_written_throws()
    {
        await using var network = StubNetwork.Answering(200, AcceptedBody);
        using var http = Http();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Channel.SendAsync(Text, new Connection(SettingsAt(network.Address), http), new CancellationToken(canceled: true)));
        Assert.Equal(0, network.Requests);
    }

    [Fact]
    public async Task A_wish_for_less_speed_is_retriable_with_its_delay()
    {
        Assert.NotEmpty(SlowDowns);
        Assert.All(SlowDowns, slow => Assert.Contains(slow.Code, Channel.Info.Failures.Keys));
        foreach (var slow in SlowDowns)
        {
            await using var network = StubNetwork.Answering(slow.Status, slow.Body, slow.Headers);
            var failure = Assert.IsType<Refused>(await SendAsync(network.Address)).Failure;
            Assert.Equal((slow.Code, true, true, slow.Wait), (failure.Code, failure.Retriable, failure.Certain, failure.RetryAfter));
        }
    }

    [Fact]
    public async Task No_secret_stays_in_anything_that_is_kept()
    {
        var secrets = Channel.Info.Settings.Where(field => field.Kind == SettingKind.Secret).Select(field => Nowhere(this)[field.Name]).ToArray();
        Assert.DoesNotContain("", secrets);
        var gossip = JsonSerializer.Serialize(new { error = new { code = 190, message = "Malformed: " + string.Join(' ', secrets) } });
        foreach (var status in new[] { 200, 400, 401, 500 })
        {
            await using var network = StubNetwork.Answering(status, gossip);
            var outcome = await SendAsync(network.Address);
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, $"{outcome} {outcome.Raw}", StringComparison.Ordinal));
        }

        var request = Request("{}"u8.ToArray(), Sign("{ }"u8.ToArray(), Nowhere(this)));
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, $"{Channel.Verify(request, Nowhere(this))} {Nowhere(this)}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_answer_is_kept_short()
    {
        await using var network = StubNetwork.Answering(400, new string('x', 300_000));
        Assert.InRange((await SendAsync(network.Address)).Raw!.Length, 1, 8 * 1024);
    }

    /// <summary>A client as the server would give it: no retries, no redirects.</summary>
    protected static HttpClient Http() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };

    private async Task<SendOutcome> SendAsync(Uri network, HttpClient? shared = null)
    {
        using var own = Http();
        using var deadline = new CancellationTokenSource(Deadline, TimeProvider.System);
        return await Channel.SendAsync(Text, new Connection(SettingsAt(network), shared ?? own), deadline.Token);
    }

    private static void AssertUncertain(string code, SendOutcome outcome)
    {
        var failure = Assert.IsType<Refused>(outcome).Failure;
        Assert.Equal((code, false), (failure.Code, failure.Certain));
    }
}
