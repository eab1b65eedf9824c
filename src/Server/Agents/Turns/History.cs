using System.Text.Json.Nodes;
using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Agents.Turns;

/// <summary>Reads what was said in a conversation, as far as a model needs it and can see it.</summary>
internal sealed class History(Pictures pictures)
{
    private const int MostMessages = 40;
    private const int MostCharacters = 24_000;
    private const int MostPictures = 3;

    /// <summary>
    /// In the order in which it reached us: networks tell times in whole seconds, so that by them an answer can stand before its question.
    /// What never reached the customer is left out.
    /// </summary>
    public static async Task<List<Message>> ReadAsync(AppDb db, Guid conversation, CancellationToken cancel)
    {
        var messages = await db.Messages.AsNoTracking()
            .Where(m => m.ConversationId == conversation && m.Author != MessageAuthor.System && m.Type != Message.Reaction
                && m.Status != MessageStatus.Withdrawn && m.Status != MessageStatus.Cancelled && m.Status != MessageStatus.Failed)
            .OrderByDescending(m => m.At).ThenByDescending(m => m.Id).Take(MostMessages).ToListAsync(cancel);
        var room = MostCharacters;
        return [.. messages.OrderByDescending(m => m.Id).TakeWhile((m, i) => (room -= m.Text.Length) > 0 || i == 0).Reverse()];
    }

    /// <summary>What a person wrote for the agent when the conversation was last given back. The next hand-back replaces it.</summary>
    public static async Task<List<string>> NotesAsync(AppDb db, Guid conversation, CancellationToken cancel)
    {
        var last = await db.OverrideEvents.AsNoTracking().Where(e => e.ConversationId == conversation)
            .OrderByDescending(e => e.Id).Select(e => new { e.Kind, e.Note }).FirstOrDefaultAsync(cancel);
        return last is { Kind: OverrideEventKind.Released, Note: { } note } ? [note] : [];
    }

    /// <summary>The lines of a prompt; the newest pictures with their bytes when the model can see them.</summary>
    public async Task<List<SaidLine>> LinesAsync(
        AppDb db, Conversation conversation, List<Message> messages, ConnectedAccount account, bool seesImages, CancellationToken cancel)
    {
        var lines = new List<SaidLine>();
        var quotes = await db.QuotedAsync(conversation, messages, cancel);
        var shown = messages.Where(m => m is { Author: MessageAuthor.Contact, Type: "image" }).TakeLast(seesImages ? MostPictures : 0).Select(m => m.Id).ToHashSet();
        foreach (var message in messages)
        {
            var about = message.ReplyTo is { } id && quotes.TryGetValue(id, out var quoted) ? $"In answer to: “{quoted.Content}”" : Ad(message);
            if (message.Author != MessageAuthor.Contact) lines.Add(new SaidLine(false, message.Text));
            else if (message.Content is not { } content || ContentJson.Read(content) is not { } said) lines.Add(new SaidLine(true, message.Text, About: about));
            else if (said is MediaContent media)
                lines.Add(shown.Contains(message.Id) && await pictures.OfAsync(db, message, media, account, cancel) is { } picture
                    ? new SaidLine(true, media.Caption ?? "", Picture: picture, About: about)
                    : new SaidLine(true, media.Caption ?? "", Kind(media), About: about));
            else lines.Add(Plain(said, message.Text) with { About = about });
        }
        return lines;
    }

    /// <summary>What the ad or post said that brought the contact.</summary>
    private static string? Ad(Message message)
    {
        if (message.Extra is not { } extra || !extra.Contains("\"referral\"", StringComparison.Ordinal)) return null;
        var ad = JsonNode.Parse(extra)?["referral"];
        var words = string.Join(": ", new[] { ad?["headline"]?.ToString(), ad?["body"]?.ToString() }.Where(w => !string.IsNullOrWhiteSpace(w)));
        return words.Length > 0 ? $"Wrote from an ad: “{words}”" : null;
    }

    private static SaidLine Plain(Content said, string text) => said switch
    {
        LocationContent place => new SaidLine(true, $"{place.Name} {place.Place} ({place.Latitude}, {place.Longitude})".Trim()),
        OrderContent order => new SaidLine(true, $"{order.Note} {string.Join("; ", order.Items.Select(i => $"{i.Quantity} × {i.ProductId}"))}".Trim()),
        ContactsContent cards => new SaidLine(true, string.Join("; ", cards.Cards.Select(c => $"{c.Name} {c.Phone} {c.Email}".Trim()))),
        UnsupportedContent unknown => new SaidLine(true, "", $"something of the kind {unknown.Kind}"),
        _ => new SaidLine(true, text),
    };

    private static string Kind(MediaContent media) => media.Kind switch
    {
        "image" => "a picture",
        "video" => "a video",
        "audio" => media.Voice ? "a voice note" : "an audio file",
        "sticker" => "a sticker",
        _ => media.FileName is { Length: > 0 } ? "a document" : "a file",
    };
}
