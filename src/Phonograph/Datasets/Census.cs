using System.Collections.Immutable;

namespace Phonograph.Datasets;

/// <summary>What became of the configurations that were drawn.</summary>
/// <param name="Rows">One row per scheme and temperature or width, sorted.</param>
public sealed record Census(ImmutableArray<CensusRow> Rows)
{
    /// <summary>Sums over all rows.</summary>
    public CensusRow Total => new(
        new Stratum("all", null, null),
        Rows.Sum(row => row.Drawn),
        Rows.Sum(row => row.Labelled),
        Rows.Sum(row => row.Failed),
        Rows.Sum(row => row.Metallic));

    /// <summary>Counts a dataset.</summary>
    public static Census Of(Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ILookup<Stratum, LabelledConfiguration> labelled = dataset.Configurations.ToLookup(configuration => configuration.Stratum);
        ILookup<Stratum, FailedConfiguration> failed = dataset.Failures.ToLookup(failure => failure.Stratum);
        return new Census([
            .. labelled.Select(group => group.Key).Union(failed.Select(group => group.Key)).Order(Stratum.TableOrder).Select(stratum => new CensusRow(
                stratum,
                labelled[stratum].Count() + failed[stratum].Count(),
                labelled[stratum].Count(),
                failed[stratum].Count(),
                labelled[stratum].Count(configuration => configuration.IsMetallic))),
        ]);
    }
}

/// <summary>Counts of one scheme at one temperature or width.</summary>
/// <param name="Stratum">Scheme and temperature or width.</param>
/// <param name="Drawn">Configurations drawn: labelled and failed.</param>
/// <param name="Labelled">Configurations with labels, metallic ones included.</param>
/// <param name="Failed">Configurations without label.</param>
/// <param name="Metallic">Labelled configurations that are flagged metallic.</param>
public sealed record CensusRow(Stratum Stratum, int Drawn, int Labelled, int Failed, int Metallic);
