using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Datasets;
using Phonograph.Datasets.Divisions;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Testing;

namespace Phonograph.Tests.Datasets.Divisions;

/// <summary>Labelled cells with kin among them: ± pairs, scaled copies, copies by symmetry, frames of runs.</summary>
internal static class DivisionCells
{
    /// <summary>Random cells of three schemes; some have an opposite, a scaled or a mirrored copy under another name, some share a group.</summary>
    internal static ImmutableArray<LabelledConfiguration> Mixed(int ofEach, ulong seed, int kin)
    {
        var frames = new List<ExtendedXyzFrame>();
        foreach ((string scheme, double? temperature, double? width) in new (string, double?, double?)[] { ("phonon", 300, null), ("phonon", 600, null), ("uniform", null, 0.2), ("gaussian", null, 0.1) })
        {
            for (int index = 0; index < ofEach; index++)
            {
                ExtendedXyzFrame frame = LabelledFrames.Frame(
                    string.Create(CultureInfo.InvariantCulture, $"{scheme}-{temperature ?? width}-{index:D3}"), scheme, temperature, width, (seed * 100_003) + (ulong)((index * 1000) + (temperature ?? (width * 10)!.Value)));
                frames.Add(frame);
                string id = frame.Info["id"];
                if (index < kin)
                {
                    frames.Add((index % 4) switch
                    {
                        0 => Scaled(frame, -1, id + "-opposite"),
                        1 => Scaled(frame, 1.7, id + "-hot"),
                        2 => Mirrored(frame, id + "-mirrored"),
                        _ => LabelledFrames.Frame(id + "-pair", scheme, temperature, width, (seed * 77) + (ulong)index, ("group", id)),
                    });
                }
            }
        }

        return Read(frames);
    }

    /// <summary>Frames of runs at 300 K, so many each, 20 fs apart.</summary>
    internal static IEnumerable<ExtendedXyzFrame> Frames(int runs, int ofEach, ulong seed = 500) =>
        from run in Enumerable.Range(1, runs)
        from step in Enumerable.Range(0, ofEach)
        select LabelledFrames.Frame(
            $"md-300K-r{run}-{step:D4}", "dynamics", 300, null, seed + (ulong)((run * 1000) + step), ("run", $"{run}"), ("step", $"{step}"), ("time_fs", $"{20 * step}"));

    internal static ExtendedXyzFrame Scaled(ExtendedXyzFrame frame, double factor, string id)
    {
        Vector3D[] moves = [.. frame.VectorColumns["displacement"].Select(move => factor * move)];
        return frame with { Crystal = TestCrystals.SilverSulphideBromide.Displaced(moves), Info = frame.Info.SetItem("id", id), VectorColumns = frame.VectorColumns.SetItem("displacement", [.. moves]) };
    }

    /// <summary>x and y exchanged, which carries the cubic crystal into itself; its atoms in another order within their element, another origin, no displacements.</summary>
    internal static ExtendedXyzFrame Mirrored(ExtendedXyzFrame frame, string id)
    {
        int[] order = [.. Enumerable.Range(0, frame.Crystal.AtomCount).OrderBy(atom => frame.Crystal.Elements[atom].AtomicNumber).ThenByDescending(atom => atom)];
        var crystal = new Crystal(
            frame.Crystal.Lattice,
            [.. order.Select(atom => frame.Crystal.Elements[atom])],
            [.. order.Select(atom => frame.Crystal.PositionsFractional[atom]).Select(place => new Vector3D(place.Y + 0.3, place.X - 0.2, place.Z + 1))]);
        return frame with { Crystal = crystal, Info = frame.Info.SetItem("id", id), VectorColumns = ImmutableDictionary<string, ImmutableArray<Vector3D>>.Empty };
    }

    internal static Division Divide(IReadOnlyCollection<LabelledConfiguration> cells, DivisionOptions options) => Division.Create(cells, options, TestContext.Current.CancellationToken);

    internal static ImmutableArray<LabelledConfiguration> Read(IEnumerable<ExtendedXyzFrame> frames)
    {
        using var folder = new TemporaryFolder();
        ExtendedXyz.Write(folder.File("cells.xyz"), frames);
        return Dataset.Read([folder.File("cells.xyz")]).Configurations;
    }
}
