using System.Text;
using ChatOperator.Channels.Contract;
using Xunit;

namespace ChatOperator.Channels.Tests;

/// <summary>What every channel must hold, whatever its network: how it reads, what it believes, and how it describes itself.</summary>
public abstract class ReadingContract
{
    protected abstract IChannel Channel { get; }

    /// <summary>The channel's folder under <c>channels/</c>.</summary>
    protected abstract string Folder { get; }

    /// <summary>Settings of an account whose network is at this address, with distinct values for all secrets.</summary>
    protected abstract ChannelSettings SettingsAt(Uri network);

    /// <summary>The headers under which the network sends this body.</summary>
    protected abstract IReadOnlyDictionary<string, string> Sign(byte[] body, ChannelSettings settings);

    /// <summary>A text message as the channel would be asked to send it.</summary>
    protected abstract OutboundMessage Text { get; }

    private protected static ChannelSettings Nowhere(ReadingContract of) => of.SettingsAt(new Uri("http://127.0.0.1:9"));

    [Fact]
    public void Every_fixture_means_what_is_written_beside_it()
    {
        var wrong = new List<string>();
        foreach (var fixture in Fixture.Of(Folder))
        {
            var events = Snapshot.Of(Channel.Read(fixture.Body));
            if (Snapshot.Recording) File.WriteAllText(fixture.ExpectationPath, events);
            else if (!File.Exists(fixture.ExpectationPath)) wrong.Add($"{fixture.Name}: nothing is written beside it");
            else if (File.ReadAllText(fixture.ExpectationPath) is var expected && expected != events)
                wrong.Add($"{fixture.Name}:\n{events}\ninstead of\n{expected}");
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void Every_fixture_reads_the_same_twice()
    {
        Assert.NotEmpty(Fixture.Of(Folder));
        Assert.All(Fixture.Of(Folder), fixture => Assert.Equal(Channel.Read(fixture.Body), Channel.Read(fixture.Body)));
    }

    [Fact]
    public void Every_fixture_gives_identities_and_addresses_that_can_be_kept()
    {
        foreach (var person in Fixture.Of(Folder).SelectMany(fixture => Channel.Read(fixture.Body)).SelectMany(People))
        {
            Assert.NotEmpty(person.Identities);
            Assert.NotEmpty(person.Address);
            Assert.All(person.Identities, identity => Assert.Matches("^[a-z]+:.+$", identity.Key));
            Assert.All(person.Identities, identity => Assert.InRange(identity.Key.Length, 3, 200));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"object\":")]
    [InlineData("{\"object\":\"something_else\",\"entry\":[]}")]
    [InlineData("\u0000\u0001\u0002")]
    public void Garbage_is_anomalous(string garbage) =>
        Assert.All(Channel.Read(Encoding.UTF8.GetBytes(garbage)), found => Assert.IsType<Anomalous>(found));

    [Fact]
    public void Garbage_is_never_silent()
    {
        Assert.NotEmpty(Channel.Read("garbage"u8.ToArray()));
        Assert.NotEmpty(Channel.Read(new byte[] { 0xff, 0xfe, 0x00 }));
    }

    [Fact]
    public void What_the_network_signed_is_verified()
    {
        var settings = Nowhere(this);
        foreach (var fixture in Fixture.Of(Folder))
        {
            var body = fixture.Body;
            Assert.IsType<Verified>(Channel.Verify(Request(body, Sign(body, settings)), settings));
        }
    }

    [Fact]
    public void Unsigned_bytes_are_rejected() =>
        Assert.IsType<Rejected>(Channel.Verify(Request("{}"u8.ToArray(), new Dictionary<string, string>()), Nowhere(this)));

    [Fact]
    public void An_account_without_secrets_rejects_everything()
    {
        var bare = new ChannelSettings([]);
        Assert.IsType<Rejected>(Channel.Verify(Request("{}"u8.ToArray(), Sign("{}"u8.ToArray(), bare)), bare));
    }

    [Fact]
    public void One_flipped_byte_is_rejected()
    {
        var settings = Nowhere(this);
        var body = Fixture.Of(Folder)[0].Body;
        var headers = Sign(body, settings);
        for (var i = 0; i < body.Length; i += 7)
        {
            var flipped = body.ToArray();
            flipped[i] ^= 1;
            Assert.IsType<Rejected>(Channel.Verify(Request(flipped, headers), settings));
        }
    }

    [Fact]
    public void Its_description_is_complete()
    {
        var info = Channel.Info;
        Assert.Matches("^[a-z_]+$", info.Key);
        Assert.Contains(info.Settings, field => field.Name == info.RouteSetting);
        if (info.OwnerSetting is not null) Assert.Contains(info.Settings, field => field.Name == info.OwnerSetting);
        Assert.Equal(info.Settings.Count, info.Settings.Select(field => field.Name).Distinct().Count());
        Assert.All(info.Settings, field => Assert.Matches("^[a-z_]+$", field.Name));
        Assert.All(
            info.Failures.Values.SelectMany(words => new[] { words.Message.En, words.Message.Es, words.NextStep.En, words.NextStep.Es }),
            words => Assert.NotEmpty(words));
        Assert.All(["timeout", "connection_lost", "network_unreachable", "unknown_failure"], code => Assert.Contains(code, info.Failures.Keys));
    }

    /// <summary>Whoever an event speaks of.</summary>
    internal static IEnumerable<Person> People(ChannelEvent found) => found switch
    {
        MessageReceived received => [received.From],
        MessageEchoed echoed => [echoed.To],
        ReactionChanged reaction => [reaction.From],
        ContactChanged { Now: { } now } changed => [changed.Person, now],
        ContactChanged changed => [changed.Person],
        HandlingChanged changed => [changed.With],
        ContactTyping typing => [typing.From],
        _ => [],
    };

    protected static WebhookRequest Request(byte[] body, IReadOnlyDictionary<string, string> headers) =>
        new("POST", name => headers.GetValueOrDefault(name), _ => null, body, TimeProvider.System.GetUtcNow());
}
