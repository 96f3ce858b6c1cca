using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Labelling.Campaigns;

/// <summary>Identity of a computation: a hash of what decides its result.</summary>
public static class JobKey
{
    /// <summary>SHA-256 over engine, level, lattice, elements and positions, bit by bit; masses and names do not enter.</summary>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string Of(Crystal crystal, string engine, string level)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{engine}\n{level}\n{string.Join(' ', crystal.Elements.Select(element => element.Symbol))}\n"));
        Append(hash, crystal.Lattice.A);
        Append(hash, crystal.Lattice.B);
        Append(hash, crystal.Lattice.C);
        foreach (Vector3D position in crystal.PositionsFractional)
        {
            Append(hash, position);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, Vector3D vector)
    {
        Span<byte> bytes = stackalloc byte[24];
        // Adding zero turns -0 into 0, which is the same place.
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, vector.X + 0.0);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[8..], vector.Y + 0.0);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[16..], vector.Z + 0.0);
        hash.AppendData(bytes);
    }
}
