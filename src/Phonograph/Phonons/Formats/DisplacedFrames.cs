using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Crystals.Symmetry;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons.Formats;

/// <summary>
/// Displaced supercells as extended XYZ frames: written to be labelled, read back with forces. Each frame has an <c>id</c>
/// (<c>disp-001</c>...), <c>displaced_atom</c> (from 1, in the order of the frame), <c>displacement_A</c> (Cartesian, Å) and a
/// column <c>displacement</c>; forces come back in the column <c>REF_forces</c> (eV/Å).
/// </summary>
public static class DisplacedFrames
{
    /// <summary>Column of forces, eV/Å, that labelling adds.</summary>
    public const string ForcesColumn = "REF_forces";

    /// <summary>Column of displacements, Å.</summary>
    public const string DisplacementColumn = "displacement";

    /// <summary>How far an atom may lie from its site in a frame that is read, Å; far below half of any bond.</summary>
    private const double LargestDisplacementAngstrom = 0.5;

    /// <summary>Moves of atoms shorter than this are rounding of the file, Å.</summary>
    private const double RestAngstrom = 1e-6;

    /// <summary>One frame for each displacement, in their order.</summary>
    public static IEnumerable<ExtendedXyzFrame> Write(Supercell supercell, IReadOnlyList<AtomDisplacement> displacements)
    {
        ArgumentNullException.ThrowIfNull(supercell);
        ArgumentNullException.ThrowIfNull(displacements);
        for (int index = 0; index < displacements.Count; index++)
        {
            AtomDisplacement displacement = displacements[index];
            Vector3D u = displacement.DisplacementCartesian;
            var column = new Vector3D[supercell.Crystal.AtomCount];
            column[displacement.Atom] = u;
            yield return new ExtendedXyzFrame(
                displacement.Apply(supercell.Crystal),
                ImmutableDictionary.CreateRange(
                [
                    KeyValuePair.Create("id", string.Create(CultureInfo.InvariantCulture, $"disp-{index + 1:D3}")),
                    KeyValuePair.Create("displaced_atom", (displacement.Atom + 1).ToString(CultureInfo.InvariantCulture)),
                    KeyValuePair.Create("displacement_A", string.Create(CultureInfo.InvariantCulture, $"{u.X:R} {u.Y:R} {u.Z:R}")),
                ]),
                ImmutableDictionary.CreateRange([KeyValuePair.Create(DisplacementColumn, column.ToImmutableArray())]));
        }
    }

    /// <summary>
    /// Reads labelled frames as force sets. Atoms are matched to the supercell by place, so any order and any periodic image will do;
    /// which atom moved is taken from the positions.
    /// </summary>
    /// <param name="path">Extended XYZ file with a column <c>REF_forces</c>.</param>
    /// <param name="supercell">The supercell at rest.</param>
    /// <exception cref="InputException">A frame has another lattice or other atoms, no forces, or not exactly one displaced atom.</exception>
    public static ImmutableArray<ForceSet> Read(string path, Supercell supercell)
    {
        return
        [
            .. ReadSnapshots(path, supercell).Select((snapshot, index) => SingleDisplacement(snapshot) ?? throw new InputException(
                $"{path}, frame {index + 1}: found {DisplacedAtoms(snapshot).Length} displaced atoms; expected exactly one. Use frames of 'phonograph phonons displacements'.")),
        ];
    }

    /// <summary>Reads labelled frames in which any atoms are displaced. Atoms are matched to the supercell by place: with a column <c>displacement</c> by the place before it, however far they moved.</summary>
    /// <param name="path">Extended XYZ file with a column <c>REF_forces</c>.</param>
    /// <param name="supercell">The supercell at rest.</param>
    /// <exception cref="InputException">A frame has another lattice or other atoms, or no forces.</exception>
    public static ImmutableArray<DisplacedSnapshot> ReadSnapshots(string path, Supercell supercell)
    {
        ArgumentNullException.ThrowIfNull(supercell);
        var sites = new SiteIndex(supercell.Crystal, LargestDisplacementAngstrom);
        var snapshots = ImmutableArray.CreateBuilder<DisplacedSnapshot>();
        foreach (ExtendedXyzFrame frame in ExtendedXyz.Read(path))
        {
            string place = $"{path}, frame {snapshots.Count + 1} ({frame.Info.GetValueOrDefault("id", "without id")})";
            snapshots.Add(ReadFrame(place, frame, supercell, sites));
        }

        return snapshots.ToImmutable();
    }

