using ChatOperator.Hosting;

namespace ChatOperator.Attachments.Store;

/// <summary>
/// The bytes of attachments on a disk: a folder a tenant, in it a folder for each last two digits of the id, so that none grows too large.
/// Files appear whole or not at all: written beside their place, flushed, then renamed.
/// </summary>
/// <remarks>Object storage would stand behind this same class: nothing else knows where bytes are.</remarks>
internal sealed class MediaStore
{
    /// <summary>Whatever is being written for longer than this was left behind by a crash.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    private const int BufferSize = 64 * 1024;

    private readonly string _root;
    private readonly string _incoming;

    public MediaStore(DataDirectory directory, Settings settings)
    {
        _root = settings.Media.Directory.Length > 0 ? Path.GetFullPath(settings.Media.Directory) : Path.Combine(directory.Path, "media");
        // On the same file system as the rest: renaming across two would copy.
        _incoming = Path.Combine(_root, "incoming");
    }

    /// <summary>A new file that is not in its place yet.</summary>
    public IncomingFile Create()
    {
        Directory.CreateDirectory(_incoming);
        return new IncomingFile(Path.Combine(_incoming, Path.GetRandomFileName()));
    }

    /// <summary>Puts a file into its place, for good once this returns. Replaces what stood there.</summary>
    public void Keep(IncomingFile file, Guid tenant, Guid id) => Keep(file, PathOf(tenant, id));

    /// <summary>The same for the small picture of a file.</summary>
    /// <remarks>Before the file itself: its name reaches the disk with the file's.</remarks>
    public void KeepThumbnail(IncomingFile file, Guid tenant, Guid id)
    {
        var place = ThumbnailOf(tenant, id);
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        file.MoveTo(place);
    }

    public bool Has(Guid tenant, Guid id) => File.Exists(PathOf(tenant, id));

    /// <summary>A file's bytes, which can be read from anywhere in it; null when it is gone.</summary>
    public Stream? Open(Guid tenant, Guid id) => Open(PathOf(tenant, id));

    /// <inheritdoc cref="Open(Guid, Guid)"/>
    public Stream? OpenThumbnail(Guid tenant, Guid id) => Open(ThumbnailOf(tenant, id));

    private static FileStream? Open(string path)
    {
        try { return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan); }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException) { return null; }
    }

    private string PathOf(Guid tenant, Guid id)
    {
        var name = id.ToString("N");
        return Path.Combine(_root, tenant.ToString("N"), name[^2..], name);
    }

    private string ThumbnailOf(Guid tenant, Guid id) => PathOf(tenant, id) + ".webp";

    /// <summary>Removes a file and its small picture; what is gone already is fine.</summary>
    public void Remove(Guid tenant, Guid id)
    {
        if (!Directory.Exists(Path.GetDirectoryName(PathOf(tenant, id)))) return;
        File.Delete(PathOf(tenant, id));
        File.Delete(ThumbnailOf(tenant, id));
    }

    /// <summary>Removes what crashes left half written.</summary>
    public void RemoveAbandoned(DateTimeOffset now)
    {
        if (!Directory.Exists(_incoming)) return;
        foreach (var file in Directory.EnumerateFiles(_incoming))
            if (File.GetLastWriteTimeUtc(file) < now.UtcDateTime - Abandoned) File.Delete(file);
    }

    private static void Keep(IncomingFile file, string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        file.MoveTo(path);
        FolderSync.Flush(folder);
    }
}
