using System.Globalization;
using Phonograph.Labelling;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Testing;
using Phonograph.Units;

namespace Phonograph.Tests.Labelling.Cp2k;

/// <summary>
/// What the adapter reads from recorded runs, beside lines of the same files that it does not read: CP2K's own sum of the energy terms, its
/// trace, Fermi energy and band gap.
/// </summary>
public sealed class Cp2kReaderTests
{
    private const double Hartree = PhysicalConstants.HartreeElectronvolt;
    private const double ForceUnit = PhysicalConstants.HartreeElectronvolt / PhysicalConstants.BohrAngstrom;

    public static TheoryData<string> Converged => [Cp2kRecording.Insulator.Name, Cp2kRecording.DensityFunctional.Name, Cp2kRecording.Seeded.Name];

    [Theory]
    [MemberData(nameof(Converged))]
    public async Task Energy_is_the_sum_of_the_terms_in_electronvolt(string name)
    {
        (Cp2kRecording recording, Label label) = await ReadAsync(name);
        string total = recording.Lines("job.out").Last(line => line.StartsWith("  Total energy:", StringComparison.Ordinal));
        // With direct mixing the two are equal; with Broyden mixing of the density they differ by what is left of the error of self-consistency.
        Assert.Equal(Number(total, 2) * Hartree, label.EnergyElectronvolt, name == Cp2kRecording.Insulator.Name ? 1e-9 : 5e-5);
        Assert.Equal(recording.Crystal.Lattice.Volume, label.VolumeCubicAngstrom);
    }

    [Theory]
    [MemberData(nameof(Converged))]
    public async Task Forces_stand_in_the_order_of_the_atoms_in_electronvolt_per_angstrom(string name)
    {
        (Cp2kRecording recording, Label label) = await ReadAsync(name);
        string[] lines = recording.Lines("job.forces");
        Assert.Equal(recording.Crystal.AtomCount, label.Forces.Length);
        for (int atom = 0; atom < label.Forces.Length; atom++)
        {
            string row = lines.Single(line => line.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{atom + 1,7} "), StringComparison.Ordinal));
            Assert.Equal(recording.Crystal.Elements[atom].Symbol, row.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2]);
            for (int axis = 0; axis < 3; axis++)
            {
                Assert.Equal(Number(row, 3 + axis) * ForceUnit, label.Forces[atom][axis], 1e-12);
            }
        }

        Vector3D sum = label.Forces.Aggregate(Vector3D.Zero, (total, force) => total + force);
        Assert.True(sum.Length < 1e-3, $"forces add up to {sum}");
    }

    [Theory]
    [MemberData(nameof(Converged))]
    public async Task Stress_has_the_opposite_sign_of_what_is_printed(string name)
    {
        (Cp2kRecording recording, Label label) = await ReadAsync(name);
        string[] lines = recording.Lines("job.stress");
        Assert.Equal(-Number(lines.Single(line => line.Contains("1/3 Trace", StringComparison.Ordinal)), 3), label.HydrostaticStressGigapascal, 1e-9);
        Assert.Equal(label.Stress[0, 1], label.Stress[1, 0], 1e-12);
        // The determinant is printed, too, and changes sign with the tensor.
        Matrix3x3 printed = -PhysicalConstants.ElectronvoltPerCubicAngstromGigapascal * label.Stress;
        double determinant = Number(lines.Single(line => line.Contains("Determinant", StringComparison.Ordinal)), 2);
        Assert.Equal(determinant, printed.Determinant, 1e-8 * Math.Abs(determinant));
    }

    [Theory]
    [MemberData(nameof(Converged))]
    public async Task Band_edges_are_those_that_are_printed_below_the_eigenvalues(string name)
    {
        (Cp2kRecording recording, Label label) = await ReadAsync(name);
        string[] lines = recording.Lines("job.states");
        // Without smearing CP2K calls the highest occupied eigenvalue its Fermi energy.
        double highest = Number(lines.Last(line => line.Contains("E(Fermi):", StringComparison.Ordinal)), 2) * Hartree;
        double gap = Number(lines.Last(line => line.Contains("Band gap:", StringComparison.Ordinal)), 3) * Hartree;
        Assert.Equal(highest, label.BandEdges.ValenceBandMaximumElectronvolt, 1e-9);
        Assert.Equal(gap, label.BandEdges.GapElectronvolt, 1e-9);
        Assert.Equal(highest + gap, label.BandEdges.ConductionBandMinimumElectronvolt, 1e-9);
        Assert.Equal("average electrostatic potential", label.BandEdges.Reference);
        Assert.False(label.BandEdges.IsMetallic);
    }

