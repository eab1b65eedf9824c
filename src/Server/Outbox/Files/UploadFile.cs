using ChatOperator.Attachments;
using ChatOperator.Attachments.Facts;
using ChatOperator.Attachments.Store;
using ChatOperator.ChannelAccounts;
using ChatOperator.Db;
using ChatOperator.Hosting;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace ChatOperator.Outbox.Files;

/// <summary>The file of an operator or a visitor on its way in: streamed to the disk, checked against what the chat's channel takes, rewritten where it must be.</summary>
internal sealed class UploadFile(
    AppDb db, AccountDirectory accounts, MediaStore store, KeepFile keep, Fitting fitting, MediaLinks links, Settings settings,
    TimeProvider time)
{
    /// <summary>Longest silence of the browser.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What multipart adds around the file.</summary>
    private const int Wrapping = 64 * 1024;

    private const int LongestBoundary = 200;

    private Guid Tenant => db.Tenant!.Value;

    /// <exception cref="Problem">400, 404, 413 file_too_large, 415 file_type_not_accepted or conversion_unavailable.</exception>
    public async Task<AttachmentView> RunAsync(Guid conversation, bool voice, HttpRequest request, CancellationToken cancel) =>
        AttachmentView.Of(await TakeAsync(await AccountAsync(conversation, cancel), conversation, voice, request, cancel), links);

    /// <summary>The stored file, for a message on this account.</summary>
    /// <param name="conversation">Null while there is none yet.</param>
    /// <exception cref="Problem">400, 413 file_too_large, 415 file_type_not_accepted or conversion_unavailable.</exception>
    public async Task<Attachment> TakeAsync(ConnectedAccount account, Guid? conversation, bool voice, HttpRequest request, CancellationToken cancel)
    {
        var most = FileLimits.Largest(account.Channel.Info.Capabilities, settings);
        if (most == 0) throw FileLimits.NotTaken(account.Channel.Info, "document", null);
        if (request.ContentLength > most + Wrapping) throw FileLimits.TooLarge(account.Channel.Info, most, "document");
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = most + Wrapping;
        var section = await SectionAsync(request, cancel);
        var row = await BeginAsync(account, conversation, FileNames.Safe(section.FileName), voice, cancel);
        try
        {
            using var file = store.Create();
            await file.FillAsync(section.FileStream!, most, Patience, time, cancel);
            await KeepAsync(file, row, FileType.Bare(section.Section.ContentType), account, cancel);
            await db.WriteAsync(() => Task.CompletedTask, cancel);
            return row;
        }
        catch (Exception failure)
        {
            await ForgetAsync(row);
            if (failure is FileTooLargeException) throw FileLimits.TooLarge(account.Channel.Info, most, row.Kind);
            if (failure is TimeoutException) throw new Problem(408, "request_timeout", "The file did not arrive in time.", "Send it again.");
            if (BreaksOff(failure)) throw Broken();
            throw;
        }
    }

    /// <summary>Takes back an upload that was not sent.</summary>
    public async Task RemoveAsync(Guid id, CancellationToken cancel)
    {
        var row = await db.Attachments.SingleOrDefaultAsync(a => a.Id == id && a.MessageId == null && a.Kind != Attachment.Portrait, cancel) ?? throw Problem.NotFound();
        await db.WriteAsync(() => { db.Attachments.Remove(row); return Task.CompletedTask; }, cancel);
        store.Remove(row.TenantId, row.Id);
    }

    private async Task<ConnectedAccount> AccountAsync(Guid conversation, CancellationToken cancel)
    {
        var account = await db.Set<Conversations.Conversation>().Where(c => c.Id == conversation).Select(c => (Guid?)c.AccountId).SingleOrDefaultAsync(cancel)
            ?? throw Problem.NotFound();
        return await accounts.ByIdAsync(Tenant, account, cancel) ?? throw Problem.NotFound();
    }

    private static async Task<FileMultipartSection> SectionAsync(HttpRequest request, CancellationToken cancel)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.MediaType != "multipart/form-data"
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= LongestBoundary } boundary)
            throw Problem.Invalid("The file must come as multipart/form-data.", "Send the file in a form field named file.");
        var reader = new MultipartReader(boundary, request.Body);
        try
        {
            while (await reader.ReadNextSectionAsync(cancel) is { } section)
                if (section.AsFileSection() is { FileStream: not null } file) return file;
        }
        catch (Exception failure) when (failure is InvalidDataException || BreaksOff(failure))
        {
            throw Broken();
        }
        throw Problem.Invalid("There is no file in the form.", "Send the file in a form field named file.");
    }

    /// <summary>The body ended before its form did; the reader has no exception of its own for that.</summary>
    private static bool BreaksOff(Exception failure) =>
        failure is IOException && failure.Message.StartsWith("Unexpected end of Stream", StringComparison.Ordinal);

    private static Problem Broken() => Problem.Invalid("The form is not complete.", "Send the file in a form field named file, to its end.");

    /// <summary>The row stands before the bytes come, so that whatever ends the upload, the sweep of unsent files finds what is left.</summary>
    private async Task<Attachment> BeginAsync(ConnectedAccount account, Guid? conversation, string? name, bool voice, CancellationToken cancel)
    {
        var row = new Attachment
        {
            TenantId = Tenant, Id = time.NewId(), AccountId = account.Id, ConversationId = conversation, Kind = "file", FileName = name, Voice = voice,
            State = AttachmentState.Waiting, CreatedAt = time.Now(),
        };
        await db.WriteAsync(() => { db.Attachments.Add(row); return Task.CompletedTask; }, cancel);
        return row;
    }

    private async Task KeepAsync(IncomingFile file, Attachment row, string? declared, ConnectedAccount account, CancellationToken cancel)
    {
        var channel = account.Channel.Info;
        var (kind, type) = FileType.Decide(row.Kind, declared, FileFacts.Head(file.Path));
        // What the network shows no better than as a document is sent as one, where it takes those.
        if (await fitting.FitAsync(file, kind, type, channel.Capabilities, cancel) is var (fitted, better))
        {
            using (fitted)
            {
                FileLimits.Check(channel, kind, better, fitted.Length);
                (row.Kind, row.FileName) = (kind, row.FileName is { } name ? Path.ChangeExtension(name, FileNames.Ending(better)) : null);
                await keep.RunAsync(fitted, row, better, cancel);
            }
            return;
        }
        if (kind != "document" && !FileLimits.Takes(channel.Capabilities, kind, type) && FileLimits.Takes(channel.Capabilities, "document", type)) kind = "document";
        FileLimits.Check(channel, kind, type, file.Length);
        row.Kind = kind;
        await keep.RunAsync(file, row, type, cancel);
        row.Voice &= row.Kind == "audio";
    }

    private async Task ForgetAsync(Attachment row)
    {
        await db.WriteAsync(() => { db.Attachments.Remove(row); return Task.CompletedTask; }, CancellationToken.None);
        store.Remove(row.TenantId, row.Id);
    }
}
