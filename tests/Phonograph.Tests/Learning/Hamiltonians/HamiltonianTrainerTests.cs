using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Learning;
using Phonograph.Learning.Hamiltonians;
using Phonograph.Testing;

namespace Phonograph.Tests.Learning.Hamiltonians;

public sealed class HamiltonianTrainerTests
{
    private static readonly HamiltonianOptions Options = new()
    {
        Orbitals = OrbitalChoice.Frontier,
        CutoffAngstrom = HamiltonianCells.Cutoff,
        RadialFunctions = 4,
        Passes = 4,
        Starts = 2,
        NoiseElectronvolt = 0.005,
    };

    [Fact]
    public void The_band_edges_of_a_Hamiltonian_of_the_same_form_are_learnt_and_cells_that_were_not_seen_are_predicted()
    {
        HamiltonianModel teacher = HamiltonianCells.Teacher(1);
        HamiltonianModel learnt = Train(HamiltonianCells.Data(teacher, 120, 30), Options);
        ImmutableArray<LabelledGraph> test = HamiltonianCells.Labelled(teacher, 9000, 40);
        double[] gaps = [.. test.Select(cell => cell.Label(1))];
        double spread = gaps.Average(gap => Math.Abs(gap - gaps.Average()));
        double error = learnt.Beside(test, "test", TestContext.Current.CancellationToken)[1].Average(each => Math.Abs(each.Predicted - each.Label));
        Assert.True(error < 0.1 * spread, $"error {error} eV, spread {spread} eV");
    }

    [Fact]
    public void The_same_data_and_seed_give_the_same_bits_and_another_seed_does_not()
    {
        HamiltonianData data = HamiltonianCells.Data(HamiltonianCells.Teacher(2), 12, 6);
        HamiltonianOptions quick = Options with { Passes = 2 };
        Assert.Equal(Train(data, quick).Parameters, Train(data, quick).Parameters);
        Assert.NotEqual(Train(data, quick).Parameters, Train(data, quick with { Seed = 2 }).Parameters);
        Assert.NotEqual(HamiltonianFingerprint.Of(data, quick), HamiltonianFingerprint.Of(data, quick with { Seed = 2 }));
        Assert.NotEqual(HamiltonianFingerprint.Of(data, quick), HamiltonianFingerprint.Of(data with { Training = data.Training.RemoveAt(0) }, quick));
    }

    [Fact]
    public void The_pass_with_the_lowest_validation_error_is_kept()
    {
        HamiltonianProvenance learnt = Train(HamiltonianCells.Data(HamiltonianCells.Teacher(3), 16, 8), Options).Provenance;
        Assert.Equal(Options.Passes, learnt.Passes.Length);
        Assert.Equal(learnt.Passes.MinBy(pass => pass.ValidationError)!.Pass, learnt.BestPass);
    }

    [Fact]
    public void A_file_gives_back_the_same_bits_and_a_damaged_one_is_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        HamiltonianModel learnt = Train(HamiltonianCells.Data(HamiltonianCells.Teacher(4), 8, 4), Options with { Passes = 1, Starts = 1 });
        string path = folder.File("bands.safetensors"), again = folder.File("again.safetensors");
        HamiltonianFile.Write(path, learnt);
        HamiltonianModel read = HamiltonianFile.Read(path);
        HamiltonianFile.Write(again, read);
        Assert.Equal(learnt.Parameters, read.Parameters);
        Assert.Equal(learnt.Form.Elements, read.Form.Elements);
        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(again));

        byte[] bytes = File.ReadAllBytes(path);
        foreach (int length in new[] { 4, bytes.Length / 2, bytes.Length - 8 })
        {
            File.WriteAllBytes(again, bytes[..length]);
            Assert.StartsWith(again, Assert.Throws<InputException>(() => HamiltonianFile.Read(again)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Cells_it_cannot_describe_have_no_prediction_and_a_reason()
    {
        HamiltonianModel teacher = HamiltonianCells.Teacher(5);
        var strange = new Crystal(Lattice.Cubic(4), [Element.Of("Na"), Element.Of("Cl")], [new(0, 0, 0), new(0.5, 0.5, 0.5)]);
        var odd = new Crystal(Lattice.Cubic(4), [Element.Of("Ag"), Element.Of("S")], [new(0, 0, 0), new(0.5, 0.5, 0.5)]);
        ImmutableArray<(EdgeLabels Edges, OutsideReasons Reasons)> found = teacher.Predict([HamiltonianCells.Graph(strange), HamiltonianCells.Graph(odd), HamiltonianCells.Graph(HamiltonianCells.Shaken(1, 0.1))], TestContext.Current.CancellationToken);
        Assert.True(double.IsNaN(found[0].Edges.GapElectronvolt) && found[0].Reasons.HasFlag(OutsideReasons.UnknownElement));
        Assert.True(double.IsNaN(found[1].Edges.GapElectronvolt) && found[1].Reasons.HasFlag(OutsideReasons.NoFeatures));
        Assert.Equal(OutsideReasons.None, found[2].Reasons);
        Assert.True(double.IsFinite(found[2].Edges.GapElectronvolt));
    }

    [Fact]
    public void Too_few_cells_and_options_out_of_range_are_refused()
    {
        HamiltonianData data = HamiltonianCells.Data(HamiltonianCells.Teacher(6), 4, 2);
        Assert.Throws<InputException>(() => Train(data with { Validation = [] }, Options));
        Assert.Throws<InputException>(() => Train(data, Options with { RadialFunctions = 1 }));
        Assert.Throws<InputException>(() => Train(data, Options with { CutoffAngstrom = 1.5 }));
    }

    private static HamiltonianModel Train(HamiltonianData data, HamiltonianOptions options) => HamiltonianTrainer.Train(data, options, cancellation: TestContext.Current.CancellationToken);
}
