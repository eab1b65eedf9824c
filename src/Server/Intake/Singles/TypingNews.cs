using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;

namespace ChatOperator.Intake.Singles;

/// <summary>The network says that a contact is typing: whoever looks at the conversation sees it for a few seconds.</summary>
internal static class TypingNews
{
    public static async Task ApplyAsync(SingleEvent single, ContactTyping typing, AppDb db)
    {
        if (await Places.FindAsync(single, typing.From, db) is not { } conversation) return;
        // What a replay tells of is over.
        if (single.Arrival.Replays is null) await Typing.RecordAsync(db, single.Account.TenantId, conversation, Typing.ByContact, default);
        single.Item.Conclude(Verdict.Applied);
    }
}
