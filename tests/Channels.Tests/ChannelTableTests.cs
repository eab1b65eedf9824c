using System.Globalization;
using System.Text;
using ChatOperator.Channels.Contract;
using Xunit;

namespace ChatOperator.Channels.Tests;

/// <summary>The page that says what each channel can do is made from the capabilities that the core enforces, so it cannot promise more.</summary>
public sealed class ChannelTableTests
{
    private const string Start = "<!-- made by dev/channels -->", End = "<!-- end -->";

    private static string Page => Path.Combine(House.Root, "docs", "channels.md");

    [Fact]
    public void The_page_says_what_the_channels_can()
    {
        var page = File.ReadAllText(Page);
        var (from, to) = (page.IndexOf(Start, StringComparison.Ordinal) + Start.Length, page.IndexOf(End, StringComparison.Ordinal));
        var table = $"\n{Table()}";
        if (Snapshot.Recording) File.WriteAllText(Page, page[..from] + table + page[to..]);
        else Assert.True(page[from..to] == table, "docs/channels.md is not what the channels say: run dev/channels and commit what it writes.");
    }

    private static string Table()
    {
        var channels = All.Channels;
        var text = new StringBuilder();
        Row("", channel => channel.Info.Name);
        Row("---", _ => "---");
        Row("Key", channel => $"`{channel.Info.Key}`");
        Row("Longest text", channel => $"{Number(Can(channel).MaxText)} {(Can(channel).TextUnit == TextUnit.Utf8Bytes ? "bytes" : "characters")}");
        Row("Free text after the contact wrote", channel => Span(Can(channel).ReplyWindow) ?? "always");
        Row("… by a person", channel => Span(Can(channel).HumanReplyWindow ?? Can(channel).ReplyWindow) ?? "always");
        Row("Templates beyond that", channel => Yes(Can(channel).Templates));
        Row("Quoting", channel => Yes(Can(channel).Replies));
        Row("Uncertain sends settled by our id", channel => Yes(Can(channel).ReturnsDeliveryId));
        Row("Own sends come back", channel => Yes(Can(channel).EchoesOwnSends));
        Row("Receives", channel => string.Join(", ", Read(channel).OfType<MessageReceived>().Select(m => m.Content.Type).Where(t => t != "unsupported").Distinct().Order()));
        Row("… edits, deletions, reactions", channel => string.Join(", ", Changes(channel)) is { Length: > 0 } some ? some : "–");
        Row("… answers given outside", channel => Yes(Read(channel).Any(e => e is MessageEchoed { DeliveryId: null, Origin: not EchoOrigin.Automation })));
        Row("Reports", channel => string.Join(", ", Reports(channel).Select(r => r.Status.ToString().ToLowerInvariant()).Distinct()));
        Row("… about", channel => string.Join(", ", Reports(channel).Select(About).Distinct().Order()));
        Row("Read marks to the contact", channel => Yes(Can(channel).ShowsSigns || channel is IReadReceipts));
        Row("Typing shown to the contact", channel => Yes(Can(channel).ShowsSigns || channel is ITyping));
        Row("Names asked for", channel => Yes(channel is IProfiles));
        Row("Tokens renewed by itself", channel => Yes(channel is ITokenRefresh));
        Row("Connection test", channel => Yes(channel is IConnectionTest));
        Row("Spacing to one person", channel => Can(channel).Spacing == TimeSpan.Zero ? "none" : Span(Can(channel).Spacing)!);
        Row("One person's limit", channel => Can(channel).PairLimit is { } pair ? $"1 in {Span(pair.Refill)}, burst {Number(pair.Burst)}" : "–");
        Row("Sends per second", channel => Can(channel).AccountRate is { } rate ? Number(rate) : "–");
        Row("… while people also use the network's own app", channel => Can(channel).SharedRate is { } rate ? Number(rate) : "–");
        Row("Choices to tap", channel => Can(channel).Choices is { } choices ? $"{Number(choices.Most)}, titles of {Number(choices.MaxTitle)}" : "–");
        Row("Put an emoji on a message", channel => Can(channel).Reactions is { } reactions ? reactions.Emojis.Count == 0 ? "any" : string.Join(' ', reactions.Emojis) : "–");
        Row("Send a place", channel => Yes(Can(channel).Locations));
        Row("Send address-book cards", channel => Yes(Can(channel).ContactCards));
        foreach (var kind in new[] { "image", "video", "audio", "document", "sticker" })
            Row($"Send {kind}", channel => Can(channel).Media.FirstOrDefault(limit => limit.Kind == kind) is { } limit ? Largest(limit) : "–");
        return text.ToString();

        void Row(string title, Func<IChannel, string> cell) =>
            text.Append("| ").Append(title).Append(" | ").AppendJoin(" | ", channels.Select(cell)).Append(" |\n");
    }

    /// <summary>What the fixtures prove: each is a body as the network writes it.</summary>
    private static IEnumerable<ChannelEvent> Read(IChannel channel) => Fixture.Of(FolderOf(channel)).SelectMany(f => channel.Read(f.Body));

    private static string FolderOf(IChannel channel) => channel.GetType().Name[..^"Channel".Length];

    private static IEnumerable<string> Changes(IChannel channel)
    {
        var events = Read(channel).ToList();
        if (events.Exists(e => e is MessageEdited)) yield return "edits";
        if (events.Exists(e => e is MessageDeleted)) yield return "deletions";
        if (events.Exists(e => e is ReactionChanged)) yield return "reactions";
    }

    private static IEnumerable<DeliveryReported> Reports(IChannel channel) => Read(channel).OfType<DeliveryReported>().OrderBy(r => r.Status);

    private static string About(DeliveryReported report) =>
        report.UpTo is not null ? "all until a time" : report.AndEarlier ? "all until a message" : "each message";

    private static Capabilities Can(IChannel channel) => channel.Info.Capabilities;

    private static string Largest(MediaLimit limit) =>
        $"{Size(limit.MaxBytes)}{(limit.MaxCaption > 0 ? $", caption {Number(limit.MaxCaption)}" : "")}";

    private static string Size(long bytes) => bytes < 1024 * 1024 ? $"{Number(bytes / 1024)} KB" : $"{Number(bytes / 1024 / 1024)} MB";

    private static string? Span(TimeSpan? time) => time switch
    {
        null => null,
        { TotalDays: >= 2 } days => $"{Number((long)days.TotalDays)} days",
        { TotalHours: >= 1 } hours => $"{Number((long)hours.TotalHours)} h",
        { } rest => $"{rest.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s",
    };

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Yes(bool can) => can ? "yes" : "–";
}
