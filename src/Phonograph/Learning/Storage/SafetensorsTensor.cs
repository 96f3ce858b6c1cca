using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Phonograph.Learning.Storage;

/// <summary>A named array of a safetensors file: 32- or 64-bit floating point numbers in row-major order.</summary>
public sealed class SafetensorsTensor
{
    private SafetensorsTensor(string type, ImmutableArray<int> shape, byte[] bytes)
    {
        Type = type;
        Shape = shape;
        Bytes = bytes;
    }

    /// <summary><c>F32</c> or <c>F64</c>.</summary>
    public string Type { get; }

    /// <summary>Length of each dimension; empty for a scalar.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>Number of elements.</summary>
    public int Count => Bytes.Length / Size(Type);

    /// <summary>Content, little-endian.</summary>
    internal byte[] Bytes { get; }

    /// <summary>A tensor of 32-bit numbers.</summary>
    public static SafetensorsTensor Of(ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        CheckCount(values.Length, shape);
        var bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        }

        return new SafetensorsTensor("F32", [.. shape], bytes);
    }

    /// <summary>A tensor of 64-bit numbers.</summary>
    public static SafetensorsTensor Of(ReadOnlySpan<double> values, params ReadOnlySpan<int> shape)
    {
        CheckCount(values.Length, shape);
        var bytes = new byte[values.Length * sizeof(double)];
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), values[i]);
        }

        return new SafetensorsTensor("F64", [.. shape], bytes);
    }

    /// <summary>The values; 64-bit numbers are refused, for they would lose digits.</summary>
    /// <exception cref="InvalidOperationException">The tensor holds 64-bit numbers.</exception>
    public float[] ToSingles()
    {
        if (Type != "F32")
        {
            throw new InvalidOperationException($"A tensor of type {Type} does not fit 32-bit numbers.");
        }

        var values = new float[Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(Bytes.AsSpan(i * sizeof(float)));
        }

        return values;
    }

    /// <summary>The values, widened where they have 32 bits.</summary>
    public double[] ToDoubles()
    {
        var values = new double[Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Type == "F32"
                ? BinaryPrimitives.ReadSingleLittleEndian(Bytes.AsSpan(i * sizeof(float)))
                : BinaryPrimitives.ReadDoubleLittleEndian(Bytes.AsSpan(i * sizeof(double)));
        }

        return values;
    }

    /// <summary>True when the type, the shape and every bit agree.</summary>
    public bool HasSameBits(SafetensorsTensor other) =>
        Type == other.Type && Shape.AsSpan().SequenceEqual(other.Shape.AsSpan()) && Bytes.AsSpan().SequenceEqual(other.Bytes);

    internal static SafetensorsTensor OfBytes(string type, ImmutableArray<int> shape, byte[] bytes) => new(type, shape, bytes);

    /// <summary>Bytes per element, or 0 for a type that is not read.</summary>
    internal static int Size(string type) => type switch
    {
        "F32" => sizeof(float),
        "F64" => sizeof(double),
        _ => 0,
    };

    private static void CheckCount(int count, ReadOnlySpan<int> shape)
    {
        long product = 1;
        foreach (int length in shape)
        {
            product *= length;
        }

        if (product != count)
        {
            throw new ArgumentException($"{count} values do not fill the shape [{string.Join(", ", shape.ToArray())}].");
        }
    }
}
