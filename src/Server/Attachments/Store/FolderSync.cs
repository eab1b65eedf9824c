using System.Runtime.InteropServices;

namespace ChatOperator.Attachments.Store;

/// <summary>
/// Brings a renamed file's name to the disk. .NET can flush files but not folders, and until its folder is flushed a file may lose its name in
/// a power cut, although its bytes are safe.
/// </summary>
internal static class FolderSync
{
    private const int ReadOnly = 0;

    /// <summary>Best effort: where the system has no such call, it keeps names by itself.</summary>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var handle = Open(folder, ReadOnly);
        if (handle < 0) return;
        _ = Sync(handle);
        _ = Close(handle);
    }

    [DllImport("libc", EntryPoint = "open", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int handle);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}
