using System.Collections.Immutable;
using System.Numerics;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Phonons;

/// <summary>
/// The dynamical matrix of a unit cell at any wave vector, from the force constants of a supercell. A pair's coupling is shared equally by all shortest
/// vectors between the two atoms' periodic images, as phonopy does (A. Togo, I. Tanaka, Scripta Mater. 108, 1 (2015); A. Togo, J. Phys. Soc. Jpn. 92, 012001 (2023)); at
/// wave vectors the supercell holds this changes nothing. Without long-range (non-analytical) terms.
/// </summary>
public sealed class DynamicalMatrix
{
    private readonly Crystal _unit;
    private readonly ImmutableArray<Coupling> _couplings;

    private DynamicalMatrix(Crystal unit, ImmutableArray<Coupling> couplings)
    {
        _unit = unit;
        _couplings = couplings;
    }

    /// <summary>Number of branches, three per atom of the unit cell.</summary>
    public int Order => 3 * _unit.AtomCount;

    /// <summary>Prepares the shortest vectors of all pairs.</summary>
    /// <param name="constants">Force constants; their supercell's unit cell is the cell of the wave vectors.</param>
    /// <param name="toleranceAngstrom">Vectors are equally short within this length, Å; phonopy uses 1e-5.</param>
    public static DynamicalMatrix Of(ForceConstants constants, double toleranceAngstrom = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(constants);
        ArgumentOutOfRangeException.ThrowIfNegative(toleranceAngstrom);
        Supercell supercell = constants.Supercell;
        Matrix3x3 toUnit = supercell.Matrix.ToMatrix3x3();
        var couplings = ImmutableArray.CreateBuilder<Coupling>();
        for (int unitAtom = 0; unitAtom < supercell.Unit.AtomCount; unitAtom++)
        {
            int first = supercell.UnitAtom.IndexOf(unitAtom);
            for (int second = 0; second < supercell.Crystal.AtomCount; second++)
            {
                Vector3D separation = supercell.Crystal.PositionsFractional[second] - supercell.Crystal.PositionsFractional[first];
                ImmutableArray<Vector3D> vectors = [.. Shortest(supercell.Crystal.Lattice, separation, toleranceAngstrom).Select(vector => vector * toUnit)];
                couplings.Add(new Coupling(unitAtom, supercell.UnitAtom[second], constants.Block(first, second), vectors));
            }
        }

        return new DynamicalMatrix(supercell.Unit, couplings.ToImmutable());
    }

    /// <summary>The matrix at a wave vector, eV/(Å² amu), by rows; phases run over full atomic positions.</summary>
    /// <param name="waveVectorFractional">Wave vector in units of the unit cell's reciprocal vectors.</param>
    public Complex[] At(Vector3D waveVectorFractional)
    {
        var matrix = new Complex[Order * Order];
        foreach (Coupling coupling in _couplings)
        {
            Complex phase = Complex.Zero;
            foreach (Vector3D vector in coupling.VectorsFractional)
            {
                double angle = 2 * Math.PI * Vector3D.Dot(waveVectorFractional, vector);
                phase += new Complex(Math.Cos(angle), Math.Sin(angle));
            }

            phase /= coupling.VectorsFractional.Length * Math.Sqrt(_unit.MassesAmu[coupling.First] * _unit.MassesAmu[coupling.Second]);
            for (int alpha = 0; alpha < 3; alpha++)
            {
                for (int beta = 0; beta < 3; beta++)
                {
                    matrix[(((3 * coupling.First) + alpha) * Order) + (3 * coupling.Second) + beta] += coupling.Block[alpha, beta] * phase;
                }
            }
        }

        return matrix;
    }

    /// <summary>Ordinary frequencies at a wave vector, THz, rising; imaginary ones as negative numbers.</summary>
    /// <param name="waveVectorFractional">Wave vector in units of the unit cell's reciprocal vectors.</param>
    public ImmutableArray<double> FrequenciesTerahertz(Vector3D waveVectorFractional) =>
        [.. HermitianEigen.Values(At(waveVectorFractional), Order).Select(PhononModes.ToTerahertz)];

    /// <summary>All shortest images of a separation, in fractions of the lattice; right for any cell shape.</summary>
    private static IEnumerable<Vector3D> Shortest(Lattice lattice, Vector3D separation, double tolerance)
    {
        var start = new Vector3D(separation.X - Math.Round(separation.X), separation.Y - Math.Round(separation.Y), separation.Z - Math.Round(separation.Z));
        double bound = lattice.ToCartesian(start).Length + tolerance;
        Matrix3x3 reciprocal = lattice.ReciprocalRows;
        int[] limits = [.. Enumerable.Range(0, 3).Select(axis => (int)Math.Ceiling((bound * reciprocal[axis].Length) + 0.5))];
        var images = new List<(double Length, Vector3D Vector)>();
        for (int i = -limits[0]; i <= limits[0]; i++)
        {
            for (int j = -limits[1]; j <= limits[1]; j++)
            {
                for (int k = -limits[2]; k <= limits[2]; k++)
                {
                    Vector3D image = start + new Vector3D(i, j, k);
                    images.Add((lattice.ToCartesian(image).Length, image));
                }
            }
        }

        double shortest = images.Min(image => image.Length);
        return images.Where(image => image.Length <= shortest + tolerance).Select(image => image.Vector);
    }

    /// <summary>One pair of a unit-cell atom and a supercell atom, with its shortest vectors in unit-cell fractions.</summary>
    private sealed record Coupling(int First, int Second, Matrix3x3 Block, ImmutableArray<Vector3D> VectorsFractional);
}
