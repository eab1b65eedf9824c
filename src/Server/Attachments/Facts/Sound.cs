using System.Buffers.Binary;

namespace ChatOperator.Attachments.Facts;

/// <summary>How long the simpler kinds of sound play.</summary>
internal static class Sound
{
    private static readonly int[] AmrFrame = [12, 13, 15, 17, 19, 20, 26, 31, 5, 0, 0, 0, 0, 0, 0, 0];
    private static readonly int[] Mpeg1Layer3 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0];
    private static readonly int[] Mpeg2Layer3 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0];

    /// <summary>A WAV by its rate and the length of its data.</summary>
    public static TimeSpan? Wav(Stream file)
    {
        Span<byte> chunk = stackalloc byte[16], bytesPerSecond = stackalloc byte[4];
        int rate = 0;
        for (long at = 12; at + 8 <= file.Length;)
        {
            file.Position = at;
            var got = file.ReadAtLeast(chunk, 16, throwOnEndOfStream: false);
            if (got < 8) return null;
            long size = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
            if (chunk.StartsWith("fmt "u8) && got == 16)
            {
                file.Position = at + 16;
                if (file.ReadAtLeast(bytesPerSecond, 4, throwOnEndOfStream: false) < 4) return null;
                rate = BinaryPrimitives.ReadInt32LittleEndian(bytesPerSecond);
            }
            else if (chunk.StartsWith("data"u8)) return rate > 0 ? TimeSpan.FromSeconds((double)Math.Min(size, file.Length - at - 8) / rate) : null;
            at += 8 + size + (size & 1);
        }
        return null;
    }

    /// <summary>AMR: frames of 20 ms, each as long as its first byte says.</summary>
    public static TimeSpan? Amr(Stream file)
    {
        var bytes = new byte[(int)Math.Min(file.Length, 4 << 20)];
        file.Position = 0;
        file.ReadExactly(bytes);
        var frames = 0;
        for (var at = 6; at < bytes.Length; at += 1 + AmrFrame[(bytes[at] >> 3) & 15]) frames++;
        return TimeSpan.FromMilliseconds(20 * frames);
    }

    /// <summary>MP3 by the rate of its first frame: exact for constant rates, near for others.</summary>
    public static TimeSpan? Mp3(Stream file)
    {
        Span<byte> head = stackalloc byte[10];
        file.Position = 0;
        if (file.ReadAtLeast(head, 10, throwOnEndOfStream: false) < 10) return null;
        long start = head.StartsWith("ID3"u8) ? 10 + ((head[6] & 127) << 21 | (head[7] & 127) << 14 | (head[8] & 127) << 7 | (head[9] & 127)) : 0;
        if (start >= file.Length) return null;
        var window = new byte[(int)Math.Min(8192, file.Length - start)];
        file.Position = start;
        file.ReadExactly(window);
        for (var at = 0; at + 4 <= window.Length; at++)
        {
            if (window[at] != 0xFF || (window[at + 1] & 0xE6) != 0xE2) continue;
            var kilobits = ((window[at + 1] & 0x08) != 0 ? Mpeg1Layer3 : Mpeg2Layer3)[window[at + 2] >> 4];
            if (kilobits > 0) return TimeSpan.FromSeconds((file.Length - start - at) * 8 / (kilobits * 1000.0));
        }
        return null;
    }
}
