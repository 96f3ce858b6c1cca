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

    private static ForceConstants Load()
    {
        var supercell = Supercell.Of(Poscar.Read(Path.Combine(Folder, "POSCAR")), 2, 2, 2);
        return ForceConstantsFit.Fit(supercell, ForceSetsFile.Read(Path.Combine(Folder, "FORCE_SETS.gz"), supercell)).Symmetrised();
    }
}
