using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Crystals;
using Phonograph.Crystals.Symmetry;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons;

/// <summary>
/// From the cell a crystal is described in to the primitive cell its phonons are counted in: rows of the primitive cell are this matrix times the rows of the unit
/// cell. phonopy's primitive matrix is the transposed one, because it acts on columns.
/// </summary>
/// <param name="Rows">The matrix; its inverse is a matrix of integers.</param>
public sealed record PrimitiveTransformation(Matrix3x3 Rows)
{
    private const double IntegerTolerance = 1e-5, SiteTolerance = 1e-3, LargestElement = 1e3;

    /// <summary>The unit cell itself.</summary>
    public static PrimitiveTransformation None => new(Matrix3x3.Identity);

    /// <summary>
    /// Reads a centring letter as phonopy means it (P, F, I, A, C or R, obverse setting) or nine numbers, the primitive vectors by rows in units of the cell's, fractions allowed.
    /// </summary>
    /// <exception cref="InputException">The text is neither.</exception>
    public static PrimitiveTransformation Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Matrix3x3? rows = Centred(text.Trim().ToUpperInvariant()) ?? Numbers(text);
        return rows is { } matrix && IsUsable(matrix) ? new PrimitiveTransformation(matrix) : throw new InputException(
            $"The primitive cell: found '{text}'; expected a centring letter (P, F, I, A, C or R) or nine numbers, the primitive vectors by rows in units of the cell's, whose cell fits a whole number of times. Write for example F or 0,1/2,1/2,1/2,0,1/2,1/2,1/2,0.");
    }

    /// <summary>
    /// The primitive cell of a crystal in any cell. A cell that is primitive stays as it is; a cell with a customary centring gets the vectors of its letter, which are those of phonopy's
    /// <c>primitive_matrix="auto"</c> for a cell in the standard setting; any other cell gets shortened vectors (<see cref="PrimitiveCell"/>).
    /// </summary>
    /// <param name="unit">The crystal.</param>
    /// <param name="toleranceAngstrom">How far an atom may lie from where a translation puts it, Å.</param>
    public static PrimitiveTransformation Automatic(Crystal unit, double toleranceAngstrom = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(unit);
        ImmutableArray<SymmetryOperation> translations = SpaceGroup.Translations(unit, toleranceAngstrom);
        if (translations.Length == 1)
        {
            return None;
        }

        foreach (string letter in new[] { "F", "I", "A", "C", "R" })
        {
            Matrix3x3 rows = Centred(letter)!.Value, toPrimitive = rows.Inverse();
            bool holdsAll = translations.All(translation => (Folded(translation.TranslationFractional * toPrimitive) * rows * unit.Lattice.Rows).Length < 2 * toleranceAngstrom);
            if (holdsAll && Math.Round(toPrimitive.Determinant) == translations.Length)
            {
                return new PrimitiveTransformation(rows);
            }
        }

        return new PrimitiveTransformation(PrimitiveCell.Of(unit, toleranceAngstrom).Matrix.ToMatrix3x3().Inverse());
    }

    /// <summary>The primitive cell of a crystal: the first atom of each set that the primitive lattice repeats, where it lies.</summary>
    /// <exception cref="InputException">The primitive lattice does not repeat the crystal.</exception>
    public Crystal CellOf(Crystal unit)
    {
        ArgumentNullException.ThrowIfNull(unit);
        if (!IsUsable(Rows))
        {
            throw new InputException("The primitive cell: its lattice does not fit a whole number of times into the unit cell. Give the primitive cell of this crystal, or P for the cell as it stands.");
        }

        Lattice lattice = LatticeOf(unit);
        var kept = new List<int>();
        var positions = new List<Vector3D>();
        for (int atom = 0; atom < unit.AtomCount; atom++)
        {
            Vector3D place = lattice.ToFractional(unit.PositionCartesian(atom));
            bool isRepeated = kept.Select((earlier, index) => (earlier, index)).Any(each => unit.Elements[each.earlier] == unit.Elements[atom]
                && lattice.ToCartesian(Folded(place - positions[each.index])).Length < SiteTolerance);
            if (!isRepeated)
            {
                kept.Add(atom);
                positions.Add(place);
            }
        }

        int cells = (int)Math.Round(unit.Lattice.Volume / lattice.Volume);
        return cells * kept.Count == unit.AtomCount
            ? new Crystal(lattice, [.. kept.Select(atom => unit.Elements[atom])], [.. positions], [.. kept.Select(atom => unit.MassesAmu[atom])])
            : throw new InputException($"The primitive cell: found {kept.Count} different atoms in {cells} cells, but the unit cell has {unit.AtomCount}; expected {cells} times as many. Give the primitive cell of this crystal, or P for the cell as it stands.");
    }

    /// <summary>The same supercell built from the primitive cell.</summary>
    /// <param name="supercell">Supercell of the unit cell.</param>
    /// <param name="primitive">The primitive cell, for example of <see cref="CellOf"/>.</param>
    /// <exception cref="InputException">The supercell does not hold a whole number of primitive cells.</exception>
    public static Supercell SupercellOf(Supercell supercell, Crystal primitive)
    {
        ArgumentNullException.ThrowIfNull(supercell);
        ArgumentNullException.ThrowIfNull(primitive);
        Matrix3x3 rows = supercell.Crystal.Lattice.Rows * primitive.Lattice.Rows.Inverse();
        return IsInteger(rows)
            ? Supercell.Of(primitive, new IntegerMatrix3(Rounded(rows.RowA), Rounded(rows.RowB), Rounded(rows.RowC)))
            : throw new InputException("The supercell does not hold a whole number of primitive cells. Choose another supercell or primitive cell.");
    }

    /// <summary>Force constants of the same supercell, described by the primitive cell.</summary>
    /// <exception cref="InputException">The primitive cell does not repeat to the supercell.</exception>
    public static ForceConstants OnPrimitive(ForceConstants constants, Crystal primitive)
    {
        ArgumentNullException.ThrowIfNull(constants);
        Supercell target = SupercellOf(constants.Supercell, primitive);
        try
        {
            return constants.On(target);
        }
        catch (ArgumentException error)
        {
            throw new InputException("The primitive cell: its repetition does not give the atoms of the supercell. Give the primitive cell of this crystal.", error);
        }
    }

    private Lattice LatticeOf(Crystal unit)
    {
        try
        {
            return new Lattice(Rows * unit.Lattice.Rows);
        }
        catch (ArgumentException error)
        {
            throw new InputException("The primitive cell: its vectors span no volume. Give the primitive cell of this crystal, or P for the cell as it stands.", error);
        }
    }

    /// <summary>The primitive vectors of a centring letter, by rows; null for another text.</summary>
    private static Matrix3x3? Centred(string letter)
    {
        const double h = 0.5, t = 1.0 / 3;
        return letter switch
        {
            "P" => Matrix3x3.Identity,
            "F" => new(new(0, h, h), new(h, 0, h), new(h, h, 0)),
            "I" => new(new(-h, h, h), new(h, -h, h), new(h, h, -h)),
            "A" => new(new(1, 0, 0), new(0, h, h), new(0, -h, h)),
            "C" => new(new(h, -h, 0), new(h, h, 0), new(0, 0, 1)),
            "R" => new(new(2 * t, t, t), new(-t, t, t), new(-t, -2 * t, t)),
            _ => null,
        };
    }

    private static Matrix3x3? Numbers(string text)
    {
        double[] n = [.. text.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries).Select(Number)];
        return n.Length == 9 && n.All(double.IsFinite) ? new Matrix3x3(new(n[0], n[1], n[2]), new(n[3], n[4], n[5]), new(n[6], n[7], n[8])) : null;
    }

    private static double Number(string token)
    {
        string[] parts = token.Split('/');
        bool isNumber = double.TryParse(parts[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
        if (isNumber && parts.Length == 2)
        {
            isNumber = double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double divisor);
            value /= divisor;
        }

        return isNumber && parts.Length <= 2 ? value : double.NaN;
    }

    // Vectors of any length can span a cell of the right size, so their elements have a limit too.
    private static bool IsUsable(Matrix3x3 rows) => Math.Abs(rows.Determinant) is > 1e-3 and < 1e3 && HasElementsWithin(rows) && HasElementsWithin(rows.Inverse()) && IsInteger(rows.Inverse());

    private static bool HasElementsWithin(Matrix3x3 m) => Enumerable.Range(0, 9).All(at => Math.Abs(m[at / 3, at % 3]) < LargestElement);

    private static bool IsInteger(Matrix3x3 m) => Enumerable.Range(0, 9).All(at => Math.Abs(m[at / 3, at % 3] - Math.Round(m[at / 3, at % 3])) < IntegerTolerance * Math.Max(1, Math.Abs(m[at / 3, at % 3])));

    private static IntegerVector3 Rounded(Vector3D v) => new((int)Math.Round(v.X), (int)Math.Round(v.Y), (int)Math.Round(v.Z));

    private static Vector3D Folded(Vector3D f) => new(f.X - Math.Round(f.X), f.Y - Math.Round(f.Y), f.Z - Math.Round(f.Z));
}
