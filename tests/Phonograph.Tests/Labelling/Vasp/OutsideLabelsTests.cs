using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Datasets;
using Phonograph.Files;
using Phonograph.Labelling;
using Phonograph.Labelling.Outside;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Random;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.Vasp;

public sealed class OutsideLabelsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Results_in_any_order_of_files_and_atoms_and_in_any_image_find_their_configurations()
    {
        Crystal[] cells = [.. Enumerable.Range(0, 4).Select(Cell)];
        WriteConfigurations(cells);
        OutsideResult[] results = [.. new[] { 2, 0, 3 }.Select(number => Result(cells[number], number, Shuffled(cells[number].AtomCount, number)))];
        Assert.Equal((3, 1), Write(results, "cells.xyz"));
        ExtendedXyzFrame[] labelled = [.. ExtendedXyz.Read(_folder.File("out.xyz"))];
        Assert.Equal(["cell-0", "cell-2", "cell-3"], labelled.Select(frame => frame.Info["id"]));
        Assert.All(labelled, frame => Assert.Equal("phonon", frame.Info["scheme"]));
        foreach (ExtendedXyzFrame frame in labelled)
        {
            // Each force says the cell and the atom it belongs to.
            int number = int.Parse(frame.Info["id"][5..], System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(Enumerable.Range(0, frame.Crystal.AtomCount).Select(atom => Force(number, atom)), frame.VectorColumns["REF_forces"]);
        }

        Assert.Contains("cell-1,phonon,300,,pending,no result was given", File.ReadAllText(_folder.File("failures.csv")), StringComparison.Ordinal);
        Assert.Equal(3, Dataset.Read([_folder.File("out.xyz")]).Configurations.Length);
    }

    [Fact]
    public void Without_configurations_each_result_stands_for_itself_and_failures_are_listed()
    {
        OutsideResult failed = Result(Cell(1), 1, [0, 1, 2, 3, 4]) with { Outcome = new LabelFailure("not-converged", "60 steps, all") };
        Assert.Equal((1, 1), Write([Result(Cell(0), 0, [0, 1, 2, 3, 4]), failed]));
        Assert.Equal("outside", Assert.Single(ExtendedXyz.Read(_folder.File("out.xyz"))).Info["scheme"]);
        Assert.Contains("run-1,outside,,,not-converged,\"60 steps, all\"", File.ReadAllText(_folder.File("failures.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_result_of_another_crystal_is_refused()
    {
        WriteConfigurations([Cell(0)]);
        Assert.Contains("run-7", Assert.Throws<InputException>(() => Write([Result(Cell(7), 7, [0, 1, 2, 3, 4])], "cells.xyz")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_results_for_one_configuration_are_refused()
    {
        WriteConfigurations([Cell(0)]);
        OutsideResult result = Result(Cell(0), 0, [0, 1, 2, 3, 4]);
        Assert.Contains("one result for each", Assert.Throws<InputException>(() => Write([result, result with { Place = "again" }], "cells.xyz")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Failures_alone_are_refused_with_the_first_reason() => Assert.Contains(
        "cut", Assert.Throws<InputException>(() => Write([new OutsideResult("run", "vasp", "6", null, new LabelFailure("engine-error", "cut"))])).Message, StringComparison.Ordinal);

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private static Crystal Cell(int number)
    {
        var random = new Philox(9, (ulong)number);
        Crystal unit = TestCrystals.SilverSulphideBromide;
        return unit.Displaced([.. Enumerable.Range(0, unit.AtomCount).Select(_ => 0.2 * new Vector3D(random.NextDouble(), random.NextDouble(), random.NextDouble()))]);
    }

    private static Vector3D Force(int number, int atom) => new(number, atom, 0.5);

    private static int[] Shuffled(int count, int seed) => [.. Enumerable.Range(0, count).OrderBy(place => (place * 7) + (seed * 3) % count)];

    /// <summary>The result of a cell whose atoms a program lists in another order and in other images.</summary>
    private static OutsideResult Result(Crystal cell, int number, int[] order)
    {
        var other = new Crystal(
            cell.Lattice, [.. order.Select(atom => cell.Elements[atom])],
            [.. order.Select(atom => cell.PositionsFractional[atom] + new Vector3D(atom - 2, 1, -atom) + new Vector3D(1e-6, 0, 0))]);
        var label = new Label(-10 - number, [.. order.Select(atom => Force(number, atom))], Matrix3x3.Diagonal(0.01, 0.01, 0.01), new BandEdges(-1, 1, "zero", false), cell.Lattice.Volume);
        return new OutsideResult($"run-{number}", "vasp", "6.4.2", other, label);
    }

    private void WriteConfigurations(Crystal[] cells) => ExtendedXyz.Write(_folder.File("cells.xyz"), cells.Select((cell, number) => new ExtendedXyzFrame(
        cell,
        ImmutableDictionary<string, string>.Empty.Add("id", $"cell-{number}").Add("scheme", "phonon").Add("temperature_K", "300"),
        ImmutableDictionary<string, ImmutableArray<Vector3D>>.Empty)));

    private (int Labelled, int Unlabelled) Write(IReadOnlyList<OutsideResult> results, params string[] configurations) =>
        OutsideLabels.Write(results, [.. configurations.Select(_folder.File)], "pbesol-520eV", _folder.File("out.xyz"), _folder.File("failures.csv"));
}
