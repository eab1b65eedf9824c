using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace ChatOperator.Sandbox;

/// <summary>Files that travel with messages, over all networks.</summary>
internal sealed class MediaShelf
{
    private readonly ConcurrentDictionary<string, MediaFile> _files = new();
    private long _lastId = 1_000_000_000_000_000;

    public MediaFile Put(byte[] bytes, string mimeType, string? filename, DateTimeOffset expires, string? owner = null)
    {
        var id = Interlocked.Increment(ref _lastId).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return _files[id] = new MediaFile(id, bytes, mimeType, filename, SHA256.HashData(bytes), expires, owner);
    }

    /// <summary>The file, unless it expired.</summary>
    public MediaFile? Find(string id, DateTimeOffset now) =>
        _files.TryGetValue(id, out var file) && file.Expires > now ? file : null;

    public bool Remove(string id) => _files.TryRemove(id, out _);

    public void Clear() => _files.Clear();
}

/// <summary>A file and its facts; <paramref name="Owner"/> is the account that uploaded it or that it was sent to.</summary>
internal sealed record MediaFile(
    string Id, byte[] Bytes, string MimeType, string? Filename, byte[] Sha256, DateTimeOffset Expires, string? Owner);
