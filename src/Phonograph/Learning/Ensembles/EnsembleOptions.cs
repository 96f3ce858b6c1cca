using System.Collections.Immutable;
using Phonograph.Files;
using Phonograph.Learning.Fitting;
using Phonograph.Learning.Training;
using Phonograph.Numerics.Random;

namespace Phonograph.Learning.Ensembles;

/// <summary>What the members of an ensemble are trained on.</summary>
/// <param name="Members">Number of members, two or more.</param>
/// <param name="IsResampled">True when each member has its own resample (bootstrap, with replacement) of the training cells; false when all have the same cells and differ by their seeds.</param>
public sealed record EnsembleOptions(int Members, bool IsResampled = false)
{
    /// <summary>Largest number of members.</summary>
    public const int LargestCount = 100;

    private const ulong SeedStream = 0x656e_7365; // "ense"
    private const ulong ResampleStream = 0x7265_7361; // "resa"

    /// <summary>The fits of the members. A member depends on the seed and its number alone, so that an ensemble grows without training the earlier members again.</summary>
    /// <param name="data">Training and validation graphs.</param>
    /// <param name="options">Settings; the seed is that of the ensemble.</param>
    /// <exception cref="InputException">The number of members is out of its range.</exception>
    public ImmutableArray<FitRequest> Requests(TrainingData data, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        if (Members is < 2 or > LargestCount)
        {
            throw new InputException($"The number of members is {Members}; expected 2 to {LargestCount}, because one model has no spread. Train a single model without --ensemble.");
        }

        return [.. Enumerable.Range(0, Members).Select(member => Request(data, options, member))];
    }

    private FitRequest Request(TrainingData data, TrainingOptions options, int member)
    {
        // Fifty-three bits, so that every reader of JSON keeps the seed.
        ulong seed = new Philox(options.Seed, SeedStream, (ulong)member).NextUInt64() >> 11;
        TrainingData own = data;
        if (IsResampled)
        {
            var random = new Philox(seed, ResampleStream);
            own = data with { Training = [.. Enumerable.Range(0, data.Training.Length).Select(_ => data.Training[random.NextInt32(data.Training.Length)])] };
        }

        return new FitRequest($"member {member + 1}", own, options with { Seed = seed }, []);
    }
}
