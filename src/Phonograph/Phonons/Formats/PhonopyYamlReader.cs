using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Files.Yaml;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons.Polar;

namespace Phonograph.Phonons.Formats;

/// <summary>Turns the nodes of a phonopy YAML file into a document.</summary>
internal sealed class PhonopyYamlReader
{
    private const string Advice = PhonopyYamlCells.Advice;
    private readonly string _path;
    private readonly YamlNode _root;
    private readonly CalculatorUnits _units;
    private readonly Supercell _supercell;
    private readonly ImmutableArray<int> _order;

    private PhonopyYamlReader(string path, YamlNode root)
    {
        (_path, _root) = (path, root);
        if (root.Kind != YamlKind.Mapping)
        {
            throw root.Wrong(root.Describe(), "the keys of a phonopy file (unit_cell, supercell_matrix, ...)", "Give a phonopy_disp.yaml or phonopy_params.yaml file.");
        }

        _units = CalculatorUnits.Of(root);
        Crystal unit = PhonopyYamlCells.Crystal(root.Find("unit_cell") ?? (root.Find("lattice") is not null ? root : root.Required("unit_cell", Advice)), _units.Length);
        _supercell = PhonopyYamlCells.Supercell(root.Required("supercell_matrix", Advice), unit);
        _order = root.Find("supercell") is { } cell
            ? SupercellMatching.ToOwn($"{path}, supercell", _supercell, PhonopyYamlCells.Crystal(cell, _units.Length))
            : PhonopySupercellOrder.ToOwn(_supercell);
    }

    internal static PhonopyDocument Read(string path, YamlNode root)
    {
        var reader = new PhonopyYamlReader(path, root);
        Crystal primitive = reader.Primitive();
        (ImmutableArray<AtomDisplacement> displacements, ImmutableArray<ForceSet> sets, ImmutableArray<DisplacedSnapshot> snapshots) = reader.Displacements();
        return new PhonopyDocument(reader._supercell, primitive)
        {
            Calculator = reader._units.Calculator,
            FileOrder = reader._order,
            Displacements = displacements,
            ForceSets = sets,
            Snapshots = snapshots,
            Constants = reader.Constants(),
            Charges = reader.Charges(primitive),
        };
    }

    private Crystal Primitive()
    {
        PrimitiveTransformation transformation = PrimitiveTransformation.None;
        if (_root.Find("primitive_matrix") is { } matrix)
        {
            transformation = new PrimitiveTransformation(PhonopyYamlCells.Matrix(matrix, "primitive matrix").Transposed);
            if (!(Math.Abs(transformation.Rows.Determinant) is > 1e-3 and < 1e3))
            {
                throw matrix.Wrong("a primitive matrix that spans no volume", "a primitive cell", Advice);
            }
        }

        if (_root.Find("primitive_cell") is not { } cell)
        {
            return transformation.CellOf(_supercell.Unit);
        }

        // The file's own cell, with its atoms where the file has them: its wave vectors and charges refer to it.
        Crystal stated = PhonopyYamlCells.Crystal(cell, _units.Length), derived = transformation.CellOf(_supercell.Unit);
        SupercellMatching.ToOwn($"{_path}, primitive_cell", Supercell.Of(derived, IntegerMatrix3.Identity), stated);
        return stated;
    }

    private (ImmutableArray<AtomDisplacement> Displacements, ImmutableArray<ForceSet> Sets, ImmutableArray<DisplacedSnapshot> Snapshots) Displacements()
    {
        if (_root.Find("displacements") is not { Items.Count: > 0 } node)
        {
            return ([], [], []);
        }

        if (node.Items[0].Kind == YamlKind.Sequence)
        {
            return ([], [], [.. node.Items.Select(Snapshot).OfType<DisplacedSnapshot>()]);
        }

        var displacements = ImmutableArray.CreateBuilder<AtomDisplacement>(node.Items.Count);
        var sets = ImmutableArray.CreateBuilder<ForceSet>();
        foreach (YamlNode item in node.Items)
        {
            YamlNode number = item.Required("atom", Advice);
            int atom = number.Integer("displaced atom");
            if (atom < 1 || atom > _order.Length)
            {
                throw number.Wrong($"displaced atom {atom}", $"a number from 1 to {_order.Length}", Advice);
            }

            var displacement = new AtomDisplacement(_order[atom - 1], _units.Length * PhonopyYamlCells.Vector(item.Required("displacement", Advice), "displacement"));
            displacements.Add(displacement);
            if (item.Find("forces") is { } forces)
            {
                var ordered = new Vector3D[_order.Length];
                IReadOnlyList<YamlNode> list = forces.Sequence(_order.Length, "the force on each atom of the supercell");
                for (int index = 0; index < ordered.Length; index++)
                {
                    ordered[_order[index]] = _units.Force * PhonopyYamlCells.Vector(list[index], "force");
                }

                sets.Add(new ForceSet(displacement, [.. ordered]));
            }
        }

        return sets.Count == 0 || sets.Count == displacements.Count
            ? (displacements.ToImmutable(), sets.ToImmutable(), [])
            : throw node.Wrong($"forces for {sets.Count} of {displacements.Count} displacements", "forces for all or none", "Compute the missing forces, or take those displacements out.");
    }

