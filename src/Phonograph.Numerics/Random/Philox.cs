using System.Runtime.CompilerServices;

namespace Phonograph.Numerics.Random;

/// <summary>
/// Counter-based random numbers: Philox 4×32 with ten rounds (J. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011).
/// The n-th number depends on seed, stream and n alone, so neither threads nor a resumed run change it.
/// </summary>
public sealed class Philox
{
    private const uint MultiplierA = 0xD2511F53, MultiplierB = 0xCD9E8D57, WeylA = 0x9E3779B9, WeylB = 0xBB67AE85;
    private readonly ulong _seed;
    private readonly ulong _stream;
    private ulong _block;
    private ulong _second;
    private bool _hasSecond;
    private double _spareNormal;
    private bool _hasSpareNormal;

    /// <summary>Starts a stream of a seed; different streams of one seed are independent.</summary>
    public Philox(ulong seed, ulong stream)
    {
        _seed = seed;
        _stream = stream;
    }

    /// <summary>Starts a stream at a given block of two numbers, to continue where another stopped.</summary>
    /// <param name="seed">Seed.</param>
    /// <param name="stream">Stream.</param>
    /// <param name="block">Number of blocks (pairs of 64-bit numbers) to skip.</param>
    public Philox(ulong seed, ulong stream, ulong block)
        : this(seed, stream) => _block = block;

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64()
    {
        if (_hasSecond)
        {
            _hasSecond = false;
            return _second;
        }

        (uint x0, uint x1, uint x2, uint x3) = Block((uint)_block, (uint)(_block >> 32), (uint)_stream, (uint)(_stream >> 32), (uint)_seed, (uint)(_seed >> 32));
        _block++;
        _second = x2 | ((ulong)x3 << 32);
        _hasSecond = true;
        return x0 | ((ulong)x1 << 32);
    }

    /// <summary>A uniform number in [0, 1) with 53 random bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A standard normal number (Box and Muller, Ann. Math. Stat. 29, 610 (1958)).</summary>
    public double NextNormal()
    {
        if (_hasSpareNormal)
        {
            _hasSpareNormal = false;
            return _spareNormal;
        }

        double radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        double angle = 2 * Math.PI * NextDouble();
        _spareNormal = radius * Math.Sin(angle);
        _hasSpareNormal = true;
        return radius * Math.Cos(angle);
    }

    /// <summary>A uniform integer in [0, exclusiveMax), without bias (D. Lemire, ACM TOMACS 29, 3 (2019)).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not positive.</exception>
    public int NextInt32(int exclusiveMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMax);
        uint bound = (uint)exclusiveMax;
        uint threshold = unchecked(0u - bound) % bound;
        while (true)
        {
            ulong product = (ulong)(uint)NextUInt64() * bound;
            if ((uint)product >= threshold)
            {
                return (int)(product >> 32);
            }
        }
    }

    /// <summary>Shuffles in place (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int last = items.Length - 1; last > 0; last--)
        {
            int other = NextInt32(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    /// <summary>Ten rounds of the generator on one counter and key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (uint X0, uint X1, uint X2, uint X3) Block(uint x0, uint x1, uint x2, uint x3, uint key0, uint key1)
    {
        for (int round = 0; round < 10; round++)
        {
            ulong productA = (ulong)MultiplierA * x0;
            ulong productB = (ulong)MultiplierB * x2;
            (x0, x1, x2, x3) = (
                (uint)(productB >> 32) ^ x1 ^ key0,
                (uint)productB,
                (uint)(productA >> 32) ^ x3 ^ key1,
                (uint)productA);
            key0 += WeylA;
            key1 += WeylB;
        }

        return (x0, x1, x2, x3);
    }
}
