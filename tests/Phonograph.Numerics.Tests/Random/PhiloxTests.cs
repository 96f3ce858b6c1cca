using Phonograph.Numerics.Random;

namespace Phonograph.Numerics.Tests.Random;

public sealed class PhiloxTests
{
    /// <summary>
    /// Known answers for <c>philox4x32</c> with 10 rounds from the file <c>kat_vectors</c> of Random123 (github.com/DEShawResearch/random123, tests,
    /// release 1.14.0): four words of counter, two of key, four of result.
    /// </summary>
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void A_block_is_the_published_known_answer(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint r0, uint r1, uint r2, uint r3) =>
        Assert.Equal((r0, r1, r2, r3), Philox.Block(c0, c1, c2, c3, k0, k1));

    [Fact]
    public void Numbers_are_the_words_of_the_blocks_in_order()
    {
        var random = new Philox(seed: 0x299f31d0_a4093822, stream: 0x03707344_13198a2e, block: 0x85a308d3_243f6a88);
        Assert.Equal(0x94fdcceb_d16cfe09UL, random.NextUInt64());
        Assert.Equal(0x24126ea1_5001e420UL, random.NextUInt64());
    }

    [Fact]
    public void A_stream_started_later_continues_the_same_numbers()
    {
        var whole = new Philox(5, 6);
        for (int number = 0; number < 14; number++)
        {
            whole.NextUInt64();
        }

        var late = new Philox(5, 6, block: 7);
        for (int number = 0; number < 9; number++)
        {
            Assert.Equal(whole.NextUInt64(), late.NextUInt64());
        }
    }

    [Fact]
    public void Uniform_and_normal_numbers_have_the_moments_they_should()
    {
        const int Count = 200_000;
        var random = new Philox(1, 2);
        double[] uniform = [.. Enumerable.Range(0, Count).Select(_ => random.NextDouble())];
        double[] normal = [.. Enumerable.Range(0, Count).Select(_ => random.NextNormal())];

        // Six standard errors each.
        double error = 6 / Math.Sqrt(Count);
        Assert.All(uniform, number => Assert.InRange(number, 0, Math.BitDecrement(1.0)));
        Assert.Equal(0.5, uniform.Average(), error * Math.Sqrt(1 / 12.0));
        Assert.Equal(1 / 3.0, uniform.Average(number => number * number), error * Math.Sqrt(4 / 45.0));
        Assert.Equal(0, normal.Average(), error);
        Assert.Equal(1, normal.Average(number => number * number), error * Math.Sqrt(2));
        Assert.Equal(0, normal.Average(number => number * number * number), error * Math.Sqrt(15));
        Assert.Equal(3, normal.Average(number => number * number * number * number), error * Math.Sqrt(96));
        Assert.Equal(0, normal.Zip(normal.Skip(1)).Average(pair => pair.First * pair.Second), error);
    }

    [Fact]
    public void Integers_below_a_bound_are_equally_frequent()
    {
        const int Count = 70_000;
        var random = new Philox(3, 4);
        int[] counts = new int[7];
        for (int draw = 0; draw < Count; draw++)
        {
            counts[random.NextInt32(7)]++;
        }

        // Chi-squared with six degrees of freedom exceeds 32.4 with probability 1.4e-5; the seed is fixed.
        double expected = Count / 7.0;
        Assert.InRange(counts.Sum(count => (count - expected) * (count - expected) / expected), 0, 32.4);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextInt32(0));
        Assert.Equal(0, random.NextInt32(1));
    }

    [Fact]
    public void Shuffling_keeps_every_item_and_gives_each_order_its_share()
    {
        var random = new Philox(5, 6);
        var orders = new Dictionary<string, int>();
        Span<char> letters = stackalloc char[3];
        for (int draw = 0; draw < 6000; draw++)
        {
            "abc".CopyTo(letters);
            random.Shuffle(letters);
            string order = letters.ToString();
            orders[order] = orders.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(["abc", "acb", "bac", "bca", "cab", "cba"], orders.Keys.Order());

        // Six standard deviations of a binomial count.
        Assert.All(orders.Values, count => Assert.InRange(count, 1000 - 174, 1000 + 174));
    }
}