    [Fact]
    public async Task A_seeded_run_is_read_from_its_last_states_not_from_those_it_starts_from()
    {
        string[] headers = [.. Cp2kRecording.Seeded.Lines("job.states").Where(line => line.Contains("EIGENVALUES AND OCCUPATION", StringComparison.Ordinal))];
        Assert.Equal(2, headers.Length);
        (_, Label plain) = await ReadAsync(Cp2kRecording.Insulator.Name);
        (_, Label seeded) = await ReadAsync(Cp2kRecording.Seeded.Name);
        // Both stop at an error of 1e-6 of the density matrix.
        Assert.Equal(plain.BandEdges.GapElectronvolt, seeded.BandEdges.GapElectronvolt, 1e-5);
        Assert.Equal(plain.EnergyElectronvolt, seeded.EnergyElectronvolt, 1e-5);
    }

    [Fact]
    public async Task The_edges_of_a_mesh_are_those_of_all_its_points()
    {
        (Cp2kRecording recording, Label label) = await ReadAsync(Cp2kRecording.Mesh.Name);
        string[] lines = recording.Lines("job.states");
        Assert.Equal(4, lines.Count(line => line.Contains("FOR K POINT", StringComparison.Ordinal)));
        // Four bands of eight electrons are filled; the eigenvalues in electronvolt are a column that the reader does not use.
        double Edge(int band, Func<IEnumerable<double>, double> of) => of(lines.Where(line => line.StartsWith($" MO|      {band} ", StringComparison.Ordinal)).Select(line => Number(line, 3)));
        Assert.Equal(Edge(4, Enumerable.Max), label.BandEdges.ValenceBandMaximumElectronvolt, 1e-6);
        Assert.Equal(Edge(5, Enumerable.Min), label.BandEdges.ConductionBandMinimumElectronvolt, 1e-6);
        Assert.NotEqual(Edge(4, Enumerable.Min), Edge(4, Enumerable.Max), 1e-2);
        Assert.False(label.BandEdges.IsMetallic);
    }

    [Fact]
    public async Task A_mesh_whose_last_point_is_missing_is_a_failure()
    {
        using var program = new FakeCp2k(Cp2kRecording.Mesh.Folder);
        string path = Path.Combine(program.Answers, "job.states");
        string text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(path, text[..text.IndexOf(" MO| EIGENVALUES AND OCCUPATION NUMBERS FOR K POINT 4", StringComparison.Ordinal)], TestContext.Current.CancellationToken);
        Assert.Contains("3 k-points, not of 4", Assert.IsType<LabelFailure>(await Cp2kRecording.Mesh.ComputeAsync(program)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Levels_that_are_equal_but_for_rounding_are_metallic()
    {
        (Cp2kRecording recording, Label label) = await ReadAsync(Cp2kRecording.TouchingEdges.Name);
        double gap = Number(recording.Lines("job.states").Last(line => line.Contains("Band gap:", StringComparison.Ordinal)), 3);
        Assert.True(gap is > 0 and < 1e-8, "the recorded edges touch, but not exactly");
        Assert.True(label.BandEdges.IsMetallic);
    }

    [Fact]
    public async Task An_unconverged_run_is_a_failure_that_names_its_last_step_although_every_file_is_there()
    {
        Cp2kRecording recording = Cp2kRecording.Unconverged;
        Assert.Contains(recording.Lines("job.out"), line => line.StartsWith(" ENERGY| Total FORCE_EVAL", StringComparison.Ordinal));
        Assert.Equal(4, recording.Lines("job.forces").Count(line => line.Contains(" Al ", StringComparison.Ordinal)));
        LabelFailure failure = Assert.IsType<LabelFailure>(await recording.ReadAsync());
        Assert.Equal("not-converged", failure.Reason);
        string last = recording.Lines("job.out").Last(line => line.Contains("P_Mix/Diag.", StringComparison.Ordinal) || line.Contains("DIIS/Diag.", StringComparison.Ordinal));
        string[] cells = last.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal($"Self-consistency not reached; last step 60: error {cells[^3]}, energy {cells[^2]} hartree, change {cells[^1]} hartree", failure.Detail);
    }

    [Fact]
    public async Task What_CP2K_says_when_it_gives_up_is_kept()
    {
        LabelFailure failure = Assert.IsType<LabelFailure>(await Cp2kRecording.Aborted.ReadAsync());
        Assert.Equal("engine-error", failure.Reason);
        Assert.Contains("Use the LSD option for an odd number of electrons", failure.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Detail);
    }

    private static async Task<(Cp2kRecording Recording, Label Label)> ReadAsync(string name)
    {
        Cp2kRecording recording = Cp2kRecording.All.Single(candidate => candidate.Name == name);
        return (recording, Assert.IsType<Label>(await recording.ReadAsync()));
    }

    private static double Number(string line, int cell) =>
        double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[cell], CultureInfo.InvariantCulture);
}
