using ChatOperator.Attachments;
using ChatOperator.Attachments.Inbound;
using ChatOperator.Changes;
using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Contacts;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.EntityFrameworkCore;

namespace ChatOperator.Conversations.Profiles;

/// <summary>
/// Asks networks who is behind the bare ids that their webhooks name and how they look, after the message is stored and never in its way.
/// What is still to be asked stands in a column: a restart forgets nobody. A network that does not answer is asked again every few minutes,
/// after a day once a day as long as the person writes. People change their pictures: those who still write are asked for anew each week.
/// </summary>
internal sealed class ProfileSweep(Databases databases, AccountDirectory accounts, FetchQueue files, TimeProvider time, ILogger<ProfileSweep> log)
    : Sweep(TimeSpan.FromSeconds(1), time, log)
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(10), LongEnough = TimeSpan.FromDays(1);
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(7);

    /// <summary>Addresses of pictures die after some days.</summary>
    private static readonly TimeSpan PictureLives = TimeSpan.FromDays(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Asked at once; networks limit such calls too.</summary>
    private const int Most = 20, AtOnce = 4;

    protected override async Task RoundAsync(CancellationToken cancel)
    {
        var now = Time.Now();
        await using var look = databases.ForSystem();
        var due = await look.Conversations.AsNoTracking().Where(c => c.ProfileDueAt <= now).OrderBy(c => c.ProfileDueAt).Take(Most).ToListAsync(cancel);
        await Parallel.ForEachAsync(
            due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (conversation, stop) => await AskAsync(conversation, now, stop));
    }

    private async Task AskAsync(Conversation conversation, DateTimeOffset now, CancellationToken cancel)
    {
        var isKnown = conversation.DisplayName.Length > 0;
        var isNew = conversation.CreatedAt > now - LongEnough;
        var isSilent = (conversation.LastInboundAt ?? conversation.CreatedAt) < now - Fresh;
        var later = now + (isKnown || (isSilent && !isNew) ? Fresh : isNew ? Again : LongEnough);
        await using var db = databases.ForSystem();
        // Set before the network is asked: another node, or a stop in the middle, finds it due later.
        var claimed = await db.WriteAsync(
            () => db.Conversations.Where(c => c.TenantId == conversation.TenantId && c.Id == conversation.Id && c.ProfileDueAt == conversation.ProfileDueAt)
                .ExecuteUpdateAsync(c => c.SetProperty(x => x.ProfileDueAt, later), cancel),
            cancel);
        if (claimed == 0) return;
        var account = await accounts.ByIdAsync(conversation.TenantId, conversation.AccountId, cancel);
        if (account is null or { Row.State: AccountState.Disabled }) return;
        if (account.Channel is not IProfiles profiles)
        {
            await KeepAsync(db, conversation, new FoundProfile(null, null, conversation.PictureUrl), null, cancel);
            return;
        }
        // Of those who are silent, what was found last will do.
        if (isSilent && (isKnown || !isNew)) return;
        using var patience = new CancellationTokenSource(Patience, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        try
        {
            var answer = await profiles.ProfileAsync(conversation.Address, accounts.Connect(account), either.Token);
            if (answer is not NoProfile { Retriable: true }) await KeepAsync(db, conversation, answer as FoundProfile, now + Fresh, cancel);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // The network took too long; it is asked again later.
        }
    }

    /// <param name="next">When to ask again.</param>
    private async Task KeepAsync(AppDb db, Conversation seen, FoundProfile? found, DateTimeOffset? next, CancellationToken cancel)
    {
        await db.WriteAsync(() => WriteAsync(db, seen, found, next, cancel), cancel);
        if (found?.PictureUrl is { Length: > 0 }) files.Wake();
    }

    private async Task WriteAsync(AppDb db, Conversation seen, FoundProfile? found, DateTimeOffset? next, CancellationToken cancel)
    {
        if (await db.LockConversationAsync(seen.TenantId, seen.Id, cancel) is not { } conversation) return;
        // A webhook may have named another picture meanwhile.
        if (conversation.PictureUrl == seen.PictureUrl) conversation.ProfileDueAt = next;
        if (found?.PictureUrl is { Length: > 0 } picture) db.Attachments.Add(Picture(conversation, picture));
        var name = found?.Name ?? found?.Username;
        if (string.IsNullOrWhiteSpace(name)) return;
        var contact = await db.Contacts.SingleOrDefaultAsync(c => c.TenantId == conversation.TenantId && c.Id == conversation.ContactId, cancel);
        // A name that a message brought, or that somebody entered, is not overruled.
        if (conversation.DisplayName.Length > 0 && contact is not { DisplayName.Length: 0 }) return;
        if (conversation.DisplayName.Length == 0) conversation.DisplayName = name;
        if (contact is { DisplayName.Length: 0 }) contact.DisplayName = name;
        db.RecordConversation(conversation);
        db.Record(conversation.TenantId, ChangeKind.Contact, conversation.ContactId.ToString());
    }

    /// <summary>Fetched, checked and shown like any file of a stranger's.</summary>
    private Attachment Picture(Conversation conversation, string url)
    {
        var now = Time.Now();
        return new Attachment
        {
            TenantId = conversation.TenantId, Id = Time.NewId(), AccountId = conversation.AccountId, ConversationId = conversation.Id,
            Kind = Attachment.Portrait, State = AttachmentState.Waiting, Source = ContentJson.Write(new MediaContent("image", null, url, null)),
            CreatedAt = now, DueAt = now, FetchUntil = now + PictureLives,
        };
    }
}
