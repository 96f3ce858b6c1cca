using System.Numerics;
using System.Text.Json;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;
using Phonograph.Phonons.Polar;
using Phonograph.Phonons.Properties;
using Phonograph.Phonons.WaveVectors;

namespace Phonograph.Tests.Phonons;

public sealed class DynamicalMatrixTests
{
    public static TheoryData<string> Plain => PhonopyCase.Plain;

    public static TheoryData<string> Polar => PhonopyCase.Polar;

    [Theory]
    [MemberData(nameof(Plain))]
    public void Frequencies_are_those_of_phonopy(string name)
    {
        PhonopyCase reference = PhonopyCase.Load(name);
        DynamicalMatrix matrix = reference.Crystal.Matrix();
        Vector3D[] waves = [.. PhonopyCase.Vectors(reference.Json.GetProperty("qpoints"))];
        for (int q = 0; q < waves.Length; q++)
        {
            PhonopyCase.AssertFrequencies(PhonopyCase.Numbers(reference.Json.GetProperty("frequencies")[q]), matrix.FrequenciesTerahertz(waves[q]));
        }
    }

    [Theory]
    [MemberData(nameof(Polar))]
    public void Frequencies_of_polar_crystals_are_those_of_phonopy_with_both_terms(string name)
    {
        PhonopyCase reference = PhonopyCase.Load(name);
        Vector3D[] waves = [.. PhonopyCase.Vectors(reference.Json.GetProperty("qpoints"))];
        foreach ((string method, NonAnalyticalTerm term) in new[] { ("gonze", NonAnalyticalTerm.GonzeLee), ("wang", NonAnalyticalTerm.Wang) })
        {
            DynamicalMatrix matrix = reference.Crystal.Matrix(term);
            for (int q = 0; q < waves.Length; q++)
            {
                PhonopyCase.AssertFrequencies(PhonopyCase.Numbers(reference.Json.GetProperty("frequencies_" + method)[q]), matrix.FrequenciesTerahertz(waves[q]));
            }

            JsonElement gamma = reference.Json.GetProperty("gamma_" + method);
            PhonopyCase.AssertFrequencies(PhonopyCase.Numbers(gamma[0]), matrix.FrequenciesTerahertz(Vector3D.Zero, new Vector3D(0.2, 0.1, 0)));
            PhonopyCase.AssertFrequencies(PhonopyCase.Numbers(gamma[1]), matrix.FrequenciesTerahertz(Vector3D.Zero, new Vector3D(0, 0, -3)));
        }
    }

