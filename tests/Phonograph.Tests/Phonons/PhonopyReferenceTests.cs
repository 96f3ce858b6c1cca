using System.Collections.Immutable;
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
/// phonopy's own example force sets against numbers that phonopy 2.17.1 computed from them: frequencies at six wave vectors and quantum mean square
/// displacements at 300 K. The script that computes them again lies beside the data (make_reference.py).
/// </summary>
public sealed class PhonopyReferenceTests
{
    private const double FrequencyTolerance = 1e-6, FrequencyToleranceNearZeroTerahertz = 1e-5, DisplacementTolerance = 1e-5;

    [Theory]
    [InlineData("NaCl")]
    [InlineData("SnO2")]
    [InlineData("sg-Pa-3")]
    public void Frequencies_at_any_wave_vector_are_those_of_phonopy(string name)
    {
        Reference reference = Load(name);
        Supercell primitive = reference.PrimitiveSupercell();
        var matrix = DynamicalMatrix.Of(reference.Constants.On(primitive));
        JsonElement wanted = reference.Json.GetProperty("frequencies_THz");
        JsonElement wave = reference.Json.GetProperty("qpoints");
        for (int q = 0; q < wave.GetArrayLength(); q++)
        {
            ImmutableArray<double> frequencies = matrix.FrequenciesTerahertz(VectorOf(wave[q]));
            Assert.Equal(wanted[q].GetArrayLength(), frequencies.Length);
            for (int branch = 0; branch < frequencies.Length; branch++)
            {
                double expected = wanted[q][branch].GetDouble();
                double allowed = Math.Max(FrequencyTolerance * Math.Abs(expected), FrequencyToleranceNearZeroTerahertz);
                Assert.InRange(frequencies[branch], expected - allowed, expected + allowed);
            }
        }
    }

    [Theory]
    [InlineData("NaCl")]
    [InlineData("SnO2")]
    [InlineData("sg-Pa-3")]
    public void Mean_square_displacements_are_those_of_phonopy(string name)
    {
        Reference reference = Load(name);
        var ensemble = new ThermalEnsemble(PhononModes.Of(reference.Constants), 300, ThermalStatistics.Quantum, new RejectSoftModes());
        ImmutableArray<Vector3D> own = ensemble.MeanSquareDisplacements();
        ImmutableArray<int> toOwn = PhonopySupercellOrder.ToOwn(reference.Supercell);
        JsonElement wanted = reference.Json.GetProperty("mean_square_displacement_A2_300K_quantum");
        for (int atom = 0; atom < toOwn.Length; atom++)
        {
            Vector3D expected = VectorOf(wanted[atom]);
            for (int axis = 0; axis < 3; axis++)
            {
                Assert.InRange(own[toOwn[atom]][axis] / expected[axis], 1 - DisplacementTolerance, 1 + DisplacementTolerance);
            }
        }
    }

    [Theory]
    [InlineData("NaCl")]
    [InlineData("SnO2")]
    [InlineData("sg-Pa-3")]
    public void Supercell_atoms_stand_in_the_order_of_phonopy(string name)
    {
        Reference reference = Load(name);
        ImmutableArray<int> toOwn = PhonopySupercellOrder.ToOwn(reference.Supercell);
        JsonElement positions = reference.Json.GetProperty("supercell_positions_fractional");
        JsonElement symbols = reference.Json.GetProperty("supercell_symbols");
        for (int atom = 0; atom < toOwn.Length; atom++)
        {
            Vector3D d = VectorOf(positions[atom]) - reference.Supercell.Crystal.PositionsFractional[toOwn[atom]];
            var folded = new Vector3D(d.X - Math.Round(d.X), d.Y - Math.Round(d.Y), d.Z - Math.Round(d.Z));
            Assert.True(folded.Length < 1e-7);
            Assert.Equal(symbols[atom].GetString(), reference.Supercell.Crystal.Elements[toOwn[atom]].Symbol);
        }
    }

    private static Reference Load(string name)
    {
        string? folder = OutsideReference.Find("phonopy", name);
        Assert.SkipUnless(folder is not null, OutsideReference.HowToGet);
        JsonElement json = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "phonopy_reference.json"))).RootElement;
        Crystal table = Poscar.Read(Path.Combine(folder, "POSCAR-unitcell"));
        JsonElement masses = json.GetProperty("masses_amu");
        var unit = new Crystal(table.Lattice, table.Elements, table.PositionsFractional, [.. table.Elements.Select(element => masses.GetProperty(element.Symbol).GetDouble())]);
        var supercell = Supercell.Of(unit, IntegerMatrixOf(json.GetProperty("supercell_matrix")));
        ImmutableArray<ForceSet> sets = ForceSetsFile.Read(Path.Combine(folder, "FORCE_SETS"), supercell);
        return new Reference(json, supercell, ForceConstantsFit.Fit(supercell, sets).Symmetrised());
    }

    private static Vector3D VectorOf(JsonElement numbers) => new(numbers[0].GetDouble(), numbers[1].GetDouble(), numbers[2].GetDouble());

    /// <summary>phonopy's matrices act on column vectors: rows here are columns there.</summary>
    private static IntegerMatrix3 IntegerMatrixOf(JsonElement m) => new(
        new(m[0][0].GetInt32(), m[1][0].GetInt32(), m[2][0].GetInt32()),
        new(m[0][1].GetInt32(), m[1][1].GetInt32(), m[2][1].GetInt32()),
        new(m[0][2].GetInt32(), m[1][2].GetInt32(), m[2][2].GetInt32()));

    private sealed record Reference(JsonElement Json, Supercell Supercell, ForceConstants Constants)
    {
        /// <summary>The same supercell built from the primitive cell that phonopy's wave vectors refer to.</summary>
        internal Supercell PrimitiveSupercell()
        {
            JsonElement p = Json.GetProperty("primitive_matrix");
            Matrix3x3 primitive = new Matrix3x3(VectorOf(p[0]), VectorOf(p[1]), VectorOf(p[2])).Transposed;
            Crystal unit = Supercell.Unit;
            var lattice = new Lattice(primitive * unit.Lattice.Rows);
            var atoms = new List<int>();
            foreach (int atom in Enumerable.Range(0, unit.AtomCount))
            {
                bool repeats = atoms.Any(earlier =>
                {
                    Vector3D d = lattice.ToFractional(unit.PositionCartesian(atom) - unit.PositionCartesian(earlier));
                    return unit.Elements[atom] == unit.Elements[earlier] && new Vector3D(d.X - Math.Round(d.X), d.Y - Math.Round(d.Y), d.Z - Math.Round(d.Z)).Length < 1e-6;
                });
                if (!repeats)
                {
                    atoms.Add(atom);
                }
            }

            var cell = new Crystal(
                lattice,
                [.. atoms.Select(atom => unit.Elements[atom])],
                [.. atoms.Select(atom => lattice.ToFractional(unit.PositionCartesian(atom)))],
                [.. atoms.Select(atom => unit.MassesAmu[atom])]);
            Matrix3x3 rows = Supercell.Matrix.ToMatrix3x3() * primitive.Inverse();
            IntegerVector3 Rounded(Vector3D v) => new((int)Math.Round(v.X), (int)Math.Round(v.Y), (int)Math.Round(v.Z));
            return Supercell.Of(cell, new IntegerMatrix3(Rounded(rows.RowA), Rounded(rows.RowB), Rounded(rows.RowC)));
        }
    }
}