    /// <summary>The snapshots as force sets, or none when one has not exactly one displaced atom.</summary>
    public static ImmutableArray<ForceSet> SingleDisplacements(ImmutableArray<DisplacedSnapshot> snapshots)
    {
        ForceSet?[] sets = [.. snapshots.Select(SingleDisplacement)];
        return sets.Contains(null) ? [] : [.. sets.Select(set => set!)];
    }

    private static int[] DisplacedAtoms(DisplacedSnapshot snapshot) =>
        [.. Enumerable.Range(0, snapshot.DisplacementsCartesian.Length).Where(site => snapshot.DisplacementsCartesian[site].Length > RestAngstrom)];

    private static ForceSet? SingleDisplacement(DisplacedSnapshot snapshot) =>
        DisplacedAtoms(snapshot) is [var single] ? new ForceSet(new AtomDisplacement(single, snapshot.DisplacementsCartesian[single]), snapshot.ForcesCartesian) : null;

    private static DisplacedSnapshot ReadFrame(string place, ExtendedXyzFrame frame, Supercell supercell, SiteIndex sites)
    {
        Crystal rest = supercell.Crystal;
        for (int row = 0; row < 3; row++)
        {
            double difference = (frame.Crystal.Lattice.Rows[row] - rest.Lattice.Rows[row]).Length;
            if (difference > 1e-4)
            {
                throw new InputException($"{place}: found a lattice vector {row + 1} that differs by {difference.ToString("G3", CultureInfo.InvariantCulture)} Å from the supercell's; expected the same lattice. Give the crystal and supercell the displacements were made with.");
            }
        }

        if (frame.Crystal.AtomCount != rest.AtomCount)
        {
            throw new InputException($"{place}: found {frame.Crystal.AtomCount} atoms; expected {rest.AtomCount}, the atoms of the supercell. Give the crystal and supercell the displacements were made with.");
        }

        if (!frame.VectorColumns.TryGetValue(ForcesColumn, out ImmutableArray<Vector3D> forces))
        {
            throw new InputException($"{place}: found no column {ForcesColumn}; expected the force on every atom, eV/Å. Label the displaced cells first ('phonograph label').");
        }

        frame.VectorColumns.TryGetValue(DisplacementColumn, out ImmutableArray<Vector3D> stated);
        var ordered = new Vector3D[rest.AtomCount];
        var moves = new Vector3D[rest.AtomCount];
        var taken = new bool[rest.AtomCount];
        for (int atom = 0; atom < rest.AtomCount; atom++)
        {
            Vector3D position = rest.Lattice.ToFractional(frame.Crystal.PositionCartesian(atom));
            Vector3D before = stated.IsDefault ? position : position - rest.Lattice.ToFractional(stated[atom]);
            int site = sites.Find(frame.Crystal.Elements[atom], before);
            if (site < 0 || taken[site])
            {
                throw new InputException($"{place}: found atom {atom + 1} ({frame.Crystal.Elements[atom].Symbol}) more than {LargestDisplacementAngstrom} Å from every free site of its element; expected the supercell with slightly displaced atoms, or a column 'displacement'. Give the crystal and supercell the displacements were made with.");
            }

            taken[site] = true;
            ordered[site] = forces[atom];
            Vector3D step = before - rest.PositionsFractional[site];
            Vector3D offset = rest.Lattice.ToCartesian(new Vector3D(step.X - Math.Round(step.X), step.Y - Math.Round(step.Y), step.Z - Math.Round(step.Z)));
            if (!stated.IsDefault && offset.Length > RestAngstrom)
            {
                throw new InputException($"{place}: found atom {atom + 1} displaced by {Text(stated[atom] + offset)} Å; its column '{DisplacementColumn}' says {Text(stated[atom])} Å. Give the crystal the displacements were made with.");
            }

            // The column carries the displacement that was meant; positions add their rounding.
            moves[site] = stated.IsDefault ? offset : stated[atom];
        }

        return new DisplacedSnapshot([.. moves], [.. ordered]);
    }

    private static string Text(Vector3D v) => string.Create(CultureInfo.InvariantCulture, $"({v.X:F6} {v.Y:F6} {v.Z:F6})");
}
