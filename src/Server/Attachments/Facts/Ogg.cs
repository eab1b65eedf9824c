using System.Buffers.Binary;

namespace ChatOperator.Attachments.Facts;

/// <summary>What an Ogg file says of itself: voice notes of WhatsApp are Opus in Ogg.</summary>
/// <param name="IsOpus">Opus; otherwise Vorbis.</param>
internal sealed record Ogg(bool IsOpus, int Channels, TimeSpan Duration)
{
    /// <summary>The last page starts at most this far from the end (a page has at most 65,307 bytes).</summary>
    private const int TailSize = 66 * 1024;

    /// <summary>Opus counts its samples at this rate whatever the recording's.</summary>
    private const int OpusRate = 48_000;

    /// <summary>Null for anything but one Opus or Vorbis stream.</summary>
    public static Ogg? Read(Stream file)
    {
        Span<byte> first = stackalloc byte[64];
        file.Position = 0;
        var length = file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        if (length < 48 || !first.StartsWith("OggS"u8)) return null;
        var packet = first[(27 + first[26])..length];
        if (packet.Length >= 12 && packet.StartsWith("OpusHead"u8))
            return new Ogg(true, packet[9], Time(LastGranule(file) - BinaryPrimitives.ReadUInt16LittleEndian(packet[10..]), OpusRate));
        if (packet.Length >= 16 && packet.StartsWith("\u0001vorbis"u8))
            return new Ogg(false, packet[11], Time(LastGranule(file), BinaryPrimitives.ReadInt32LittleEndian(packet[12..])));
        return null;
    }

    private static TimeSpan Time(long samples, int rate) => samples <= 0 || rate <= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((double)samples / rate);

    /// <summary>How many samples there are at the end of the last page.</summary>
    private static long LastGranule(Stream file)
    {
        var tail = new byte[Math.Min(TailSize, file.Length)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        for (var at = tail.Length - 27; at >= 0; at--)
            if (tail.AsSpan(at).StartsWith("OggS"u8) && BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(at + 6)) is >= 0 and var granule) return granule;
        return 0;
    }
}
