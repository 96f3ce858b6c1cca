using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Electrons;

/// <summary>Labelled cells along one frozen displacement pattern: gap and shortest distance of a pair of elements against the amplitude.</summary>
/// <param name="Rows">By rising amplitude.</param>
/// <param name="FirstElement">One element of the pair.</param>
/// <param name="SecondElement">The other one.</param>
public sealed record FrozenMode(ImmutableArray<FrozenModeRow> Rows, string FirstElement, string SecondElement)
{
    private const double PatternTolerance = 1e-3, ReachAngstrom = 3.5;

    /// <summary>Reads cells; their displacements must be multiples of one pattern.</summary>
    /// <param name="path">Extended XYZ file with the column <c>displacement</c> and <c>band_gap_eV</c>.</param>
    /// <param name="first">Symbol of an element.</param>
    /// <param name="second">Symbol of another, or the same.</param>
    /// <exception cref="InputException">A cell has no displacement or gap, or another pattern; or there is no such pair.</exception>
    public static FrozenMode Read(string path, string first, string second)
    {
        ExtendedXyzFrame[] frames = [.. ExtendedXyz.Read(path)];
        Vector3D[][] moves = [.. frames.Select((frame, index) => frame.VectorColumns.TryGetValue("displacement", out ImmutableArray<Vector3D> column)
            ? column.ToArray()
            : throw InputException.At(Place(path, index), 0, "no column displacement", "the displacement of each atom in Å", "Write the cells with 'phonograph phonons animate'."))];
        Vector3D[] pattern = moves.MaxBy(Squares)!;
        double length = Math.Sqrt(Squares(pattern));
        if (!(length > 0))
        {
            throw InputException.At(path, 0, "no displaced cell", "cells along a frozen mode", "Write them with 'phonograph phonons animate'.");
        }

        return new FrozenMode([.. frames.Select((frame, index) => Row(path, index, frame, moves[index], pattern, length, first, second)).OrderBy(row => row.AmplitudeAngstrom)], first, second);
    }

    private static FrozenModeRow Row(string path, int index, ExtendedXyzFrame frame, Vector3D[] moves, Vector3D[] pattern, double length, string first, string second)
    {
        double along = 0;
        for (int atom = 0; atom < moves.Length; atom++)
        {
            along += Vector3D.Dot(moves[atom], pattern[Math.Min(atom, pattern.Length - 1)]);
        }

        along /= length;
        double left = Math.Sqrt(Math.Max(0, Squares(moves) - (along * along)));
        if (moves.Length != pattern.Length || left > PatternTolerance * length)
        {
            throw InputException.At(Place(path, index), 0, FormattableString.Invariant($"displacements of another pattern ({left:0.####} Å off)"), "multiples of one pattern", "Give the cells of one frozen mode alone.");
        }

        double gap = frame.Info.TryGetValue("band_gap_eV", out string? text) && double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double value)
            ? value
            : throw InputException.At(Place(path, index), 0, "no key band_gap_eV", "the band gap in eV", "Label the cells with 'phonograph label'.");
        double[] distances = Distances(frame, first, second);
        return distances.Length == 0
            ? throw InputException.At(Place(path, index), 0, $"no {first}-{second} pair within {ReachAngstrom} Å", "a pair of elements of the crystal", "Write for example --pair Ag-S.")
            : new FrozenModeRow(along / Math.Sqrt(moves.Length), gap, distances.Min(), distances.Average());
    }

    private static double[] Distances(ExtendedXyzFrame frame, string first, string second)
    {
        ImmutableArray<Element> elements = frame.Crystal.Elements;
        return
        [
            .. NeighbourSearch.Find(frame.Crystal, ReachAngstrom)
                .Where(pair => elements[pair.Target].Symbol == first && elements[pair.Source].Symbol == second).Select(pair => pair.Distance),
        ];
    }

    private static double Squares(Vector3D[] moves) => moves.Sum(move => move.LengthSquared);

    private static string Place(string path, int index) => FormattableString.Invariant($"{path}, frame {index + 1}");
}

/// <summary>One cell of a frozen mode.</summary>
/// <param name="AmplitudeAngstrom">Signed r.m.s. displacement over atoms, Å.</param>
/// <param name="GapElectronvolt">Band gap, eV.</param>
/// <param name="ShortestAngstrom">Shortest distance of the pair, Å.</param>
/// <param name="MeanAngstrom">Mean distance of the pair's neighbours within 3.5 Å, Å.</param>
public sealed record FrozenModeRow(double AmplitudeAngstrom, double GapElectronvolt, double ShortestAngstrom, double MeanAngstrom);
