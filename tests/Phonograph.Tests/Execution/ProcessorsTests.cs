using System.Collections.Immutable;
using CsCheck;
using Phonograph.Execution;

namespace Phonograph.Tests.Execution;

public sealed class ProcessorsTests
{
    [Theory]
    [InlineData("0", new[] { 0 })]
    [InlineData("0-3", new[] { 0, 1, 2, 3 })]
    [InlineData("\t8,0-1,10-11\n", new[] { 0, 1, 8, 10, 11 })]
    [InlineData("", new int[0])]
    public void Lists_of_the_kernel_are_read(string list, int[] expected) => Assert.Equal(expected, Processors.Parse(list));

    [Theory]
    [InlineData("3-1")]
    [InlineData("1-2-3")]
    [InlineData("one")]
    public void Other_texts_are_refused(string list) => Assert.Throws<FormatException>(() => Processors.Parse(list));

    [Fact]
    public void This_program_may_use_as_many_as_the_runtime_counts() => Assert.Equal(Environment.ProcessorCount, Processors.Allowed.Length);

    [Fact]
    public void No_processor_is_dealt_twice_and_none_that_is_not_there() => Gen.Select(Gen.Int[0, 40].HashSet[1, 30], Gen.Int[1, 8], Gen.Int[1, 8]).Sample((there, jobs, each) =>
    {
        ImmutableArray<int> allowed = [.. there.Order()];
        if (Processors.Deal(allowed, jobs, each) is not { } dealt)
        {
            Assert.True(jobs * each > allowed.Length);
            return;
        }

        Assert.Equal(jobs, dealt.Length);
        Assert.All(dealt, job => Assert.Equal(each, job.Length));
        Assert.Equal(jobs * each, dealt.SelectMany(job => job).Intersect(allowed).Count());
    });
}
