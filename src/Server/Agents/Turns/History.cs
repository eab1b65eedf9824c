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

    /// <summary>Oldest first; what never reached the customer is left out.</summary>
    public static async Task<List<Message>> ReadAsync(AppDb db, Guid conversation, CancellationToken cancel)
    {
        var messages = await db.Messages.AsNoTracking()
            .Where(m => m.ConversationId == conversation && m.Author != MessageAuthor.System
                && m.Status != MessageStatus.Withdrawn && m.Status != MessageStatus.Cancelled && m.Status != MessageStatus.Failed)
            .OrderByDescending(m => m.At).ThenByDescending(m => m.Id).Take(MostMessages).ToListAsync(cancel);
        var room = MostCharacters;
        return [.. messages.TakeWhile((m, i) => (room -= m.Text.Length) > 0 || i == 0).Reverse()];
    }

    /// <summary>What people of the team wrote for the agent when they gave it back, oldest first.</summary>
    public static Task<List<string>> NotesAsync(AppDb db, Guid conversation, CancellationToken cancel) =>
        db.OverrideEvents.AsNoTracking().Where(e => e.ConversationId == conversation && e.Kind == OverrideEventKind.Released && e.Note != null)
            .OrderByDescending(e => e.Id).Take(3).Select(e => e.Note!).ToListAsync(cancel);

    /// <summary>The lines of a prompt; the newest pictures with their bytes when the model can see them.</summary>
    public async Task<List<SaidLine>> LinesAsync(
        AppDb db, IReadOnlyList<Message> messages, ConnectedAccount account, bool seesImages, CancellationToken cancel)
    {
        var lines = new List<SaidLine>();
        var shown = messages.Where(m => m is { Author: MessageAuthor.Contact, Type: "image" }).TakeLast(seesImages ? MostPictures : 0).Select(m => m.Id).ToHashSet();
        foreach (var message in messages)
        {
            if (message.Author != MessageAuthor.Contact) lines.Add(new SaidLine(false, message.Text));
            else if (message.Content is not { } content || ContentJson.Read(content) is not { } said) lines.Add(new SaidLine(true, message.Text));
            else if (said is MediaContent media)
                lines.Add(shown.Contains(message.Id) && await pictures.OfAsync(db, message, media, account, cancel) is { } picture
                    ? new SaidLine(true, media.Caption ?? "", Picture: picture)
                    : new SaidLine(true, media.Caption ?? "", Kind(media)));
            else lines.Add(Plain(said, message.Text));
        }
        return lines;
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
