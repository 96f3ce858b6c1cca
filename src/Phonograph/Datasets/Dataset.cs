using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Files;

namespace Phonograph.Datasets;

/// <summary>Labelled configurations of one engine and one level, with those that failed.</summary>
/// <param name="Configurations">Labelled configurations, in the order of the files.</param>
/// <param name="Failures">Drawn configurations without label.</param>
/// <param name="Engine">Program that computed the labels.</param>
/// <param name="Level">Level of theory.</param>
public sealed record Dataset(
    ImmutableArray<LabelledConfiguration> Configurations,
    ImmutableArray<FailedConfiguration> Failures,
    string Engine,
    string Level)
{
    /// <summary>
    /// Reads extended XYZ files. A <c>failures.csv</c> beside a file is read too: its rows count when their scheme occurs in the files given from
    /// that folder and no label exists under their identifier.
    /// </summary>
    /// <param name="paths">Files, gzip by name.</param>
    /// <exception cref="InputException">
    /// A file cannot be read, a label is missing or not a number, an identifier occurs twice, or labels of several engines or levels are mixed.
    /// </exception>
    public static Dataset Read(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var configurations = ImmutableArray.CreateBuilder<LabelledConfiguration>();
        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        string[] files = [.. paths];
        foreach (string path in files)
        {
            foreach (LabelledConfiguration configuration in LabelReader.Read(path))
            {
                if (!places.TryAdd(configuration.Id, path))
                {
                    throw new InputException($"{path}: the identifier '{configuration.Id}' occurs twice, first in {places[configuration.Id]}. Give each file once, and each configuration its own id.");
                }

                RequireSameLevel(configuration, configurations);
                configurations.Add(configuration);
            }
        }

        if (configurations.Count == 0)
        {
            throw new InputException("No file of labelled configurations was given. Give at least one extended XYZ file.");
        }

        return new Dataset(configurations.ToImmutable(), [.. FailuresBeside(files, configurations)], configurations[0].Engine, configurations[0].Level);
    }

    /// <summary>Reads the labels of the undisplaced cell, which no scheme drew: the first frame of a file.</summary>
    /// <param name="path">File, gzip by name.</param>
    /// <exception cref="InputException">
    /// The file cannot be read, a label is missing or not a number, the labels are of another engine or level than those of this dataset, or the cell
    /// holds other atoms.
    /// </exception>
    public LabelledConfiguration ReadUndisplaced(string path)
    {
        LabelledConfiguration cell = LabelReader.Read(path, Stratum.Undisplaced).First();
        if (cell.Engine != Engine || cell.Level != Level)
        {
            throw InputException.At(path, 0, $"labels of {cell.Engine} {cell.Level}", $"those of the displaced cells, {Engine} {Level}", "Label the undisplaced cell alike, or take the file away.");
        }

        Crystal found = cell.Crystal, expected = Configurations[0].Crystal;
        return found.AtomCount == expected.AtomCount && ChemicalFormula.IsSameCompound(found, expected)
            ? cell
            : throw InputException.At(
                path, 0, $"a cell of {ChemicalFormula.OfCell(found)}", $"the supercell of the displaced ones, {ChemicalFormula.OfCell(expected)}", "Label the undisplaced supercell, or take the file away.");
    }

    /// <summary>The part of one class: <c>phonon</c> or <c>random</c>; failures of that class included.</summary>
    public Dataset OfClass(string schemeClass) => this with
    {
        Configurations = [.. Configurations.Where(configuration => configuration.SchemeClass == schemeClass)],
        Failures = [.. Failures.Where(failure => failure.Stratum.SchemeClass == schemeClass)],
    };

    /// <summary>Counts per scheme and temperature or width.</summary>
    public Census Census() => Datasets.Census.Of(this);

    private static void RequireSameLevel(LabelledConfiguration configuration, ImmutableArray<LabelledConfiguration>.Builder earlier)
    {
        if (earlier.Count > 0 && (earlier[0].Engine != configuration.Engine || earlier[0].Level != configuration.Level))
        {
            throw new InputException(
                $"Labels of different levels are mixed: {earlier[0].File} holds {earlier[0].Engine} {earlier[0].Level}, "
                + $"{configuration.File} holds {configuration.Engine} {configuration.Level} (configuration '{configuration.Id}'). Give files of one engine and one level.");
        }
    }

    private static IEnumerable<FailedConfiguration> FailuresBeside(string[] files, IReadOnlyList<LabelledConfiguration> configurations)
    {
        var labelled = configurations.Select(configuration => configuration.Id).ToHashSet(StringComparer.Ordinal);
        foreach (IGrouping<string, string> folder in files.GroupBy(file => Path.GetDirectoryName(Path.GetFullPath(file))!, StringComparer.Ordinal))
        {
            string path = Path.Combine(folder.Key, FailureFile.Name);
            if (!File.Exists(path))
            {
                continue;
            }

            var schemes = configurations.Where(configuration => folder.Contains(configuration.File)).Select(configuration => configuration.Scheme).ToHashSet(StringComparer.Ordinal);
            foreach (FailedConfiguration failure in FailureFile.Read(path))
            {
                if (schemes.Contains(failure.Stratum.Scheme) && labelled.Add(failure.Id))
                {
                    yield return failure;
                }
            }
        }
    }
}