    [Theory]
    [InlineData("polar", NonAnalyticalTerm.GonzeLee)]
    [InlineData("polar-skew", NonAnalyticalTerm.GonzeLee)]
    [InlineData("polar", NonAnalyticalTerm.Wang)]
    public void At_wave_vectors_the_supercell_holds_the_long_range_part_changes_nothing(string name, NonAnalyticalTerm term)
    {
        HarmonicCrystal crystal = PhonopyCase.Load(name).Crystal;
        DynamicalMatrix polar = crystal.Matrix(term), plain = crystal.Matrix(null);
        foreach (Vector3D wave in CommensurateWaveVectors.Of(crystal.Constants.Supercell))
        {
            Assert.All(plain.FrequenciesTerahertz(wave).Zip(polar.FrequenciesTerahertz(wave)), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        }
    }

    [Fact]
    public void The_limit_at_the_zone_centre_follows_from_nearby_wave_vectors()
    {
        DynamicalMatrix matrix = PhonopyCase.Load("polar-skew").Crystal.Matrix();
        var direction = new Vector3D(0.3, -0.2, 0.4);
        Assert.All(matrix.FrequenciesTerahertz(Vector3D.Zero, direction).Zip(matrix.FrequenciesTerahertz(1e-4 * direction)).Skip(3), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.NotEqual(matrix.FrequenciesTerahertz(Vector3D.Zero, direction)[^1], matrix.FrequenciesTerahertz(Vector3D.Zero, new Vector3D(0, 1, 0))[^1], 1e-3);
    }

    [Theory]
    [InlineData("skew")]
    [InlineData("hexagonal")]
    [InlineData("polar-skew")]
    public void A_reciprocal_lattice_vector_changes_phases_alone_and_the_opposite_wave_vector_nothing(string name)
    {
        DynamicalMatrix matrix = PhonopyCase.Load(name).Crystal.Matrix();
        var wave = new Vector3D(0.13, -0.21, 0.34);
        double[] here = [.. matrix.FrequenciesTerahertz(wave)];
        foreach (Vector3D other in new[] { wave + new Vector3D(1, -2, 3), -wave })
        {
            Assert.All(here.Zip(matrix.FrequenciesTerahertz(other)), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        }
    }

    [Theory]
    [InlineData("skew")]
    [InlineData("polar-skew")]
    public void The_matrix_is_hermitian_and_its_eigenvectors_solve_it(string name)
    {
        DynamicalMatrix matrix = PhonopyCase.Load(name).Crystal.Matrix();
        var wave = new Vector3D(0.11, 0.27, -0.4);
        Complex[] d = matrix.At(wave);
        WaveVectorModes modes = matrix.ModesAt(wave);
        int order = matrix.Order;
        for (int band = 0; band < order; band++)
        {
            double eigenvalue = Math.Pow(modes.FrequenciesTerahertz[band] / PhononModes.ToTerahertz(1), 2);
            for (int row = 0; row < order; row++)
            {
                Complex image = 0;
                for (int column = 0; column < order; column++)
                {
                    image += d[(row * order) + column] * modes.Vector(band)[column];
                    Assert.True((d[(row * order) + column] - Complex.Conjugate(d[(column * order) + row])).Magnitude < 1e-13);
                }

                Assert.True((image - (eigenvalue * modes.Vector(band)[row])).Magnitude < 1e-12);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Plain))]
    public void Group_velocities_are_those_of_phonopy(string name)
    {
        PhonopyCase reference = PhonopyCase.Load(name);
        AssertVelocities(reference.Json.GetProperty("group_velocities"), reference.Crystal.Matrix(), 1e-5);
    }

    [Theory]
    [MemberData(nameof(Polar))]
    public void Group_velocities_of_polar_crystals_are_those_of_phonopy(string name)
    {
        PhonopyCase reference = PhonopyCase.Load(name);
        AssertVelocities(reference.Json.GetProperty("group_velocities_gonze"), reference.Crystal.Matrix(), 1e-4);
        AssertVelocities(reference.Json.GetProperty("group_velocities_wang"), reference.Crystal.Matrix(NonAnalyticalTerm.Wang), 1e-4);
    }

    [Theory]
    [InlineData("imaginary")]
    [InlineData("polar-skew")]
    public void Group_velocities_are_the_slopes_of_the_bands(string name)
    {
        DynamicalMatrix matrix = PhonopyCase.Load(name).Crystal.Matrix();
        var wave = new Vector3D(0.12, 0.23, 0.31);
        Vector3D[] velocities = [.. GroupVelocities.At(matrix, wave)];
        foreach (Vector3D axis in new Vector3D[] { new(1, 0, 0), new(0, 1, 0), new(0, 0, 1) })
        {
            Vector3D step = matrix.Crystal.Lattice.Rows * (1e-5 * axis);
            double[] ahead = [.. matrix.FrequenciesTerahertz(wave + step)], behind = [.. matrix.FrequenciesTerahertz(wave - step)];
            for (int band = 0; band < velocities.Length; band++)
            {
                Assert.Equal((ahead[band] - behind[band]) / 2e-5, Vector3D.Dot(velocities[band], axis), 1e-3);
            }
        }
    }

    [Fact]
    public void Supercells_hold_as_many_wave_vectors_as_cells_and_whole_numbers_of_waves()
    {
        foreach (string name in new[] { "skew", "hexagonal", "large" })
        {
            var supercell = PhonopyCase.Load(name).Crystal.Constants.Supercell;
            Vector3D[] waves = [.. CommensurateWaveVectors.Of(supercell)];
            Assert.Equal(supercell.CellCount, waves.Distinct().Count());
            Assert.All(waves.Select(wave => supercell.Matrix.ToMatrix3x3() * wave), count => Assert.True((count - new Vector3D(Math.Round(count.X), Math.Round(count.Y), Math.Round(count.Z))).Length < 1e-9));
        }
    }

    private static void AssertVelocities(JsonElement expected, DynamicalMatrix matrix, double relative)
    {
        var wave = new Vector3D(0.1, 0.2, 0.3);
        Vector3D[] found = [.. GroupVelocities.At(matrix, wave)];
        double[] frequencies = [.. matrix.FrequenciesTerahertz(wave)];
        for (int band = 0; band < found.Length; band++)
        {
            if (frequencies[band] < 0)
            {
                // phonopy gives imaginary modes no velocity; here they have the slope of their band.
                Assert.Equal(Vector3D.Zero, PhonopyCase.Vector(expected[band]));
                continue;
            }

            Vector3D wanted = PhonopyCase.Vector(expected[band]);
            Assert.True((wanted - found[band]).Length < relative * Math.Max(1, wanted.Length), $"band {band}: {found[band]}, phonopy {wanted}");
        }
    }
}
