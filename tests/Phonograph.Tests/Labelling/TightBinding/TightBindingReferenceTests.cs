using System.Collections.Immutable;
using System.Text.Json;
using Phonograph.Crystals;
using Phonograph.Labelling;
using Phonograph.Labelling.TightBinding;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.TightBinding;

/// <summary>Against tests/reference/slater-koster: the same model written a second time with PyTorch's automatic differentiation.</summary>
public sealed class TightBindingReferenceTests
{
    private static readonly JsonDocument Reference =
        JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tests", "reference", "slater-koster", "reference.json")));

    public static TheoryData<string> Names => [.. Reference.RootElement.GetProperty("cases").EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Energy_forces_stress_and_edges_equal_the_second_implementation(string name)
    {
        JsonElement one = Reference.RootElement.GetProperty("cases").EnumerateArray().Single(item => item.GetProperty("name").GetString() == name);
        ImmutableArray<Vector3D> rows = Vectors(one.GetProperty("cell_A"));
        string symbols = string.Join(' ', one.GetProperty("symbols").EnumerateArray().Select(symbol => symbol.GetString()));
        int[] mesh = [.. one.GetProperty("mesh").EnumerateArray().Select(count => count.GetInt32())];
        Crystal crystal = TightBindingCrystals.Of(new Lattice(new Matrix3x3(rows[0], rows[1], rows[2])), symbols, Vectors(one.GetProperty("positions_fractional")));
        Label label = new TightBindingModel(TightBindingParameters.Default).Solve(crystal, new KPointMesh(mesh[0], mesh[1], mesh[2])).Label;
        Assert.Equal(one.GetProperty("energy_eV").GetDouble(), label.EnergyElectronvolt, 1e-9);
        Assert.Equal(one.GetProperty("vbm_eV").GetDouble(), label.BandEdges.ValenceBandMaximumElectronvolt, 1e-10);
        Assert.Equal(one.GetProperty("cbm_eV").GetDouble(), label.BandEdges.ConductionBandMinimumElectronvolt, 1e-10);
        Assert.False(label.BandEdges.IsMetallic);
        ImmutableArray<Vector3D> forces = Vectors(one.GetProperty("forces_eV_per_A")), stress = Vectors(one.GetProperty("stress_eV_per_A3"));
        Assert.All(label.Forces.Zip(forces), pair => Assert.True((pair.First - pair.Second).Length < 1e-10, pair.ToString()));
        Assert.All(Enumerable.Range(0, 3), row => Assert.True((label.Stress[row] - stress[row]).Length < 1e-10, label.Stress.ToString()));
    }

    private static ImmutableArray<Vector3D> Vectors(JsonElement rows) =>
        [.. rows.EnumerateArray().Select(row => new Vector3D(row[0].GetDouble(), row[1].GetDouble(), row[2].GetDouble()))];
}
