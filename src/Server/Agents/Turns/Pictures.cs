using ChatOperator.Attachments;
using ChatOperator.Attachments.Store;
using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Conversations;
using ChatOperator.Db;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.AI;

namespace ChatOperator.Agents.Turns;

/// <summary>Pictures that customers sent, for models that can see: from the store, or straight from the network while they are on their way there.</summary>
internal sealed class Pictures(AccountDirectory accounts, MediaStore store, ILogger<Pictures> log)
{
    private const int Largest = 5 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly string[] Seeable = ["image/jpeg", "image/png", "image/webp", "image/gif"];

    /// <summary>null: it cannot be had, or is no picture that models take.</summary>
    public async Task<DataContent?> OfAsync(AppDb db, Message message, MediaContent media, ConnectedAccount account, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            var kept = await db.Set<Attachment>().AsNoTracking().Where(a => a.MessageId == message.Id && a.State == AttachmentState.Stored)
                .OrderBy(a => a.Position).FirstOrDefaultAsync(patience.Token);
            if (kept is not null) return await StoredAsync(kept, patience.Token);
            return account.Channel is IOpensMedia channel ? await FetchAsync(channel, media, account, patience.Token) : null;
        }
        catch (Exception e) when (!cancel.IsCancellationRequested) // A picture that cannot be had is one that cannot be seen.
        {
            log.LogInformation(e, "A picture could not be had for the agent.");
            return null;
        }
    }

    private async Task<DataContent?> StoredAsync(Attachment kept, CancellationToken cancel) =>
        kept.MimeType is { } type && Seeable.Contains(type) && kept.Size is > 0 and <= Largest
            && store.Open(kept.TenantId, kept.Id) is { } bytes ? new DataContent(await ReadAsync(bytes, kept.Size.Value, cancel), type) : null;

    private static async Task<byte[]> ReadAsync(Stream bytes, long size, CancellationToken cancel)
    {
        await using (bytes)
        {
            var all = new byte[size];
            await bytes.ReadExactlyAsync(all, cancel);
            return all;
        }
    }

    private async Task<DataContent?> FetchAsync(IOpensMedia channel, MediaContent media, ConnectedAccount account, CancellationToken cancel)
    {
        if (await channel.OpenMediaAsync(media, accounts.Connect(account), cancel) is not OpenedMedia opened) return null;
        using (opened)
        {
            var type = opened.MimeType ?? media.MimeType;
            if (type is null || !Seeable.Contains(type) || opened.Length > Largest) return null;
            using var bytes = new MemoryStream();
            var buffer = new byte[64 << 10];
            int read;
            while ((read = await opened.Bytes.ReadAsync(buffer, cancel)) > 0 && bytes.Length <= Largest) bytes.Write(buffer, 0, read);
            return bytes.Length is > 0 and <= Largest ? new DataContent(bytes.ToArray(), type) : null;
        }
    }
}
