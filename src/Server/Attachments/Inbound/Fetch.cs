using ChatOperator.ChannelAccounts;
using ChatOperator.Channels.Contract;
using ChatOperator.Hosting;
using ChatOperator.Attachments.Store;

namespace ChatOperator.Attachments.Inbound;

/// <summary>Brings the bytes of one received file here: opens it at the network, checks it and keeps it.</summary>
internal sealed class Fetch(AccountDirectory accounts, OpenAddress address, MediaStore store, KeepFile keep, Settings settings, TimeProvider time)
{
    /// <summary>A contact's picture is small: what is larger is none.</summary>
    private const long LargestPortrait = 5 << 20;

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

    /// <summary>Without the ability the network's addresses are open to all, and nothing secret goes there.</summary>
    private Task<MediaAnswer> OpenAsync(MediaContent media, ConnectedAccount account, CancellationToken cancel) =>
        account.Channel is IOpensMedia opens ? opens.OpenMediaAsync(media, accounts.Connect(account), cancel)
        : media.Url is null && Guid.TryParse(media.MediaId, out var here) ? Task.FromResult(OpenHere(account.TenantId, here))
        : address.OpenAsync(media.Url, account.Row.MayReachPrivate, cancel);

    /// <summary>A network of our own has brought the file here already, as an upload of this tenant.</summary>
    private MediaAnswer OpenHere(Guid tenant, Guid upload)
    {
        var path = store.PathOf(tenant, upload);
        if (!File.Exists(path)) return new ClosedMedia("The upload is gone.", Retriable: false);
        var bytes = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024, useAsync: true);
        return new OpenedMedia(bytes, null, bytes.Length);
    }

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
        if (row.Kind == Attachment.Portrait) return keep.AsPortrait(file, row) || Lose(row, AttachmentReason.NoPicture);
        await keep.RunAsync(file, row, media.MimeType ?? opened.MimeType, cancel);
        return true;
    }

    private long LimitOf(Attachment row) => row.Kind == Attachment.Portrait ? Math.Min(LargestPortrait, settings.Media.MaxFileBytes) : settings.Media.MaxFileBytes;

    private static bool Lose(Attachment row, string reason)
    {
        (row.State, row.Reason, row.DueAt) = (AttachmentState.Lost, reason, null);
        return true;
    }
}
