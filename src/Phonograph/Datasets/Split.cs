using System.Collections.Immutable;
using System.Text;
using Phonograph.Files;
using Phonograph.Numerics.Random;

namespace Phonograph.Datasets;

/// <summary>
/// Labelled configurations divided into training, validation and test. Each scheme and temperature or width is divided by itself, so all
/// parts hold them in the same shares; configurations of one group stay together.
/// </summary>
/// <param name="Training">What the model learns from.</param>
/// <param name="Validation">What decides when to stop and which model is best.</param>
/// <param name="Test">What is reported; used once.</param>
public sealed record Split(
    ImmutableArray<LabelledConfiguration> Training,
    ImmutableArray<LabelledConfiguration> Validation,
    ImmutableArray<LabelledConfiguration> Test)
{
    /// <summary>Divides configurations. The result depends on the seed and the identifiers only, not on their order.</summary>
    /// <exception cref="InputException">The shares are not shares, or a part stays empty.</exception>
    public static Split Create(IEnumerable<LabelledConfiguration> configurations, SplitOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(configurations);
        options ??= new SplitOptions();
        if (!(options.ValidationShare >= 0) || !(options.TestShare >= 0) || !(options.ValidationShare + options.TestShare < 1))
        {
            throw new InputException($"Validation share {options.ValidationShare} and test share {options.TestShare} must not be negative and must leave something for training.");
        }

        var training = ImmutableArray.CreateBuilder<LabelledConfiguration>();
        var validation = ImmutableArray.CreateBuilder<LabelledConfiguration>();
        var test = ImmutableArray.CreateBuilder<LabelledConfiguration>();
        var assigned = new Dictionary<string, ImmutableArray<LabelledConfiguration>.Builder>(StringComparer.Ordinal);
        foreach (IGrouping<Stratum, LabelledConfiguration> stratum in configurations.GroupBy(configuration => configuration.Stratum).OrderBy(group => group.Key, Stratum.TableOrder))
        {
            LabelledConfiguration[][] groups = Shuffled(stratum, options.Seed);
            int count = groups.Sum(group => group.Length);
            int testLeft = Rounded(count * options.TestShare), validationLeft = Rounded(count * options.ValidationShare);
            foreach (LabelledConfiguration[] group in groups)
            {
                // A group that reaches over several strata follows its first member.
                if (!assigned.TryGetValue(group[0].Group, out ImmutableArray<LabelledConfiguration>.Builder? part))
                {
                    part = group.Length <= testLeft ? test : group.Length <= validationLeft ? validation : training;
                    assigned.Add(group[0].Group, part);
                }

                testLeft -= part == test ? group.Length : 0;
                validationLeft -= part == validation ? group.Length : 0;
                part.AddRange(group);
            }
        }

        if (training.Count == 0 || (validation.Count == 0 && options.ValidationShare > 0) || (test.Count == 0 && options.TestShare > 0))
        {
            throw new InputException($"{training.Count + validation.Count + test.Count} configurations cannot be divided into training, validation and test. Give more labelled configurations.");
        }

        return new Split(training.ToImmutable(), validation.ToImmutable(), test.ToImmutable());
    }

    /// <summary>The same division of one class only: <c>phonon</c> or <c>random</c>.</summary>
    public Split OfClass(string schemeClass) => new(
        [.. Training.Where(configuration => configuration.SchemeClass == schemeClass)],
        [.. Validation.Where(configuration => configuration.SchemeClass == schemeClass)],
        [.. Test.Where(configuration => configuration.SchemeClass == schemeClass)]);

    /// <summary>
    /// A training set of the given size. For one seed the smaller sets are contained in the larger ones, and every prefix holds the schemes,
    /// temperatures and widths in nearly their shares.
    /// </summary>
    /// <param name="size">Number of configurations.</param>
    /// <param name="seed">Seed of the order in which configurations join.</param>
    /// <exception cref="InputException">There are not so many training configurations.</exception>
    public ImmutableArray<LabelledConfiguration> TrainingSubset(int size, ulong seed)
    {
        if (size < 1 || size > Training.Length)
        {
            throw new InputException($"A training set of {size} was asked for; there are {Training.Length} training configurations. Choose a size from 1 to {Training.Length}.");
        }

        var order = new List<(double Place, LabelledConfiguration Configuration)>(Training.Length);
        foreach (IGrouping<Stratum, LabelledConfiguration> stratum in Training.GroupBy(configuration => configuration.Stratum).OrderBy(group => group.Key, Stratum.TableOrder))
        {
            LabelledConfiguration[] members = [.. stratum.OrderBy(configuration => configuration.Id, StringComparer.Ordinal)];
            var random = new Philox(seed, StreamOf("subset " + stratum.Key.Label));
            random.Shuffle<LabelledConfiguration>(members);
            order.AddRange(members.Select((member, rank) => ((rank + random.NextDouble()) / members.Length, member)));
        }

        return [.. order.OrderBy(entry => entry.Place).ThenBy(entry => entry.Configuration.Id, StringComparer.Ordinal).Take(size).Select(entry => entry.Configuration)];
    }

    private static LabelledConfiguration[][] Shuffled(IGrouping<Stratum, LabelledConfiguration> stratum, ulong seed)
    {
        LabelledConfiguration[][] groups =
        [
            .. stratum.GroupBy(configuration => configuration.Group, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => group.OrderBy(configuration => configuration.Id, StringComparer.Ordinal).ToArray()),
        ];
        new Philox(seed, StreamOf("split " + stratum.Key.Label)).Shuffle<LabelledConfiguration[]>(groups);
        return groups;
    }

    private static int Rounded(double count) => (int)Math.Round(count, MidpointRounding.AwayFromZero);

    /// <summary>A stream number from a text: 64-bit FNV-1a, the same on every machine.</summary>
    internal static ulong StreamOf(string text)
    {
        ulong hash = 0xcbf29ce484222325;
        foreach (byte value in Encoding.UTF8.GetBytes(text))
        {
            hash = unchecked((hash ^ value) * 0x100000001b3);
        }

        return hash;
    }
}
