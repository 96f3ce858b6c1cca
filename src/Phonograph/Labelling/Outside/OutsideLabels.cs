using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Crystals.Symmetry;
using Phonograph.Files;

namespace Phonograph.Labelling.Outside;

/// <summary>Turns results of computations done elsewhere into labelled configurations.</summary>
public static class OutsideLabels
{
    /// <summary>How far an atom of a result may lie from its place in the configuration, Å: what rounding in files does.</summary>
    public const double ToleranceAngstrom = 1e-3;

    /// <summary>Writes labelled configurations as extended XYZ, and beside it a table of those without a label.</summary>
    /// <param name="results">The results.</param>
    /// <param name="configurations">
    /// Extended XYZ files of the configurations that were computed: results are assigned by lattice, elements and places, whatever their order, and carry on what is known of each configuration. Empty
    /// when they are not at hand: each result becomes a configuration of its own, of the scheme <c>outside</c>.
    /// </param>
    /// <param name="level">Name of the level of theory, which a data set must have in common.</param>
    /// <param name="path">File to write; a name ending in <c>.gz</c> is compressed.</param>
    /// <param name="failuresPath">Table of configurations without a label.</param>
    /// <returns>Number of configurations written, and of those without a label.</returns>
    /// <exception cref="InputException">A result fits no configuration, two fit the same one, or there is no label at all.</exception>
    public static (int Labelled, int Unlabelled) Write(
        IReadOnlyList<OutsideResult> results, IReadOnlyList<string> configurations, string level, string path, string failuresPath)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(configurations);
        Assigned[] assigned = configurations.Count > 0 ? [.. Assign(results, Configurations(configurations))] : [.. results.Select(AsItsOwn)];
        ExtendedXyzFrame[] labelled =
        [
            .. from each in assigned
               where each.Result?.Outcome is Label
               let result = each.Result!
               select LabelledFrame.Of(each.Frame!, each.Id, InOrder((Label)result.Outcome, each.Order), new LabelOrigin(result.Engine, result.Version, level, Rung: 0)),
        ];
        UnlabelledConfiguration[] unlabelled =
        [
            .. from each in assigned
               where each.Result?.Outcome is not Label
               select new UnlabelledConfiguration(each.Id, each.Frame, each.Result?.Outcome as LabelFailure ?? new LabelFailure("pending", "no result was given")),
        ];
        if (labelled.Length == 0)
        {
            throw new InputException($"None of {results.Count} results holds a label. The first says: {(results.Count > 0 ? (results[0].Outcome as LabelFailure)?.Detail : "nothing")}");
        }

        ExtendedXyz.Write(path, labelled);
        UnlabelledTable.Write(failuresPath, unlabelled);
        return (labelled.Length, unlabelled.Length);
    }

    private static List<(string Id, ExtendedXyzFrame Frame)> Configurations(IReadOnlyList<string> files)
    {
        var all = new List<(string, ExtendedXyzFrame)>();
        foreach (string file in files)
        {
            int number = 0;
            foreach (ExtendedXyzFrame frame in ExtendedXyz.Read(file))
            {
                number++;
                all.Add((frame.Info.GetValueOrDefault("id") ?? $"{Path.GetFileName(file)}#{number}", frame));
            }
        }

        return all;
    }

    /// <summary>Gives each configuration its result, in the order of the configurations; results without a crystal come last.</summary>
    private static IEnumerable<Assigned> Assign(IReadOnlyList<OutsideResult> results, List<(string Id, ExtendedXyzFrame Frame)> configurations)
    {
        var places = configurations.Select(configuration => new SiteIndex(configuration.Frame.Crystal, ToleranceAngstrom)).ToArray();
        var found = new (OutsideResult Result, ImmutableArray<int> Order)?[configurations.Count];
        for (int number = 0; number < results.Count; number++)
        {
            if (results[number].Crystal is not { } crystal)
            {
                continue;
            }

            // Results mostly come in the order of the configurations.
            int hint = number;
            int place = Enumerable.Range(0, places.Length).Select(offset => (hint + offset) % places.Length)
                .FirstOrDefault(candidate => Order(configurations[candidate].Frame.Crystal, places[candidate], crystal) is not null, -1);
            if (place < 0)
            {
                throw InputException.At(
                    results[number].Place, 0, "a crystal that is none of the configurations",
                    string.Create(CultureInfo.InvariantCulture, $"the lattice, elements and places (within {ToleranceAngstrom} Å) of one of {configurations.Count}"),
                    "Give the file the inputs were made from, or leave the configurations out.");
            }

            if (found[place] is { } earlier)
            {
                throw InputException.At(results[number].Place, 0, $"a result for '{configurations[place].Id}'", "one result for each configuration", $"{earlier.Result.Place} holds one already: give one of the two.");
            }

            found[place] = (results[number], Order(configurations[place].Frame.Crystal, places[place], crystal)!.Value);
        }

        return configurations
            .Select((configuration, place) => new Assigned(configuration.Id, configuration.Frame, found[place]?.Result, found[place]?.Order ?? []))
            .Concat(results.Where(result => result.Crystal is null).Select(result => new Assigned(result.Place, null, result, [])));
    }

    private static Assigned AsItsOwn(OutsideResult result) => new(
        result.Place,
        result.Crystal is null ? null : new ExtendedXyzFrame(result.Crystal, ImmutableDictionary<string, string>.Empty.Add("scheme", "outside"), ImmutableDictionary<string, ImmutableArray<Numerics.LinearAlgebra.Vector3D>>.Empty),
        result,
        [.. Enumerable.Range(0, result.Crystal?.AtomCount ?? 0)]);

    /// <summary>For each atom of the configuration its place in the result; null when they are different crystals.</summary>
    private static ImmutableArray<int>? Order(Crystal configuration, SiteIndex places, Crystal result)
    {
        bool isSameCell = configuration.AtomCount == result.AtomCount
            && Enumerable.Range(0, 3).All(row => (configuration.Lattice.Rows[row] - result.Lattice.Rows[row]).Length < ToleranceAngstrom);
        if (!isSameCell)
        {
            return null;
        }

        int[] order = new int[result.AtomCount];
        Array.Fill(order, -1);
        for (int atom = 0; atom < order.Length; atom++)
        {
            int place = places.Find(result.Elements[atom], result.PositionsFractional[atom]);
            if (place < 0 || order[place] >= 0)
            {
                return null;
            }

            order[place] = atom;
        }

        return [.. order];
    }

    private static Label InOrder(Label label, ImmutableArray<int> order) => label with { Forces = [.. order.Select(atom => label.Forces[atom])] };

    /// <summary>A configuration and its result.</summary>
    private sealed record Assigned(string Id, ExtendedXyzFrame? Frame, OutsideResult? Result, ImmutableArray<int> Order);
}
