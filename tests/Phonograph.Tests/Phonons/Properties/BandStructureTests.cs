using System.Collections.Immutable;
using System.Numerics;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Numerics.Memory;
using Phonograph.Phonons;
using Phonograph.Phonons.Properties;
using Phonograph.Phonons.WaveVectors;

namespace Phonograph.Tests.Phonons.Properties;

public sealed class BandStructureTests
{
    [Theory]
    [InlineData("hexagonal", "G M K G A L H A")]
    [InlineData("imaginary", "G X M G R X")]
    [InlineData("skew", "X=1/2,0,0 G Y=0,1/2,0 R=1/2,1/2,1/2")]
    public void Connected_bands_are_the_sorted_ones_in_another_order_and_bend_less(string name, string way)
    {
        HarmonicCrystal crystal = PhonopyCase.Load(name).Crystal;
        BandPath path = BandPath.Parse(way, crystal.PrimitiveCell.Lattice, 81);
        BandStructure connected = BandStructure.Of(crystal.Matrix(), path, new BandStructureOptions(HasVectors: true)), sorted = BandStructure.Of(crystal.Matrix(), path, new BandStructureOptions(IsConnected: false));
        double bends = 0, sharp = 0;
        foreach ((BandStructureSegment smooth, BandStructureSegment rising) in connected.Segments.Zip(sorted.Segments))
        {
            Assert.Equal(smooth.Distances.AsEnumerable(), rising.Distances);
            for (int point = 0; point < smooth.Modes.Length; point++)
            {
                Assert.Equal(rising.Modes[point].FrequenciesTerahertz.AsEnumerable(), smooth.Modes[point].FrequenciesTerahertz.Order());
            }

            bends += Bending(smooth);
            sharp += Bending(rising);
        }

        Assert.True(bends <= sharp + 1e-9, $"{bends} {sharp}");
        Assert.True(name == "skew" || bends < 0.95 * sharp, $"{bends} {sharp}");
    }

    [Fact]
    public void Connected_vectors_are_orthonormal_solve_the_matrix_and_turn_slowly()
    {
        HarmonicCrystal crystal = PhonopyCase.Load("large").Crystal;
        DynamicalMatrix matrix = crystal.Matrix();
        BandStructure bands = BandStructure.Of(matrix, BandPath.Parse("X G L", crystal.PrimitiveCell.Lattice, 41), new BandStructureOptions(HasVectors: true));
        foreach (BandStructureSegment segment in bands.Segments)
        {
            for (int point = 0; point < segment.Modes.Length; point++)
            {
                WaveVectorModes modes = segment.Modes[point];
                Complex[] d = matrix.At(modes.WaveVectorFractional);
                for (int band = 0; band < modes.Count; band++)
                {
                    double eigenvalue = modes.FrequenciesTerahertz[band] * Math.Abs(modes.FrequenciesTerahertz[band]) / Math.Pow(PhononModes.ToTerahertz(1), 2);
                    for (int row = 0; row < modes.Count; row++)
                    {
                        Complex image = 0;
                        for (int column = 0; column < modes.Count; column++)
                        {
                            image += d[(row * modes.Count) + column] * modes.Vector(band)[column];
                        }

                        Assert.True((image - (eigenvalue * modes.Vector(band)[row])).Magnitude < 1e-6);
                    }

                    for (int other = 0; other < modes.Count; other++)
                    {
                        Assert.Equal(band == other ? 1 : 0, Overlap(modes, band, modes, other).Magnitude, 1e-10);
                    }

                    if (point > 0)
                    {
                        Assert.True(Overlap(segment.Modes[point - 1], band, modes, band).Real > 0.9);
                    }
                }
            }
        }
    }

    [Fact]
    public void A_band_leaves_a_degenerate_set_along_the_direction_in_which_it_came()
    {
        // Through Γ from one zone boundary to the other: three acoustic bands meet there, and three optical ones.
        HarmonicCrystal crystal = PhonopyCase.Load("large").Crystal;
        Vector3D x = BandPath.Parse("G X", crystal.PrimitiveCell.Lattice).Segments[0].PointsFractional[^1];
        var line = new BandSegment("-X", "X", [.. Enumerable.Range(-10, 21).Select(step => step / 25.0 * x)]);
        BandStructureSegment segment = BandStructure.Of(crystal.Matrix(), new BandPath([line]), new BandStructureOptions(HasVectors: true)).Segments[0];
        for (int band = 0; band < segment.Modes[0].Count; band++)
        {
            Assert.Equal(segment.Modes[0].FrequenciesTerahertz[band], segment.Modes[^1].FrequenciesTerahertz[band], 1e-9);
            Assert.True(Overlap(segment.Modes[0], band, segment.Modes[^1], band).Magnitude > 0.999);
        }
    }

