using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons.Polar;

namespace Phonograph.Phonons.Formats;

/// <summary>Writes a document in the layout of phonopy 2.17's YAML files.</summary>
internal sealed class PhonopyYamlWriter(TextWriter writer, PhonopyDocument document)
{
    private readonly ImmutableArray<int> _order = PhonopySupercellOrder.ToOwn(document.Supercell);

    internal void Write()
    {
        Header();
        Matrices();
        Cell("primitive_cell", document.PrimitiveCell, null);
        Cell("unit_cell", document.Supercell.Unit, null);
        Cell("supercell", SupercellInOrder(), ReducedTo());
        if (document.Charges is { } charges)
        {
            Born(charges);
        }

        Displacements();
        if (document.Constants is { } constants)
        {
            Constants(constants);
        }
    }

    private void Header()
    {
        writer.WriteLine("phonopy:");
        writer.WriteLine("  version: 2.17.1 # the layout of that version, written by Phonograph");
        writer.WriteLine(Line($"  frequency_unit_conversion_factor: {PhononModes.ToTerahertz(1):F6}"));
        writer.WriteLine("  symmetry_tolerance: 1.00000e-05");
        if (document.Charges is { } charges)
        {
            writer.WriteLine(Line($"  nac_unit_conversion_factor: {charges.CoulombElectronvoltAngstrom:F6}"));
        }

        writer.WriteLine();
        writer.WriteLine("physical_unit:\n  atomic_mass: \"AMU\"\n  length: \"angstrom\"\n  force_constants: \"eV/angstrom^2\"\n");
    }

    private void Matrices()
    {
        Matrix3x3 p = document.Primitive.Rows.Transposed, s = document.Supercell.Matrix.ToMatrix3x3().Transposed;
        writer.WriteLine("primitive_matrix:");
        for (int row = 0; row < 3; row++)
        {
            writer.WriteLine(Line($"- [ {p[row, 0],18:F15}, {p[row, 1],18:F15}, {p[row, 2],18:F15} ]"));
        }

        writer.WriteLine("\nsupercell_matrix:");
        for (int row = 0; row < 3; row++)
        {
            writer.WriteLine(Line($"- [ {s[row, 0],3:F0}, {s[row, 1],3:F0}, {s[row, 2],3:F0} ]"));
        }

        writer.WriteLine();
    }

    private void Cell(string name, Crystal crystal, int[]? reducedTo)
    {
        writer.WriteLine($"{name}:\n  lattice:");
        for (int row = 0; row < 3; row++)
        {
            Vector3D v = crystal.Lattice.Rows[row];
            writer.WriteLine(Line($"  - [ {v.X,21:F15}, {v.Y,21:F15}, {v.Z,21:F15} ] # {"abc"[row]}"));
        }

        writer.WriteLine("  points:");
        for (int atom = 0; atom < crystal.AtomCount; atom++)
        {
            Vector3D f = crystal.PositionsFractional[atom];
            writer.WriteLine(Line($"  - symbol: {crystal.Elements[atom].Symbol} # {atom + 1}"));
            writer.WriteLine(Line($"    coordinates: [ {f.X,18:F15}, {f.Y,18:F15}, {f.Z,18:F15} ]"));
            writer.WriteLine(Line($"    mass: {crystal.MassesAmu[atom]:R}"));
            if (reducedTo is not null)
            {
                writer.WriteLine(Line($"    reduced_to: {reducedTo[atom]}"));
            }
        }

        writer.WriteLine();
    }

    private Crystal SupercellInOrder()
    {
        Crystal own = document.Supercell.Crystal;
        return new Crystal(
            own.Lattice, [.. _order.Select(atom => own.Elements[atom])], [.. _order.Select(atom => own.PositionsFractional[atom])], [.. _order.Select(atom => own.MassesAmu[atom])]);
    }

