using System.Buffers;
using System.Security.Cryptography;

namespace ChatOperator.Attachments.Store;

/// <summary>Bytes on their way into the store: counted, hashed and limited while they pass, so that memory stays flat whatever the size.</summary>
internal sealed class IncomingFile(string path) : IDisposable
{
    private const int BufferSize = 128 * 1024;

    private bool _kept;

    /// <summary>Where it is while it is not in its place; for reading what it is.</summary>
    public string Path { get; } = path;
    public long Length { get; private set; }
    public byte[] Sha256 { get; private set; } = [];

    /// <summary>Takes all of a stream and flushes it to the disk.</summary>
    /// <param name="limit">Most bytes.</param>
    /// <param name="patience">Longest silence of the source.</param>
    /// <exception cref="FileTooLargeException">There is more than the limit; the rest is not read.</exception>
    /// <exception cref="TimeoutException">The source fell silent.</exception>
    public async Task FillAsync(Stream from, long limit, TimeSpan patience, TimeProvider time, CancellationToken cancel)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var silence = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, silence.Token);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            await using var file = new FileStream(Path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1);
            int read;
            while ((read = await from.ReadAsync(buffer, either.Token)) > 0)
            {
                silence.CancelAfter(patience);
                Length += read;
                if (Length > limit) throw new FileTooLargeException();
                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancel);
            }
            file.Flush(flushToDisk: true);
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new TimeoutException("The source of a file fell silent.");
        }
        finally { ArrayPool<byte>.Shared.Return(buffer); }
        Sha256 = hash.GetHashAndReset();
    }

    /// <summary>Takes bytes that are in memory already.</summary>
    public void Fill(ReadOnlySpan<byte> bytes)
    {
        using var file = new FileStream(Path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
        (Length, Sha256) = (bytes.Length, SHA256.HashData(bytes));
    }

    /// <summary>Takes what another program wrote to <see cref="Path"/>.</summary>
    public async Task AdoptAsync(CancellationToken cancel)
    {
        await using var file = new FileStream(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, BufferSize, useAsync: true);
        Sha256 = await SHA256.HashDataAsync(file, cancel);
        Length = file.Length;
        file.Flush(flushToDisk: true);
    }

    public void MoveTo(string place)
    {
        File.Move(Path, place, overwrite: true);
        _kept = true;
    }

    /// <summary>Removes what was not kept.</summary>
    public void Dispose()
    {
        if (!_kept) File.Delete(Path);
    }
}

/// <summary>A file has more bytes than it may.</summary>
internal sealed class FileTooLargeException() : Exception("The file is larger than allowed.");
