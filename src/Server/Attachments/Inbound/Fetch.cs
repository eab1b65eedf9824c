using System.Buffers;
using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Hosting;
using ChatOperator.Attachments.Store;

namespace ChatOperator.Attachments.Inbound;

/// <summary>Brings the bytes of one received file here: opens it at the network, checks it and keeps it.</summary>
internal sealed class Fetch(AccountDirectory accounts, MediaStore store, KeepFile keep, Settings settings, TimeProvider time)
{
    /// <summary>A contact's picture is small: what is larger is none.</summary>
    private const long LargestPortrait = 5 << 20;

    /// <summary>From this try on a file is taken although its size or hash is not what the network announced.</summary>
    private const int TriesUntilEqual = 3;

    /// <summary>Longest silence of a network within a file.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Writes into the row what became of it; the caller saves. False: it may be had later.</summary>
    public async Task<bool> RunAsync(Attachment row, CancellationToken cancel)
    {
        var account = await accounts.ByIdAsync(row.TenantId, row.AccountId, cancel);
        if (account is null || row.Source is null || ContentJson.Read(row.Source) is not MediaContent media) return Lose(row, AttachmentReason.AccountGone);
        if (media.Bytes > LimitOf(row)) return Lose(row, AttachmentReason.TooLarge);
        switch (await OpenAsync(media, account, cancel))
        {
            case OpenedMedia opened:
                using (opened) return await TakeAsync(row, media, opened, cancel);
            case ClosedMedia { Retriable: false }: return Lose(row, AttachmentReason.NetworkGone);
            default: return false;
        }
    }

    private Task<MediaAnswer> OpenAsync(MediaContent media, ConnectedAccount account, CancellationToken cancel) =>
        account.Channel is IOpensMedia opens ? opens.OpenMediaAsync(media, accounts.Connect(account), cancel)
        : Task.FromResult<MediaAnswer>(new ClosedMedia("The channel has no way to open files.", Retriable: false));

    private async Task<bool> TakeAsync(Attachment row, MediaContent media, OpenedMedia opened, CancellationToken cancel)
    {
        if (opened.Length > LimitOf(row)) return Lose(row, AttachmentReason.TooLarge);
        using var file = store.Create();
        try
        {
            await file.FillAsync(opened.Bytes, LimitOf(row), Patience, time, cancel);
        }
        catch (FileTooLargeException) { return Lose(row, AttachmentReason.TooLarge); }
        catch (Exception cut) when (cut is HttpRequestException or TimeoutException or HttpIOException) { return false; }
        // A connection that ends early can look like an end.
        if (opened.Length is { } whole && whole != file.Length) return false;
        // Read once more, or twice: a cache on the way may have cut it. What stays so is kept, since networks count and hash in ways of their own.
        if (row.Tries < TriesUntilEqual && !IsAsAnnounced(file, media)) return false;
        if (row.Kind == Attachment.Portrait) return await keep.AsPortraitAsync(file, row, cancel) || Lose(row, AttachmentReason.NoPicture);
        await keep.RunAsync(file, row, media.MimeType ?? opened.MimeType, cancel);
        return true;
    }

    private static bool IsAsAnnounced(IncomingFile file, MediaContent media) =>
        (media.Bytes is null || media.Bytes == file.Length) && (media.Sha256 is null || Says(media.Sha256, file.Sha256));

    /// <summary>Base64 in some places and hexadecimal in others. What is neither says nothing.</summary>
    private static bool Says(string announced, byte[] hash)
    {
        var read = new byte[hash.Length];
        if (announced.Length == hash.Length * 2) return Convert.FromHexString(announced, read, out _, out _) != OperationStatus.Done || read.AsSpan().SequenceEqual(hash);
        return !Convert.TryFromBase64String(announced, read, out var length) || length != hash.Length || read.AsSpan().SequenceEqual(hash);
    }

    private long LimitOf(Attachment row) => row.Kind == Attachment.Portrait ? Math.Min(LargestPortrait, settings.Media.MaxFileBytes) : settings.Media.MaxFileBytes;

    private static bool Lose(Attachment row, string reason)
    {
        (row.State, row.Reason, row.DueAt) = (AttachmentState.Lost, reason, null);
        return true;
    }
}
