using System.Globalization;
using ChatOperator.ChannelAccounts;
using ChatOperator.Changes;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;
using ChatOperator.Hosting;
using ChatOperator.Tenancy;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Outbox;

/// <summary>An emoji for a message.</summary>
/// <param name="Emoji">One that the channel has; null or "" takes back what our side put there.</param>
/// <param name="TakeOver">Take the conversation from another operator who has it, instead of being refused.</param>
public sealed record ReactionRequest(string? Emoji = null, bool TakeOver = false);

/// <summary>
/// An operator's reaction to a message. It goes out like everything: by the outbox, in its turn, within the reply window, once; and reacting is
/// speaking, so it takes the conversation over.
/// </summary>
internal sealed class React(
    SharedWrites writes, CurrentCaller caller, AccountDirectory accounts, Outgoing outgoing, Send send, HolderChanges holders)
{
    /// <summary>An emoji is one sign to people; joined ones (families, flags) are up to some thirty UTF-16 units.</summary>
    private const int LongestEmoji = 40;

    /// <exception cref="Problem">400, 404, 409: see the contract's list of codes.</exception>
    public async Task<SendAnswer> RunAsync(long id, ReactionRequest request, AppDb read, HttpContext http)
    {
        var emoji = request.Emoji?.Trim() ?? "";
        var place = await read.Messages.AsNoTracking().Where(m => m.Id == id).Select(m => (Guid?)m.ConversationId).SingleOrDefaultAsync(http.RequestAborted)
            ?? throw Problem.NotFound();
        Conversation? conversation = null;
        var before = 0;
        var answer = await writes.OnceAsync(
            caller.Tenant, place, http, "react", new Asked(id, emoji, request.TakeOver),
            async db =>
            {
                conversation = await db.LockConversationAsync(caller.Tenant, place) ?? throw Problem.NotFound();
                before = conversation.LockVersion;
                var account = await accounts.ByIdAsync(conversation.TenantId, conversation.AccountId) ?? throw Problem.NotFound();
                Check(account, emoji);
                var target = await LockAsync(db, id) ?? throw Problem.NotFound();
                if (target.ExternalId is not { } known || target.Type == Message.Reaction)
                    throw new Problem(409, "not_on_network", "The network does not have this message, so nothing can be put on it.", "Wait until it is sent.");
                var said = await send.SpeakAsync(
                    db, conversation,
                    new Speech([new ReactionContent(known, emoji)], MessageAuthor.Operator, caller.Name, caller.OperatorId, ReplyTo: known), request.TakeOver);
                target.React(emoji, caller.Name, said.MessageId);
                db.Record(target.TenantId, ChangeKind.Message, id.ToString(CultureInfo.InvariantCulture), conversation.Id);
                return said;
            });
        if (conversation is null) return answer;
        outgoing.Wake(conversation);
        if (conversation.LockVersion != before) holders.Announce(conversation.TenantId, conversation.Id);
        return answer;
    }

    /// <summary>What a repeated request must agree in.</summary>
    private sealed record Asked(long Message, string Emoji, bool TakeOver);

    /// <summary>Contacts react at the same time, and what is read here is written back changed.</summary>
    private static async Task<Message?> LockAsync(AppDb db, long id)
    {
        var rows = db is PostgresDb
            ? db.Messages.FromSql($"SELECT * FROM message WHERE tenant_id = {db.Tenant} AND id = {id} FOR UPDATE")
            : db.Messages.Where(m => m.Id == id);
        return (await rows.ToListAsync()).SingleOrDefault();
    }

    private static void Check(ConnectedAccount account, string emoji)
    {
        if (account.Can.Reactions is not { } can)
            throw new Problem(
                400, "not_on_this_channel", $"{account.Channel.Info.Name} has no reactions that can be sent.",
                "Say it in words. What a channel can do is in GET /admin/channel-accounts/schema.");
        if (emoji.Length == 0) return;
        if (can.Emojis.Count > 0 && !can.Emojis.Contains(emoji))
            throw Problem.Invalid($"emoji: this channel has {string.Join(' ', can.Emojis)}.");
        if (emoji.Length > LongestEmoji || new StringInfo(emoji).LengthInTextElements != 1 || emoji.Any(char.IsLetterOrDigit) && emoji.Length == 1)
            throw Problem.Invalid("emoji: one emoji, or nothing to take it back.");
    }
}
