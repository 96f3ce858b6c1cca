using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Numerics.Kernels;

/// <summary>Which of many points lie within a distance of a centre: the inner loop of a neighbour search.</summary>
public static class PointsWithin
{
    /// <summary>Room that must follow that for all points, because whole registers are written.</summary>
    public const int Margin = Lanes;

    private const int Lanes = 8;

    /// <summary>Finds the points at most a distance away; the order of the points is kept.</summary>
    /// <param name="x">First component of each point.</param>
    /// <param name="y">Second component of each point; as many as <paramref name="x"/>.</param>
    /// <param name="z">Third component of each point; as many as <paramref name="x"/>.</param>
    /// <param name="centre">The centre, in the frame and unit of the points.</param>
    /// <param name="squared">Square of the largest distance, itself included.</param>
    /// <param name="found">Receives the places of the points found; as long as <paramref name="x"/> and <see cref="Margin"/> more at least, whose content is left undefined.</param>
    /// <returns>Number of points found.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static int Find(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> z, Vector3D centre, double squared, Span<int> found)
    {
        if (y.Length != x.Length || z.Length != x.Length || found.Length < x.Length + Margin)
        {
            throw new ArgumentException($"{x.Length}, {y.Length} and {z.Length} components and room for {found.Length} places; expected three equal numbers and room for {Margin} more.", nameof(found));
        }

        int count = 0, place = 0;
        if (x.Length >= Lanes)
        {
            Vector512<double> centreX = Vector512.Create(centre.X), centreY = Vector512.Create(centre.Y), centreZ = Vector512.Create(centre.Z), largest = Vector512.Create(squared);
            ref double firstX = ref MemoryMarshal.GetReference(x), firstY = ref MemoryMarshal.GetReference(y), firstZ = ref MemoryMarshal.GetReference(z);
            ref int firstFound = ref MemoryMarshal.GetReference(found);
            for (; place <= x.Length - Lanes; place += Lanes)
            {
                Vector512<double> apartX = Vector512.LoadUnsafe(ref firstX, (nuint)place) - centreX;
                Vector512<double> apartY = Vector512.LoadUnsafe(ref firstY, (nuint)place) - centreY;
                Vector512<double> apartZ = Vector512.LoadUnsafe(ref firstZ, (nuint)place) - centreZ;
                Vector512<double> apart = (apartX * apartX) + (apartY * apartY) + (apartZ * apartZ);
                Vector512<double> within = Vector512.LessThanOrEqual(apart, largest);
                ulong bits = within.ExtractMostSignificantBits();
                if (Avx512F.IsSupported)
                {
                    Vector512<long> places = Avx512F.Compress(Vector512<long>.Zero, within.AsInt64(), Vector512.Create((long)place) + Vector512<long>.Indices);
                    Avx512F.ConvertToVector256Int32(places).StoreUnsafe(ref firstFound, (nuint)count);
                    count += BitOperations.PopCount(bits);
                    continue;
                }

                for (; bits != 0; bits &= bits - 1)
                {
                    found[count++] = place + BitOperations.TrailingZeroCount(bits);
                }
            }
        }

        for (; place < x.Length; place++)
        {
            if ((new Vector3D(x[place], y[place], z[place]) - centre).LengthSquared <= squared)
            {
                found[count++] = place;
            }
        }

        return count;
    }
}