    private DisplacedSnapshot? Snapshot(YamlNode item)
    {
        IReadOnlyList<YamlNode> atoms = item.Sequence(_order.Length, "the displacement of each atom of the supercell");
        var displacements = new Vector3D[_order.Length];
        var forces = new Vector3D[_order.Length];
        int withForces = 0;
        for (int index = 0; index < atoms.Count; index++)
        {
            displacements[_order[index]] = _units.Length * PhonopyYamlCells.Vector(atoms[index].Required("displacement", Advice), "displacement");
            if (atoms[index].Find("force") is { } force)
            {
                withForces++;
                forces[_order[index]] = _units.Force * PhonopyYamlCells.Vector(force, "force");
            }
        }

        return withForces == 0 ? null : withForces == atoms.Count
            ? new DisplacedSnapshot([.. displacements], [.. forces])
            : throw item.Wrong($"forces on {withForces} of {atoms.Count} atoms", "forces on all or none", Advice);
    }

    private ForceConstants? Constants()
    {
        if (_root.Find("force_constants") is not { } node)
        {
            return null;
        }

        IReadOnlyList<YamlNode> shape = node.Required("shape", Advice).Sequence(2, "rows and columns");
        (int rows, int columns) = (shape[0].Integer("rows of blocks"), shape[1].Integer("columns of blocks"));
        if (columns != _order.Length || rows < 1 || rows > columns || columns % rows != 0)
        {
            throw node.Wrong($"force constants of {rows} × {columns} atoms", $"{_order.Length} atoms in the supercell", "Give the file that belongs to this supercell.");
        }

        IReadOnlyList<YamlNode> elements = node.Required("elements", Advice).Sequence(rows * columns, "3 × 3 blocks");
        int[] rowAtoms = rows == columns ? [.. _order] : RowAtoms(rows, node);
        ForceConstants constants = PrimitiveRows.Complete(
            _path, _supercell, rowAtoms, _order, (row, column) => _units.ForceConstants * PhonopyYamlCells.Matrix(elements[(row * columns) + column], "force constants"));
        ForceConsistency.CheckTranslations(_path, constants);
        return constants;
    }

    /// <summary>The atoms to which the rows of compact constants belong: those to which others are reduced, else the first of each kind.</summary>
    private int[] RowAtoms(int rows, YamlNode node)
    {
        IReadOnlyList<YamlNode> points = _root.Find("supercell")?.Find("points")?.Items ?? [];
        int[] reduced = points.Count == _order.Length && points.All(point => point.Find("reduced_to") is not null)
            ? [.. points.Select(point => point.Required("reduced_to", Advice).Integer("atom of the primitive cell")).Distinct().Where(atom => atom >= 1 && atom <= _order.Length).Select(atom => _order[atom - 1])]
            : [.. PrimitiveRows.FirstAtoms(_supercell, _order)];
        return reduced.Length == rows ? reduced : throw node.Wrong($"{rows} rows of compact force constants", $"{reduced.Length}, the atoms of the primitive cell", Advice);
    }

    private BornCharges? Charges(Crystal primitive)
    {
        if (_root.Find("born_effective_charge") is not { } born || _root.Find("dielectric_constant") is not { } dielectric)
        {
            return null;
        }

        IReadOnlyList<YamlNode> charges = born.Sequence(primitive.AtomCount, "one charge tensor for each atom of the primitive cell");
        try
        {
            var read = new BornCharges(
                PhonopyYamlCells.Matrix(dielectric, "dielectric tensor"), [.. charges.Select(charge => PhonopyYamlCells.Matrix(charge, "Born charge"))]);
            return _root.Find("phonopy")?.Find("nac_unit_conversion_factor") is { } factor ? read with { CoulombElectronvoltAngstrom = _units.Coulomb(factor) } : read;
        }
        catch (ArgumentException)
        {
            throw dielectric.Wrong("a dielectric tensor that is not positive", "a positive one", "Correct the tensor.");
        }
    }
}
