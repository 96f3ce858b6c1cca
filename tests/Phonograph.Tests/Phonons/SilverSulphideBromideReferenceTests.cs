using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;
using Phonograph.Sampling;
using Phonograph.Testing;

namespace Phonograph.Tests.Phonons;

/// <summary>
/// The project's own forces (GFN1-xTB, Ag3SBr, with imaginary modes) against what phonopy 2.17.1 makes of them: tests/reference/phonopy, with the script.
/// </summary>
public sealed class SilverSulphideBromideReferenceTests
{
    private static readonly string Folder = Repository.PathOf("tests", "reference", "phonopy", "ag3sbr-gfn1-xtb");
    private static readonly JsonElement Reference = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "reference.json"))).RootElement;
    private static readonly JsonElement Covariances = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "covariance.json"))).RootElement;
    private static readonly ForceConstants Constants = Load();

    [Fact]
    public void Frequencies_are_those_of_phonopy()
    {
        var matrix = DynamicalMatrix.Of(Constants);
        double[][] waves = Reference.GetProperty("wave_vectors_fractional").Deserialize<double[][]>()!;
        double[][] wanted = Reference.GetProperty("frequencies_THz").Deserialize<double[][]>()!;
        for (int q = 0; q < waves.Length; q++)
        {
            ImmutableArray<double> found = matrix.FrequenciesTerahertz(new Vector3D(waves[q][0], waves[q][1], waves[q][2]));
            Assert.All(wanted[q].Zip(found), pair => Assert.Equal(pair.First, pair.Second, Math.Max(1e-6 * Math.Abs(pair.First), 1e-5)));
        }
    }

    [Theory]
    [InlineData(150)]
    [InlineData(300)]
    [InlineData(600)]
    public void Mean_square_displacements_with_absolute_frequencies_are_those_of_phonopy(int temperature)
    {
        var ensemble = new ThermalEnsemble(PhononModes.Of(Constants), temperature, ThermalStatistics.Quantum, new AbsoluteFrequencies());
        Assert.Equal(PhononModes.Of(Constants).ImaginaryCount, ensemble.SoftModesTouched);
        ImmutableArray<Vector3D> found = ensemble.MeanSquareDisplacements();
        double[][] wanted = Reference.GetProperty("mean_square_displacement_A2").GetProperty(temperature.ToString(CultureInfo.InvariantCulture)).Deserialize<double[][]>()!;
        for (int atom = 0; atom < Constants.Supercell.Crystal.AtomCount; atom++)
        {
            for (int axis = 0; axis < 3; axis++)
            {
                Assert.Equal(1, found[atom][axis] / wanted[Constants.Supercell.UnitAtom[atom]][axis], 1e-5);
            }
        }
    }

    [Fact]
    public void Covariances_of_pairs_with_absolute_frequencies_are_those_of_phonopy()
    {
        var whole = new ThermalEnsemble(PhononModes.Of(Constants), 300, ThermalStatistics.Quantum, new AbsoluteFrequencies());
        var waves = new WaveVectorEnsemble(DynamicalMatrix.Of(Constants), Constants.Supercell, 300, ThermalStatistics.Quantum, new AbsoluteFrequencies());
        double[] covariance = whole.Covariance();
        double[][] positions = Covariances.GetProperty("positions_fractional").Deserialize<double[][]>()!;
        double[][][][] wanted = Covariances.GetProperty("blocks_A2").Deserialize<double[][][][]>()!;
        int Own(int atom) => Enumerable.Range(0, 40).Single(own => Distance(whole.Crystal.PositionsFractional[own], positions[atom]) < 1e-4);
        int[] rows = Covariances.GetProperty("rows").Deserialize<int[]>()!;
        for (int row = 0; row < rows.Length; row++)
        {
            for (int atom = 0; atom < 40; atom++)
            {
                (int first, int second) = (Own(rows[row]), Own(atom));
                for (int element = 0; element < 9; element++)
                {
                    double reference = wanted[row][atom][element / 3][element % 3];
                    Assert.Equal(reference, covariance[(((3 * first) + (element / 3)) * 120) + (3 * second) + (element % 3)], 1e-6);
                    Assert.Equal(reference, waves.Covariance(first, second)[element / 3, element % 3], 1e-6);
                }
            }
        }
    }

    [Theory]
    [InlineData("10,10,2", 10, 10, 2)]
    [InlineData("3,2,1", 3, 2, 1)]
    public void Covariances_of_the_atoms_of_larger_supercells_are_those_of_phonopy(string name, int a, int b, int c)
    {
        var ensemble = new WaveVectorEnsemble(DynamicalMatrix.Of(Constants), Supercell.Of(Constants.Supercell.Unit, a, b, c), 300, ThermalStatistics.Quantum, new FreezeSoftModes());
        ImmutableArray<Matrix3x3> found = ensemble.AtomCovariances();
        double[][][] wanted = Covariances.GetProperty("tensors_A2").GetProperty(name).Deserialize<double[][][]>()!;
        for (int atom = 0; atom < 5; atom++)
        {
            for (int element = 0; element < 9; element++)
            {
                Assert.Equal(wanted[atom][element / 3][element % 3], found[atom * a * b * c][element / 3, element % 3], 1e-5 * found[atom * a * b * c].Trace);
            }
        }
    }

    private static double Distance(Vector3D place, double[] other) =>
        new Vector3D(place.X - other[0] - Math.Round(place.X - other[0]), place.Y - other[1] - Math.Round(place.Y - other[1]), place.Z - other[2] - Math.Round(place.Z - other[2])).Length;

    private static ForceConstants Load()
    {
        var supercell = Supercell.Of(Poscar.Read(Path.Combine(Folder, "POSCAR")), 2, 2, 2);
        return ForceConstantsFit.Fit(supercell, ForceSetsFile.Read(Path.Combine(Folder, "FORCE_SETS.gz"), supercell)).Symmetrised();
    }
}
