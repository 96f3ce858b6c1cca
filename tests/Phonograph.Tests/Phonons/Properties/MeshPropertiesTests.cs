using System.Collections.Immutable;
using System.Text.Json;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Memory;
using Phonograph.Phonons;
using Phonograph.Phonons.Properties;
using Phonograph.Phonons.WaveVectors;

namespace Phonograph.Tests.Phonons.Properties;

/// <summary>Sums over meshes of wave vectors against phonopy's (tests/reference/phonopy/properties), and against what must hold for any crystal.</summary>
public sealed class MeshPropertiesTests
{
    public static TheoryData<string> Plain => PhonopyCase.Plain;

    [Theory]
    [MemberData(nameof(Plain))]
    public void Thermal_properties_are_those_of_phonopy(string name)
    {
        PhonopyCase reference = PhonopyCase.Load(name);
        foreach ((JsonElement expected, WaveVectorMesh mesh) in Meshes(reference))
        {
            var phonons = MeshPhonons.Of(reference.Crystal.Matrix(), mesh);
            var thermal = ThermalProperties.Of(phonons, PhonopyCase.Temperatures);
            var absolute = ThermalProperties.Of(phonons, PhonopyCase.Temperatures, new ThermalOptions(1e-3, ImaginaryModes.AbsoluteValue));
            JsonElement wanted = expected.GetProperty("thermal");
            for (int t = 0; t < PhonopyCase.Temperatures.Length; t++)
            {
                const double Kilojoule = ThermalProperties.KilojoulePerMole;
                ThermalState state = thermal.States[t];
                PhonopyCase.AssertRelative(wanted.GetProperty("free_energy")[t].GetDouble(), state.FreeEnergyElectronvolt * Kilojoule, 1e-5, 1e-4);
                PhonopyCase.AssertRelative(wanted.GetProperty("entropy")[t].GetDouble(), state.EntropyElectronvoltPerKelvin * Kilojoule * 1000, 1e-5, 1e-6);
                PhonopyCase.AssertRelative(wanted.GetProperty("heat_capacity")[t].GetDouble(), state.HeatCapacityElectronvoltPerKelvin * Kilojoule * 1000, 1e-5, 1e-6);
                PhonopyCase.AssertRelative(expected.GetProperty("free_energy_pretend_real")[t].GetDouble(), absolute.States[t].FreeEnergyElectronvolt * Kilojoule, 1e-5, 1e-4);
            }

            Assert.Equal(name == "imaginary", thermal.ImaginaryShare > 0.01);
        }
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public void Displacement_matrices_are_those_of_phonopy(string name)
    {
        PhonopyCase reference = PhonopyCase.Load(name);
        foreach ((JsonElement expected, WaveVectorMesh mesh) in Meshes(reference))
        {
            var displacements = ThermalDisplacements.Of(reference.Crystal.Matrix(), mesh, reference.Crystal.Group, [0, 300], new ThermalOptions(0.1));
            for (int t = 0; t < 2; t++)
            {
                for (int atom = 0; atom < reference.Crystal.PrimitiveCell.AtomCount; atom++)
                {
                    AssertMatrix(PhonopyCase.Matrix(expected.GetProperty("displacement_matrices")[t][atom]), displacements.MatricesCartesian[t][atom]);
                    AssertMatrix(PhonopyCase.Matrix(expected.GetProperty("displacement_matrices_cif")[t][atom]), displacements.CrystallographicMatrix(t, atom));
                    Assert.Equal(displacements.MatricesCartesian[t][atom].Trace, Vector3D.Dot(displacements.MeanSquare(t, atom), new Vector3D(1, 1, 1)), 1e-15);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public void Gaussian_densities_of_states_are_those_of_phonopy(string name)
    {
        PhonopyCase reference = PhonopyCase.Load(name);
        foreach ((JsonElement expected, WaveVectorMesh mesh) in Meshes(reference))
        {
            var phonons = MeshPhonons.Of(reference.Crystal.Matrix(), mesh, withElementShares: true);
            var options = new DensityOfStatesOptions { Method = DensityOfStatesMethod.Gaussian, LowestTerahertz = -2, HighestTerahertz = 12, PointCount = 15, WidthTerahertz = 0.2 };
            var density = DensityOfStates.Of(phonons, options);
            AssertDensities(PhonopyCase.Numbers(expected.GetProperty("gaussian_dos")), density.Total, 2e-5);
            double[][] atoms = [.. expected.GetProperty("gaussian_dos_atoms").EnumerateArray().Select(PhonopyCase.Numbers)];
            for (int element = 0; element < density.Elements.Length; element++)
            {
                AssertDensities(OfElement(atoms, reference.Crystal.PrimitiveCell, density.Elements[element]), density.PerElement[element], 2e-5);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public void Tetrahedron_densities_of_states_are_those_of_phonopy(string name)
    {
        PhonopyCase reference = PhonopyCase.Load(name);
        foreach ((JsonElement expected, WaveVectorMesh mesh) in Meshes(reference))
        {
            // phonopy gives the density at a frequency, this the mean over an interval: a very narrow one here.
            var phonons = MeshPhonons.Of(reference.Crystal.Matrix(), mesh, withElementShares: true);
            double[] wanted = PhonopyCase.Numbers(expected.GetProperty("tetrahedron_dos"));
            double[][] atoms = [.. expected.GetProperty("tetrahedron_dos_atoms").EnumerateArray().Select(PhonopyCase.Numbers)];
            for (int point = 0; point < wanted.Length; point++)
            {
                double frequency = 0.5 + point;
                var density = DensityOfStates.Of(phonons, new DensityOfStatesOptions { LowestTerahertz = frequency - 1e-5, HighestTerahertz = frequency + 1e-5, PointCount = 3 });
                PhonopyCase.AssertRelative(wanted[point], density.Total[1], 1e-3, 1e-4);
                for (int element = 0; element < density.Elements.Length; element++)
                {
                    PhonopyCase.AssertRelative(OfElement(atoms, reference.Crystal.PrimitiveCell, density.Elements[element])[point], density.PerElement[element][1], 1e-3, 1e-4);
                }
            }
        }
    }

    [Theory]
    [InlineData("hexagonal", DensityOfStatesMethod.Tetrahedra)]
    [InlineData("imaginary", DensityOfStatesMethod.Tetrahedra)]
    [InlineData("skew", DensityOfStatesMethod.Gaussian)]
    [InlineData("body-centred", DensityOfStatesMethod.Gaussian)]
    public void The_integral_of_a_density_of_states_is_the_number_of_bands(string name, DensityOfStatesMethod method)
    {
        PhonopyCase reference = PhonopyCase.Load(name);
        var mesh = WaveVectorMesh.Of(new IntegerVector3(6, 6, 6), reference.Crystal.Group, isGammaCentred: true);
        var phonons = MeshPhonons.Of(reference.Crystal.Matrix(), mesh, withElementShares: true);
        var density = DensityOfStates.Of(phonons, new DensityOfStatesOptions { Method = method, PointCount = 801 });
        double step = density.FrequenciesTerahertz[1] - density.FrequenciesTerahertz[0];
        Assert.Equal(phonons.BandCount, density.Total.Sum() * step, 1e-7);
        Assert.Equal(phonons.BandCount, density.Integrated[^1], 1e-7);
        Assert.All(density.Total, value => Assert.True(value >= -1e-12));
        for (int point = 0; point < density.Total.Length; point++)
        {
            Assert.Equal(density.Total[point], density.PerElement.Sum(part => part[point]), 1e-9);
        }

        for (int element = 0; element < density.Elements.Length; element++)
        {
            int atoms = reference.Crystal.PrimitiveCell.Elements.Count(each => each == density.Elements[element]);
            Assert.Equal(3 * atoms, density.PerElement[element].Sum() * step, 1e-6);
        }
    }

    [Fact]
    public void The_integral_counts_what_lies_below_the_range_too()
    {
        PhonopyCase reference = PhonopyCase.Load("skew");
        var phonons = MeshPhonons.Of(reference.Crystal.Matrix(), WaveVectorMesh.Of(new IntegerVector3(4, 4, 4), null));
        var density = DensityOfStates.Of(phonons, new DensityOfStatesOptions { LowestTerahertz = 6, HighestTerahertz = 20, PointCount = 100 });
        Assert.Equal(9, density.Integrated[^1], 1e-9);
        Assert.True(density.Integrated[0] > 1);
    }

    [Fact]
    public void At_high_temperature_equipartition_holds_and_at_zero_the_zero_point_energy()
    {
        PhonopyCase reference = PhonopyCase.Load("skew");
        var phonons = MeshPhonons.Of(reference.Crystal.Matrix(), WaveVectorMesh.Of(new IntegerVector3(4, 4, 4), null));
        var thermal = ThermalProperties.Of(phonons, [0, 1e5]);
        Assert.Equal(thermal.ZeroPointEnergyElectronvolt, thermal.States[0].FreeEnergyElectronvolt);
        Assert.Equal((0, 0), (thermal.States[0].EntropyElectronvoltPerKelvin, thermal.States[0].HeatCapacityElectronvoltPerKelvin));
        Assert.Equal(9 * 8.617333e-5, thermal.States[1].HeatCapacityElectronvoltPerKelvin, 1e-8);
        Assert.Equal(9 * 8.617333e-5 * 1e5, thermal.States[1].InternalEnergyElectronvolt, 1e-3);
    }

    [Fact]
    public void Entropy_and_heat_capacity_are_derivatives_of_the_free_energy()
    {
        PhonopyCase reference = PhonopyCase.Load("hexagonal");
        var phonons = MeshPhonons.Of(reference.Crystal.Matrix(), WaveVectorMesh.Of(new IntegerVector3(4, 4, 4), reference.Crystal.Group));
        const double Step = 0.01;
        foreach (double temperature in new[] { 20.0, 150, 700 })
        {
            ThermalState[] states = [.. ThermalProperties.Of(phonons, [temperature - Step, temperature, temperature + Step]).States];
            Assert.Equal(-(states[2].FreeEnergyElectronvolt - states[0].FreeEnergyElectronvolt) / (2 * Step), states[1].EntropyElectronvoltPerKelvin, 1e-9);
            Assert.Equal(temperature * (states[2].EntropyElectronvoltPerKelvin - states[0].EntropyElectronvoltPerKelvin) / (2 * Step), states[1].HeatCapacityElectronvoltPerKelvin, 1e-9);
        }
    }

    [Fact]
    public void Displacements_on_the_wave_vectors_of_the_supercell_are_those_of_its_own_modes()
    {
        // A 3×3×3 mesh centred on Γ holds exactly the waves of a 3×3×3 supercell.
        PhonopyCase reference = PhonopyCase.Load("body-centred");
        HarmonicCrystal crystal = reference.Crystal;
        Supercell cubes = Supercell.Of(crystal.PrimitiveCell, 3, 3, 3);
        var springs = new Testing.SpringModel(3.0, 0.1).Constants(cubes);
        var mesh = WaveVectorMesh.Of(new IntegerVector3(3, 3, 3), crystal.Group, isGammaCentred: true);
        var displacements = ThermalDisplacements.Of(DynamicalMatrix.Of(springs), mesh, crystal.Group, [300], new ThermalOptions(1e-3));
        var ensemble = new Phonograph.Sampling.ThermalEnsemble(PhononModes.Of(springs), 300, Phonograph.Sampling.ThermalStatistics.Quantum, new Phonograph.Sampling.RejectSoftModes());
        ImmutableArray<Vector3D> own = ensemble.MeanSquareDisplacements();
        Assert.True((own[0] - displacements.MeanSquare(0, 0)).Length < 1e-10);
    }

    [Theory]
    [InlineData("hexagonal")]
    [InlineData("large")]
    [InlineData("skew")]
    public void Symmetry_changes_no_sum_over_a_mesh(string name)
    {
        PhonopyCase reference = PhonopyCase.Load(name);
        DynamicalMatrix matrix = reference.Crystal.Matrix();
        foreach ((IntegerVector3 numbers, bool isGamma) in new[] { (new IntegerVector3(4, 4, 4), true), (new IntegerVector3(4, 4, 3), false), (new IntegerVector3(2, 4, 4), true) })
        {
            WaveVectorMesh reduced = WaveVectorMesh.Of(numbers, reference.Crystal.Group, isGamma), full = WaveVectorMesh.Of(numbers, [], isGamma, hasTimeReversal: false);
            Assert.Equal(full.TotalCount, full.PointsFractional.Length);
            Assert.Equal(full.TotalCount, reduced.Weights.Sum());
            double free = ThermalProperties.Of(MeshPhonons.Of(matrix, reduced), [300]).States[0].FreeEnergyElectronvolt;
            Assert.Equal(ThermalProperties.Of(MeshPhonons.Of(matrix, full), [300]).States[0].FreeEnergyElectronvolt, free, 1e-9);
            var options = new ThermalOptions(0.01);
            ThermalDisplacements few = ThermalDisplacements.Of(matrix, reduced, reference.Crystal.Group, [300], options), many = ThermalDisplacements.Of(matrix, full, null, [300], options);
            for (int atom = 0; atom < matrix.Crystal.AtomCount; atom++)
            {
                AssertMatrix(many.MatricesCartesian[0][atom], few.MatricesCartesian[0][atom], 1e-9);
            }
        }
    }

    [Fact]
    public void Every_point_of_a_mesh_has_the_frequencies_of_the_one_that_stands_for_it()
    {
        PhonopyCase reference = PhonopyCase.Load("hexagonal");
        DynamicalMatrix matrix = reference.Crystal.Matrix();
        foreach (bool isGamma in new[] { true, false })
        {
            var mesh = WaveVectorMesh.Of(new IntegerVector3(4, 4, 2), reference.Crystal.Group, isGamma);
            for (int index = 0; index < mesh.TotalCount; index++)
            {
                var wave = new Vector3D(((index % 4) + (mesh.Shift.X / 2.0)) / 4, ((index / 4 % 4) + (mesh.Shift.Y / 2.0)) / 4, ((index / 16) + (mesh.Shift.Z / 2.0)) / 2);
                Assert.All(matrix.FrequenciesTerahertz(wave).Zip(matrix.FrequenciesTerahertz(mesh.PointsFractional[mesh.Representatives[index]])), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
            }
        }
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        PhonopyCase reference = PhonopyCase.Load("hexagonal");
        DynamicalMatrix matrix = reference.Crystal.Matrix();
        var mesh = WaveVectorMesh.Of(new IntegerVector3(5, 5, 5), null);
        using WorkerPool one = new(1), three = new(3);
        MeshPhonons first = MeshPhonons.Of(matrix, mesh, true, one), second = MeshPhonons.Of(matrix, mesh, true, three);
        for (int point = 0; point < mesh.PointsFractional.Length; point++)
        {
            Assert.True(first.FrequenciesTerahertz(point).SequenceEqual(second.FrequenciesTerahertz(point)));
        }

        Assert.Equal(DensityOfStates.Of(first, null, one).Total.AsEnumerable(), DensityOfStates.Of(second, null, three).Total);
        ThermalDisplacements alone = ThermalDisplacements.Of(matrix, mesh, null, [300], null, one), shared = ThermalDisplacements.Of(matrix, mesh, null, [300], null, three);
        Assert.Equal(alone.MatricesCartesian[0].AsEnumerable(), shared.MatricesCartesian[0]);
    }

    [Fact]
    public void Numbers_of_points_follow_from_a_length_as_in_phonopy()
    {
        var lattice = new Lattice(new Matrix3x3(new(3.25, 0, 0), new(-1.625, 1.625 * Math.Sqrt(3), 0), new(0, 0, 5.2)));
        Assert.Equal(new IntegerVector3(36, 36, 19), WaveVectorMesh.NumbersFor(lattice, 100));
        Assert.Equal(new IntegerVector3(1, 1, 1), WaveVectorMesh.NumbersFor(lattice, 0.1));
    }

    private static IEnumerable<(JsonElement Expected, WaveVectorMesh Mesh)> Meshes(PhonopyCase reference)
    {
        foreach (JsonElement mesh in reference.Json.GetProperty("meshes").EnumerateArray())
        {
            JsonElement n = mesh.GetProperty("numbers");
            var reduced = WaveVectorMesh.Of(new IntegerVector3(n[0].GetInt32(), n[1].GetInt32(), n[2].GetInt32()), reference.Crystal.Group, mesh.GetProperty("gamma_centre").GetBoolean());
            yield return (mesh, reduced);
        }
    }

    private static double[] OfElement(double[][] atoms, Crystal crystal, Element element) =>
        [.. Enumerable.Range(0, atoms[0].Length).Select(point => Enumerable.Range(0, atoms.Length).Where(atom => crystal.Elements[atom] == element).Sum(atom => atoms[atom][point]))];

    private static void AssertDensities(double[] expected, ImmutableArray<double> found, double tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => PhonopyCase.AssertRelative(pair.First, pair.Second, tolerance, tolerance));
    }

    private static void AssertMatrix(Matrix3x3 expected, Matrix3x3 found, double relative = 1e-5)
    {
        for (int index = 0; index < 9; index++)
        {
            PhonopyCase.AssertRelative(expected[index / 3, index % 3], found[index / 3, index % 3], relative, relative * expected.Trace / 3);
        }
    }
}