    /// <summary>For each supercell atom the number of the first one that the primitive lattice repeats to it.</summary>
    private int[] ReducedTo()
    {
        Lattice primitive = document.PrimitiveCell.Lattice;
        Crystal own = document.Supercell.Crystal;
        var first = new List<(Element Element, Vector3D Place, int Number)>();
        var reduced = new int[_order.Length];
        for (int index = 0; index < _order.Length; index++)
        {
            Vector3D place = primitive.ToFractional(own.PositionCartesian(_order[index]));
            Element element = own.Elements[_order[index]];
            int found = first.FindIndex(each => each.Element == element && primitive.ToCartesian(Folded(place - each.Place)).Length < 1e-3);
            if (found < 0)
            {
                found = first.Count;
                first.Add((element, place, index + 1));
            }

            reduced[index] = first[found].Number;
        }

        return reduced;
    }

    private void Born(BornCharges charges)
    {
        writer.WriteLine("born_effective_charge:");
        for (int atom = 0; atom < charges.Charges.Length; atom++)
        {
            writer.WriteLine(Line($"- # {atom + 1} ({document.PrimitiveCell.Elements[atom].Symbol})"));
            Tensor(charges.Charges[atom]);
        }

        writer.WriteLine("\ndielectric_constant:");
        Tensor(charges.Dielectric);
        writer.WriteLine();
    }

    private void Tensor(Matrix3x3 m)
    {
        for (int row = 0; row < 3; row++)
        {
            writer.WriteLine(Line($"  - [ {m[row, 0],18:F15}, {m[row, 1],18:F15}, {m[row, 2],18:F15} ]"));
        }
    }

    private void Displacements()
    {
        if (document.Snapshots.Length > 0)
        {
            Snapshots();
            return;
        }

        // Sets carry their own displacement; a document may hold both lists.
        IReadOnlyList<ForceSet> sets = document.ForceSets;
        IReadOnlyList<AtomDisplacement> displacements = sets.Count > 0 ? [.. sets.Select(set => set.Displacement)] : document.Displacements;
        if (displacements.Count == 0)
        {
            return;
        }

        writer.WriteLine("displacements:");
        for (int index = 0; index < displacements.Count; index++)
        {
            writer.WriteLine(Line($"- atom: {_order.IndexOf(displacements[index].Atom) + 1,4}"));
            writer.WriteLine($"  displacement:\n    {Row(displacements[index].DisplacementCartesian)}");
            if (sets.Count > 0)
            {
                writer.WriteLine("  forces:");
                foreach (int atom in _order)
                {
                    writer.WriteLine($"  - {Row(sets[index].ForcesCartesian[atom])}");
                }
            }
        }

        writer.WriteLine();
    }

    private void Snapshots()
    {
        writer.WriteLine("displacements:");
        for (int index = 0; index < document.Snapshots.Length; index++)
        {
            writer.WriteLine(Line($"- # {index + 1,4}"));
            for (int atom = 0; atom < _order.Length; atom++)
            {
                writer.WriteLine(Line($"  - displacement: # {atom + 1}"));
                writer.WriteLine($"      {Row(document.Snapshots[index].DisplacementsCartesian[_order[atom]])}");
                writer.WriteLine($"    force:\n      {Row(document.Snapshots[index].ForcesCartesian[_order[atom]])}");
            }
        }

        writer.WriteLine();
    }

    private void Constants(ForceConstants constants)
    {
        writer.WriteLine(Line($"force_constants:\n  format: \"full\"\n  shape: [ {_order.Length}, {_order.Length} ]\n  elements:"));
        for (int row = 0; row < _order.Length; row++)
        {
            for (int column = 0; column < _order.Length; column++)
            {
                Matrix3x3 block = constants.Block(_order[row], _order[column]);
                writer.WriteLine(Line($"  - # ({row + 1}, {column + 1})"));
                for (int alpha = 0; alpha < 3; alpha++)
                {
                    writer.WriteLine(Line($"    - [ {block[alpha, 0],21:F15}, {block[alpha, 1],21:F15}, {block[alpha, 2],21:F15} ]"));
                }
            }
        }
    }

    private static string Row(Vector3D v) => Line($"[ {v.X,20:F16},{v.Y,20:F16},{v.Z,20:F16} ]");

    private static Vector3D Folded(Vector3D f) => new(f.X - Math.Round(f.X), f.Y - Math.Round(f.Y), f.Z - Math.Round(f.Z));

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
