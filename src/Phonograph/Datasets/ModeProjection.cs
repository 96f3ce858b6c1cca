using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons;

namespace Phonograph.Datasets;

/// <summary>
/// Projects the displacement of labelled cells, however they were drawn, on the vibrations of one crystal, and lets the cells carry the amplitudes as keys of
/// their frames. So later stages know amplitudes and need not know phonons.
/// </summary>
public static class ModeProjection
{
    /// <summary>Key of a frame: mass-weighted normal-mode coordinates, Å·√amu, by rising frequency, separated by blanks.</summary>
    public const string AmplitudesKey = "mode_amplitudes";

    /// <summary>Key of a frame: which modes the amplitudes belong to. Amplitudes of different modes are not comparable.</summary>
    public const string ModesKey = "mode_set";

    private const int ModeSetLength = 16;

    private const double ToleranceAngstrom = 1e-3;

    /// <summary>Name of the modes that follow from a file of force constants: the beginning of its SHA-256.</summary>
    public static string ModeSetOf(string forceConstantsFile) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(forceConstantsFile)))[..ModeSetLength];

    /// <summary>The supercell of a unit cell that displaced cells are made of.</summary>
    /// <param name="unit">Unit cell.</param>
    /// <param name="displaced">A displaced supercell.</param>
    /// <exception cref="InputException">Its lattice is no integer multiple of the unit cell's, or its atoms are not those of the supercell in their order.</exception>
    public static Supercell SupercellOf(Crystal unit, LabelledConfiguration displaced)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ArgumentNullException.ThrowIfNull(displaced);
        Matrix3x3 ratio = displaced.Crystal.Lattice.Rows * unit.Lattice.Rows.Inverse();
        static IntegerVector3 Nearest(Vector3D row) => new((int)Math.Round(row.X), (int)Math.Round(row.Y), (int)Math.Round(row.Z));
        var matrix = new IntegerMatrix3(Nearest(ratio.RowA), Nearest(ratio.RowB), Nearest(ratio.RowC));
        Supercell? supercell = matrix.Determinant != 0 ? Supercell.Of(unit, matrix) : null;
        return supercell is not null && IsSameCell(supercell.Crystal, displaced.Crystal)
            ? supercell
            : throw InputException.At(displaced.File, 0, $"'{displaced.Id}', {ChemicalFormula.OfCell(displaced.Crystal)}", $"a supercell of the unit cell {ChemicalFormula.OfCell(unit)}, atoms in Phonograph's order", "Give the unit cell that the cells were made from.");
    }

    /// <summary>Cells with their amplitudes; amplitudes that they carried before are replaced.</summary>
    /// <param name="cells">Displaced cells.</param>
    /// <param name="modes">Vibrations of the supercell at rest.</param>
    /// <param name="modeSet">Name of the modes, for <see cref="ModesKey"/>.</param>
    /// <exception cref="InputException">A cell has another lattice or other atoms than the supercell, or stated displacements that do not lead there.</exception>
    public static ImmutableArray<LabelledConfiguration> Apply(IEnumerable<LabelledConfiguration> cells, PhononModes modes, string modeSet)
    {
        ArgumentNullException.ThrowIfNull(cells);
        ArgumentNullException.ThrowIfNull(modes);
        return
        [
            .. cells.Select(cell =>
            {
                ImmutableArray<double> amplitudes = Amplitudes(cell, modes);
                return cell with
                {
                    Frame = cell.Frame with
                    {
                        Info = cell.Frame.Info
                            .SetItem(AmplitudesKey, string.Join(' ', amplitudes.Select(amplitude => amplitude.ToString("0.######", CultureInfo.InvariantCulture))))
                            .SetItem(ModesKey, modeSet),
                    },
                };
            }),
        ];
    }

    /// <summary>Amplitudes of one cell, Å·√amu, by rising frequency.</summary>
    /// <param name="cell">A displaced cell.</param>
    /// <param name="modes">Vibrations of the supercell at rest.</param>
    /// <exception cref="InputException">The cell has another lattice or other atoms than the supercell, or stated displacements that do not lead there.</exception>
    public static ImmutableArray<double> Amplitudes(LabelledConfiguration cell, PhononModes modes)
    {
        ArgumentNullException.ThrowIfNull(cell);
        ArgumentNullException.ThrowIfNull(modes);
        return modes.Amplitudes(Displacements(cell, modes.Crystal));
    }

    /// <summary>The stated displacements where the frame has them, else the shortest ones from the crystal at rest.</summary>
    private static Vector3D[] Displacements(LabelledConfiguration cell, Crystal rest)
    {
        if (!IsSameCell(rest, cell.Crystal))
        {
            throw InputException.At(cell.File, 0, $"'{cell.Id}', {ChemicalFormula.OfCell(cell.Crystal)}", $"the supercell of the modes, {ChemicalFormula.OfCell(rest)}, with its lattice and order of atoms", "Give the force constants of the supercell that was displaced.");
        }

        var displacements = new Vector3D[rest.AtomCount];
        for (int atom = 0; atom < displacements.Length; atom++)
        {
            Vector3D shortest = Shortest(rest.Lattice, cell.Crystal.PositionsFractional[atom] - rest.PositionsFractional[atom]);
            displacements[atom] = cell.DisplacementsCartesian is { } stated ? stated[atom] : shortest;
            Vector3D apart = Shortest(rest.Lattice, rest.Lattice.ToFractional(displacements[atom] - shortest));
            if (apart.Length > ToleranceAngstrom)
            {
                throw InputException.At(
                    cell.File, 0, string.Create(CultureInfo.InvariantCulture, $"atom {atom + 1} of '{cell.Id}' displaced from a place {apart.Length:0.###} Å beside its site"), "displacements from the sites of the unit cell given", "Give the unit cell that the cells were made from.");
            }
        }

        return displacements;
    }

    private static Vector3D Shortest(Lattice lattice, Vector3D fractional) =>
        lattice.ToCartesian(new(fractional.X - Math.Round(fractional.X), fractional.Y - Math.Round(fractional.Y), fractional.Z - Math.Round(fractional.Z)));

    private static bool IsSameCell(Crystal rest, Crystal displaced)
    {
        Matrix3x3 apart = rest.Lattice.Rows - displaced.Lattice.Rows;
        return Math.Max(apart.RowA.Length, Math.Max(apart.RowB.Length, apart.RowC.Length)) < ToleranceAngstrom && rest.Elements.AsSpan().SequenceEqual(displaced.Elements.AsSpan());
    }
}
