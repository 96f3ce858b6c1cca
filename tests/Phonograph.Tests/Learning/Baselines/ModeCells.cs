using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Datasets;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;
using Phonograph.Phonons;
using Phonograph.Testing;

namespace Phonograph.Tests.Learning.Baselines;

/// <summary>Displaced cells of a crystal of springs, with labels that are functions of their mode amplitudes.</summary>
internal static class ModeCells
{
    internal static readonly PhononModes Modes = PhononModes.Of(new SpringModel().Constants(Supercell.Of(TestCrystals.SilverSulphideBromide, 1, 1, 1)));

    /// <summary>Cells whose band gap is a function of the amplitudes; the other labels are other multiples of it.</summary>
    internal static ImmutableArray<LabelledConfiguration> Cells(int count, Func<ImmutableArray<double>, double> label, ulong seed = 1) =>
        ModeProjection.Apply(Enumerable.Range(0, count).Select(index => Cell(index, label, seed)), Modes, "springs");

    private static LabelledConfiguration Cell(int index, Func<ImmutableArray<double>, double> label, ulong seed)
    {
        var random = new Philox(seed, (ulong)index);
        ImmutableArray<Vector3D> displacements = [.. Enumerable.Range(0, Modes.Crystal.AtomCount).Select(_ => 0.1 * new Vector3D(random.NextNormal(), random.NextNormal(), random.NextNormal()))];
        double value = label(Modes.Amplitudes(displacements.AsSpan()));
        ImmutableDictionary<string, string> info = ImmutableDictionary<string, string>.Empty.Add("id", string.Create(CultureInfo.InvariantCulture, $"cell-{index:D4}"));
        var frame = new ExtendedXyzFrame(Modes.Crystal.Displaced(displacements.AsSpan()), info, ImmutableDictionary<string, ImmutableArray<Vector3D>>.Empty.Add("displacement", displacements));
        return new LabelledConfiguration(info["id"], new Stratum("uniform", null, 0.4), 2 * value, value, -value, 10 + value, false, "test", "springs", info["id"], "cells.xyz", frame);
    }
}
