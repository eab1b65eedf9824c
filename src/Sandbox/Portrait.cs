using System.Buffers.Binary;
using System.IO.Compression;

namespace ChatOperator.Sandbox;

/// <summary>Draws the picture that a customer chose for themselves: a head and shoulders, in colours that differ from phone to phone.</summary>
internal static class Portrait
{
    private const int Side = 96;

    /// <summary>A PNG. The same phone always looks the same until its owner chooses another.</summary>
    /// <param name="number">The phone's digits.</param>
    /// <param name="choice">Counts the pictures that its owner has chosen.</param>
    public static byte[] Of(string number, int choice)
    {
        var seed = number.Aggregate(17 + (choice * 101), (sum, digit) => ((sum * 31) + digit) % 3600);
        var (ground, skin, clothes) = (Colour(seed / 10.0, 0.45, 0.82), Colour(25, 0.45, 0.35 + (seed % 7 * 0.07)), Colour((seed / 10.0) + 150, 0.5, 0.42));
        var lines = new byte[Side * ((Side * 3) + 1)];
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
            {
                var colour = Within(x, y, 48, 38, 18, 21) ? skin : Within(x, y, 48, 98, 36, 36) ? clothes : ground;
                colour.CopyTo(lines, (y * ((Side * 3) + 1)) + 1 + (x * 3));
            }
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true)) zlib.Write(lines);
        byte[] head = [0, 0, 0, Side, 0, 0, 0, Side, 8, 2, 0, 0, 0];
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR"u8, head), .. Chunk("IDAT"u8, packed.ToArray()), .. Chunk("IEND"u8, [])];
    }

    private static bool Within(int x, int y, int centreX, int centreY, int width, int height) =>
        Math.Pow((x - centreX) / (double)width, 2) + Math.Pow((y - centreY) / (double)height, 2) <= 1;

    /// <summary>Red, green and blue of a hue in degrees, a saturation and a lightness.</summary>
    private static byte[] Colour(double hue, double saturation, double lightness)
    {
        var strength = saturation * Math.Min(lightness, 1 - lightness);
        return [Part(0), Part(8), Part(4)];

        byte Part(int shift)
        {
            var turn = (shift + (hue / 30)) % 12;
            return (byte)(255 * (lightness - (strength * Math.Max(-1, Math.Min(Math.Min(turn - 3, 9 - turn), 1)))));
        }
    }

    private static byte[] Chunk(ReadOnlySpan<byte> name, ReadOnlySpan<byte> content)
    {
        var chunk = new byte[12 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        name.CopyTo(chunk.AsSpan(4));
        content.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + content.Length), Checksum(chunk.AsSpan(4, 4 + content.Length)));
        return chunk;
    }

    /// <summary>CRC-32, as PNG asks for.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var one in bytes)
        {
            sum ^= one;
            for (var bit = 0; bit < 8; bit++) sum = (sum & 1) == 1 ? (sum >> 1) ^ 0xEDB88320 : sum >> 1;
        }
        return ~sum;
    }
}
