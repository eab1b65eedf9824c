using ChatOperator.Channels.Contract;
using Xunit;

namespace ChatOperator.Channels.Tests;

/// <summary>What a channel must hold whose network is this product itself: the outbox's record is the delivery.</summary>
public abstract class OwnNetworkContract : ReadingContract
{
    private static readonly HttpClient NoLine = new(new Unplugged());

    [Fact]
    public async Task A_send_needs_no_line_and_is_accepted_under_our_own_id()
    {
        Assert.True(Channel.Info.Capabilities.ReturnsDeliveryId);
        IEnumerable<Content> contents = [Text.Content, .. Channel.Info.Capabilities.Media.Select(limit =>
            new MediaContent(limit.Kind, null, "https://files.example/1", limit.MimeTypes[0], limit.MaxCaption > 0 ? "words" : null))];
        foreach (var content in contents)
        {
            var accepted = Assert.IsType<Accepted>(await SendAsync(Text with { Content = content }));
            Assert.Equal(Text.DeliveryId, accepted.ExternalId);
        }
    }

    [Fact]
    public async Task A_send_that_is_tried_again_is_the_same_message() => Assert.Equal(await SendAsync(Text), await SendAsync(Text));

    [Fact]
    public async Task Giving_up_before_the_record_throws() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(Text, new CancellationToken(canceled: true)));

    [Fact]
    public void No_secret_stays_in_anything_that_is_kept()
    {
        var settings = Nowhere(this);
        var secrets = Channel.Info.Settings.Where(field => field.Kind == SettingKind.Secret).Select(field => settings[field.Name]).ToArray();
        Assert.DoesNotContain("", secrets);
        var request = Request("{}"u8.ToArray(), Sign("{ }"u8.ToArray(), settings));
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, $"{Channel.Verify(request, settings)} {settings}", StringComparison.Ordinal));
    }

    private Task<SendOutcome> SendAsync(OutboundMessage message, CancellationToken cancel = default) =>
        Channel.SendAsync(message, new Connection(Nowhere(this), NoLine), cancel);

    private sealed class Unplugged : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new InvalidOperationException($"A request was written to {request.RequestUri}.");
    }
}
