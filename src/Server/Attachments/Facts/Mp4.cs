using System.Buffers.Binary;

namespace ChatOperator.Attachments.Facts;

/// <summary>What an MP4, 3GP, M4A or QuickTime file says of itself in its <c>moov</c> box, wherever that stands.</summary>
/// <param name="Width">Of the picture as it is shown; 0: sound only.</param>
internal sealed record Mp4(TimeSpan Duration, int Width, int Height)
{
    /// <summary>The box of an hour of film is a few megabytes.</summary>
    private const int LargestMoov = 32 << 20;

    private const int MostBoxes = 1000;

    /// <summary>Null when there is no readable <c>moov</c>.</summary>
    public static Mp4? Read(Stream file)
    {
        Span<byte> header = stackalloc byte[16];
        long at = 0;
        for (var n = 0; n < MostBoxes && at + 8 <= file.Length; n++)
        {
            file.Position = at;
            var got = file.ReadAtLeast(header, 16, throwOnEndOfStream: false);
            if (got < 8) return null;
            long size = BinaryPrimitives.ReadUInt32BigEndian(header), start = 8;
            if (size == 1 && got == 16) (size, start) = (BinaryPrimitives.ReadInt64BigEndian(header[8..]), 16);
            if (size == 0) size = file.Length - at;
            if (size < start) return null;
            if (header[4..8].SequenceEqual("moov"u8))
            {
                if (size > LargestMoov || at + size > file.Length) return null;
                var moov = new byte[size - start];
                file.Position = at + start;
                file.ReadExactly(moov);
                return OfMoov(moov);
            }
            at += size;
        }
        return null;
    }

    private static Mp4? OfMoov(ReadOnlySpan<byte> moov)
    {
        TimeSpan? duration = null;
        var (width, height) = (0, 0);
        for (var rest = moov; Next(ref rest, out var type, out var body);)
        {
            if (type.SequenceEqual("mvhd"u8)) duration = Length(body);
            else if (type.SequenceEqual("trak"u8) && width == 0) (width, height) = Track(body);
        }
        return duration is { } known ? new Mp4(known, width, height) : null;
    }

    private static TimeSpan? Length(ReadOnlySpan<byte> mvhd)
    {
        if (mvhd.Length < 20) return null;
        var wide = mvhd[0] == 1;
        if (wide && mvhd.Length < 32) return null;
        var scale = BinaryPrimitives.ReadUInt32BigEndian(mvhd[(wide ? 20 : 12)..]);
        var units = wide ? BinaryPrimitives.ReadUInt64BigEndian(mvhd[24..]) : BinaryPrimitives.ReadUInt32BigEndian(mvhd[16..]);
        // All ones means unknown.
        if (scale == 0 || units is uint.MaxValue or ulong.MaxValue) return TimeSpan.Zero;
        var seconds = units / (double)scale;
        return seconds < TimeSpan.FromDays(7).TotalSeconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
    }

    /// <summary>The size of a picture track in its header's last eight bytes; phones that film upright turn it by the matrix before them.</summary>
    private static (int Width, int Height) Track(ReadOnlySpan<byte> trak)
    {
        for (var rest = trak; Next(ref rest, out var type, out var body);)
        {
            if (!type.SequenceEqual("tkhd"u8) || body.Length < 84) continue;
            var width = (int)(BinaryPrimitives.ReadUInt32BigEndian(body[^8..]) >> 16);
            var height = (int)(BinaryPrimitives.ReadUInt32BigEndian(body[^4..]) >> 16);
            var turned = BinaryPrimitives.ReadInt32BigEndian(body[^44..]) == 0 && BinaryPrimitives.ReadInt32BigEndian(body[^40..]) != 0;
            return turned ? (height, width) : (width, height);
        }
        return (0, 0);
    }

    private static bool Next(ref ReadOnlySpan<byte> boxes, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> body)
    {
        type = body = default;
        if (boxes.Length < 8) return false;
        var size = BinaryPrimitives.ReadUInt32BigEndian(boxes);
        if (size < 8 || size > boxes.Length) return false;
        type = boxes[4..8];
        body = boxes[8..(int)size];
        boxes = boxes[(int)size..];
        return true;
    }
}
