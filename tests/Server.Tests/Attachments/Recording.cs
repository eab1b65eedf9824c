using System.Buffers.Binary;
using System.Diagnostics;
using Xunit;

namespace ChatOperator.Server.Tests.Attachments;

/// <summary>Sound files: by hand, right in what they say of themselves and silent in what they play; and real ones.</summary>
internal static class Recording
{
    private const int OpusRate = 48_000;

    /// <summary>Ogg with Opus: its two headers, and a last page that ends after so many seconds.</summary>
    public static byte[] Opus(int seconds, byte channels = 1)
    {
        var head = new byte[19];
        "OpusHead"u8.CopyTo(head);
        (head[8], head[9]) = (1, channels);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(10), 312);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(12), OpusRate);
        byte[] tags = [.. "OpusTags"u8, 4, 0, 0, 0, .. "test"u8, 0, 0, 0, 0];
        return [.. Page(0, 0, 2, head), .. Page(1, 0, 0, tags), .. Page(2, (seconds * OpusRate) + 312, 4, [0xF8, 0xFF, 0xFE])];
    }

    /// <summary>A real file, made by ffmpeg as its options say.</summary>
    public static async Task<byte[]> MadeAsync(string ending, params string[] options)
    {
        var folder = Directory.CreateTempSubdirectory("chat-operator-recording-");
        var path = Path.Combine(folder.FullName, "made" + ending);
        var start = new ProcessStartInfo("ffmpeg") { RedirectStandardError = true };
        foreach (var option in (string[])["-nostdin", "-loglevel", "error", .. options, path]) start.ArgumentList.Add(option);
        using var process = Process.Start(start)!;
        var complaint = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, complaint);
        var bytes = await File.ReadAllBytesAsync(path);
        folder.Delete(recursive: true);
        return bytes;
    }

    /// <summary>PCM of one channel, as browsers and desks record.</summary>
    public static byte[] Wav(int seconds)
    {
        var bytes = new byte[44 + (8000 * seconds)];
        "RIFF"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), bytes.Length - 8);
        "WAVEfmt "u8.CopyTo(bytes.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(24), 8000);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(28), 8000);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(32), 1);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(34), 8);
        "data"u8.CopyTo(bytes.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(40), 8000 * seconds);
        return bytes;
    }

    private static byte[] Page(int number, long granule, byte flags, byte[] packet)
    {
        var page = new byte[28 + packet.Length];
        "OggS"u8.CopyTo(page);
        page[5] = flags;
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(6), granule);
        BinaryPrimitives.WriteInt32LittleEndian(page.AsSpan(14), 77);
        BinaryPrimitives.WriteInt32LittleEndian(page.AsSpan(18), number);
        (page[26], page[27]) = (1, (byte)packet.Length);
        packet.CopyTo(page.AsSpan(28));
        return page;
    }
}