    [Fact]
    public void The_long_range_part_at_the_zone_centre_is_that_of_the_piece()
    {
        HarmonicCrystal crystal = PhonopyCase.Load("polar").Crystal;
        DynamicalMatrix matrix = crystal.Matrix();
        BandStructure bands = BandStructure.Of(matrix, BandPath.Parse("X G Z", crystal.PrimitiveCell.Lattice, 5));
        Assert.Equal(matrix.FrequenciesTerahertz(Vector3D.Zero, new Vector3D(0, 1, 0)).AsEnumerable(), bands.Segments[0].Modes[^1].FrequenciesTerahertz.Order());
        Assert.Equal(matrix.FrequenciesTerahertz(Vector3D.Zero, new Vector3D(0, 0, 1)).AsEnumerable(), bands.Segments[1].Modes[0].FrequenciesTerahertz.Order());
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        HarmonicCrystal crystal = PhonopyCase.Load("hexagonal").Crystal;
        BandPath path = BandPath.Automatic(crystal.PrimitiveCell.Lattice, 11);
        using WorkerPool one = new(1), three = new(3);
        BandStructure first = BandStructure.Of(crystal.Matrix(), path, null, one), second = BandStructure.Of(crystal.Matrix(), path, null, three);
        Assert.All(first.Segments.Zip(second.Segments), pair => Assert.All(pair.First.Modes.Zip(pair.Second.Modes), modes => Assert.Equal(modes.First.FrequenciesTerahertz.AsEnumerable(), modes.Second.FrequenciesTerahertz)));
    }

    [Theory]
    [InlineData("skew", 0.5, 0, 0.25, 3)]
    [InlineData("imaginary", 0.5, 0.5, 0.5, 0)]
    [InlineData("hexagonal", 1.0 / 3, 1.0 / 3, 0, 7)]
    public void A_moving_mode_is_an_eigenvector_of_its_supercell_in_every_frame(string name, double x, double y, double z, int band)
    {
        HarmonicCrystal crystal = PhonopyCase.Load(name).Crystal;
        var q = new Vector3D(x, y, z);
        IntegerMatrix3 repeats = ModeAnimation.SmallestSupercell(q);

        // Springs of a supercell that holds the wave; they are the same springs.
        var json = PhonopyCase.Load(name).Json;
        var springs = new Testing.SpringModel(json.GetProperty("cutoff").GetDouble(), json.GetProperty("transverse").GetDouble()).Constants(Supercell.Of(crystal.PrimitiveCell, repeats));
        WaveVectorModes modes = DynamicalMatrix.Of(springs).ModesAt(q);
        double eigenvalue = modes.FrequenciesTerahertz[band] * Math.Abs(modes.FrequenciesTerahertz[band]) / Math.Pow(PhononModes.ToTerahertz(1), 2);
        double largest = 0;
        ExtendedXyzFrame[] frames = [.. ModeAnimation.Frames(crystal.PrimitiveCell, modes, band, repeats, 0.2, 12)];
        Assert.Equal(12, frames.Length);
        foreach (ExtendedXyzFrame frame in frames)
        {
            ImmutableArray<Vector3D> u = frame.VectorColumns["displacement"];
            ImmutableArray<Vector3D> forces = Testing.SpringModel.Forces(springs, u);
            for (int atom = 0; atom < u.Length; atom++)
            {
                Assert.True((forces[atom] + (eigenvalue * frame.Crystal.MassesAmu[atom] * u[atom])).Length < 1e-9);
                largest = Math.Max(largest, u[atom].Length);
            }
        }

        Assert.InRange(largest, 0.19, 0.2 + 1e-12);
        Assert.All(frames[0].VectorColumns["displacement"].Zip(frames[6].VectorColumns["displacement"]), pair => Assert.True((pair.First + pair.Second).Length < 1e-12));
    }

    [Fact]
    public void A_supercell_that_does_not_hold_the_wave_is_refused()
    {
        HarmonicCrystal crystal = PhonopyCase.Load("skew").Crystal;
        WaveVectorModes modes = crystal.Matrix().ModesAt(new Vector3D(0.25, 0, 0));
        var error = Assert.Throws<InputException>(() => ModeAnimation.Frames(crystal.PrimitiveCell, modes, 0, IntegerMatrix3.Diagonal(2, 1, 1), 0.1, 4).ToArray());
        Assert.Contains("holds 0.5, 0 and 0 waves", error.Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() => ModeAnimation.SmallestSupercell(new Vector3D(0.1234567, 0, 0)));
        Assert.Equal(IntegerMatrix3.Diagonal(3, 2, 1), ModeAnimation.SmallestSupercell(new Vector3D(2.0 / 3, -0.5, 1)));
    }

    /// <summary>Sum of squared second differences along the bands.</summary>
    private static double Bending(BandStructureSegment segment)
    {
        double sum = 0;
        for (int band = 0; band < segment.Modes[0].Count; band++)
        {
            for (int point = 1; point < segment.Modes.Length - 1; point++)
            {
                double bend = segment.Modes[point - 1].FrequenciesTerahertz[band] - (2 * segment.Modes[point].FrequenciesTerahertz[band]) + segment.Modes[point + 1].FrequenciesTerahertz[band];
                sum += bend * bend;
            }
        }

        return sum;
    }

    private static Complex Overlap(WaveVectorModes left, int first, WaveVectorModes right, int second)
    {
        Complex sum = 0;
        for (int index = 0; index < left.Count; index++)
        {
            sum += Complex.Conjugate(left.Vector(first)[index]) * right.Vector(second)[index];
        }

        return sum;
    }
}
