using System.Buffers.Binary;
using SharpCompress.Compressors.LZMA;
using SharpCompress.Compressors.Xz;

namespace Phonograph.Files;

/// <summary>
/// The .xz container (https://tukaani.org/xz/xz-file-format.txt). Reading is SharpCompress's; written is one block of LZMA2 chunks, each compressed on its own by
/// SharpCompress's LZMA encoder, with CRC64.
/// </summary>
internal static class XzFormat
{
    private const int LargestPiece = 1 << 18, LargestChunk = 1 << 16;

    // LZMA's usual model: 3 bits of literal context, no literal position bits, 2 position bits.
    private const byte ModelProperties = 0x5D;

    // A dictionary of 256 KiB, the largest piece: 2 << (12/2 + 11).
    private const byte DictionarySize = 12;

    /// <summary>Decompresses a whole file.</summary>
    /// <exception cref="InvalidDataException">The data are broken or cut short.</exception>
    internal static MemoryStream Decompress(Stream source)
    {
        var target = new MemoryStream();
        try
        {
            using var xz = new XZStream(source);
            xz.CopyTo(target);
        }
        catch (Exception error) when (error is not (OutOfMemoryException or InvalidDataException))
        {
            // The decoder meets damage with whatever exception its state runs into.
            throw new InvalidDataException("The compressed data are broken or cut short.", error);
        }

        target.Position = 0;
        return target;
    }

    /// <summary>Compresses.</summary>
    internal static void Compress(ReadOnlySpan<byte> data, Stream target)
    {
        using var file = new MemoryStream();
        file.Write([0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, 0, 4]);
        WriteChecksum(file, file.GetBuffer().AsSpan(6, 2));

        // Block header of 12 bytes: its size, no optional fields, the filter LZMA2 with one byte of properties, padding, checksum.
        long blockStart = file.Length;
        ReadOnlySpan<byte> header = [2, 0, 0x21, 1, DictionarySize, 0, 0, 0];
        file.Write(header);
        WriteChecksum(file, header);
        WriteChunks(file, data);
        long unpadded = file.Length - blockStart + sizeof(ulong);
        Pad(file, blockStart);
        Span<byte> check = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(check, Crc64.ComputeXz(data.ToArray()));
        file.Write(check);

        long indexStart = file.Length;
        file.WriteByte(0);
        WriteNumber(file, 1);
        WriteNumber(file, unpadded);
        WriteNumber(file, data.Length);
        Pad(file, indexStart);
        WriteChecksum(file, file.GetBuffer().AsSpan((int)indexStart, (int)(file.Length - indexStart)));

        Span<byte> footer = stackalloc byte[6];
        BinaryPrimitives.WriteUInt32LittleEndian(footer, (uint)((file.Length - indexStart) / 4) - 1);
        footer[5] = 4;
        WriteChecksum(file, footer);
        file.Write(footer);
        file.Write("YZ"u8);
        file.WriteTo(target);
    }

    private static void WriteChunks(MemoryStream file, ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            int length = Math.Min(data.Length, LargestPiece);
            byte[] packed = Lzma(data[..length]);
            while (packed.Length > LargestChunk && length > LargestChunk)
            {
                length /= 2;
                packed = Lzma(data[..length]);
            }

            if (packed.Length > LargestChunk || packed.Length >= length)
            {
                // Stored, with a new dictionary.
                length = Math.Min(length, LargestChunk);
                file.Write([1, (byte)((length - 1) >> 8), (byte)(length - 1)]);
                file.Write(data[..length]);
            }
            else
            {
                // Compressed, with new dictionary, model and state.
                file.Write([(byte)(0xE0 | ((length - 1) >> 16)), (byte)((length - 1) >> 8), (byte)(length - 1), (byte)((packed.Length - 1) >> 8), (byte)(packed.Length - 1), ModelProperties]);
                file.Write(packed);
            }

            data = data[length..];
        }

        file.WriteByte(0);
    }

    private static byte[] Lzma(ReadOnlySpan<byte> piece)
    {
        using var packed = new MemoryStream();
        using (var encoder = LzmaStream.Create(new LzmaEncoderProperties(false, LargestPiece), false, packed))
        {
            encoder.Write(piece);
        }

        return packed.ToArray();
    }

    private static void WriteChecksum(MemoryStream file, ReadOnlySpan<byte> over)
    {
        Span<byte> checksum = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, Crc32.Compute(over.ToArray()));
        file.Write(checksum);
    }

    /// <summary>A number in groups of seven bits, the lowest first.</summary>
    private static void WriteNumber(MemoryStream file, long value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            file.WriteByte((byte)(value | 0x80));
        }

        file.WriteByte((byte)value);
    }

    private static void Pad(MemoryStream file, long start)
    {
        while ((file.Length - start) % 4 != 0)
        {
            file.WriteByte(0);
        }
    }
}
