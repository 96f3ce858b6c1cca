using System.Collections.Immutable;
using System.Numerics;
using Phonograph.Crystals;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Phonons.Polar;

namespace Phonograph.Phonons;

/// <summary>
/// The dynamical matrix of a unit cell at any wave vector, from the force constants of a supercell. A pair's coupling is shared equally by all shortest
/// vectors between the two atoms' periodic images, as phonopy does (A. Togo, I. Tanaka, Scripta Mater. 108, 1 (2015); A. Togo, J. Phys. Soc. Jpn. 92, 012001 (2023)); at
/// wave vectors the supercell holds this changes nothing. With Born charges the long-range part of a polar crystal is treated apart
/// (<see cref="NonAnalyticalTerm"/>). May be used by several threads at once.
/// </summary>
public sealed class DynamicalMatrix
{
    /// <summary>Points this close to the surface of the first Brillouin zone lie on it, 1/Å.</summary>
    private const double ZoneTolerance = 1e-8;

    private readonly CouplingSum _couplings;
    private readonly BornCharges? _charges;
    private readonly CouplingSum? _shortRange;
    private readonly DipoleInteraction? _dipoles;

    private DynamicalMatrix(Supercell supercell, CouplingSum couplings, BornCharges? charges, CouplingSum? shortRange, DipoleInteraction? dipoles)
    {
        ConstantsSupercell = supercell;
        _couplings = couplings;
        _charges = charges;
        _shortRange = shortRange;
        _dipoles = dipoles;
    }

    /// <summary>The cell whose reciprocal vectors are the units of wave vectors, with the masses that are used.</summary>
    public Crystal Crystal => ConstantsSupercell.Unit;

    /// <summary>The supercell of the force constants.</summary>
    public Supercell ConstantsSupercell { get; }

    /// <summary>How the long-range part is treated; null where there is none.</summary>
    public NonAnalyticalTerm? LongRangeTerm => _charges is null ? null : _dipoles is null ? NonAnalyticalTerm.Wang : NonAnalyticalTerm.GonzeLee;

    /// <summary>Number of branches, three per atom of the unit cell.</summary>
    public int Order => 3 * Crystal.AtomCount;

    /// <summary>Whether a long-range part is added; then the matrix at Γ depends on the direction of approach.</summary>
    public bool IsPolar => _charges is not null;

    /// <summary>Prepares the matrix of a crystal without long-range part.</summary>
    /// <param name="constants">Force constants; their supercell's unit cell is the cell of the wave vectors.</param>
    /// <param name="toleranceAngstrom">Vectors are equally short within this length, Å; phonopy uses 1e-5.</param>
    public static DynamicalMatrix Of(ForceConstants constants, double toleranceAngstrom = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(constants);
        ArgumentOutOfRangeException.ThrowIfNegative(toleranceAngstrom);
        return new DynamicalMatrix(constants.Supercell, Sum(constants, toleranceAngstrom), null, null, null);
    }

    /// <summary>Prepares the matrix of a polar crystal.</summary>
    /// <param name="constants">Force constants; their supercell's unit cell is the cell of the wave vectors.</param>
    /// <param name="charges">Born charges of the atoms of that unit cell, in its order.</param>
    /// <param name="term">How the long-range part is treated.</param>
    /// <param name="toleranceAngstrom">Vectors are equally short within this length, Å; phonopy uses 1e-5.</param>
    /// <exception cref="ArgumentException">There are not as many charges as atoms.</exception>
    public static DynamicalMatrix Of(ForceConstants constants, BornCharges charges, NonAnalyticalTerm term = NonAnalyticalTerm.GonzeLee, double toleranceAngstrom = 1e-5)
    {
        ArgumentNullException.ThrowIfNull(constants);
        ArgumentNullException.ThrowIfNull(charges);
        ArgumentOutOfRangeException.ThrowIfNegative(toleranceAngstrom);
        Crystal unit = constants.Supercell.Unit;
        if (charges.Charges.Length != unit.AtomCount)
        {
            throw new ArgumentException($"{charges.Charges.Length} Born charges for {unit.AtomCount} atoms.", nameof(charges));
        }

        CouplingSum full = Sum(constants, toleranceAngstrom);
        if (term == NonAnalyticalTerm.Wang)
        {
            return new DynamicalMatrix(constants.Supercell, full, charges, null, null);
        }

        var dipoles = new DipoleInteraction(unit, charges);
        var rest = CouplingSum.Of(constants.Supercell, ShortRangeConstants.Subtracted(constants, dipoles), toleranceAngstrom);
        return new DynamicalMatrix(constants.Supercell, full, charges, rest, dipoles);
    }

    /// <summary>The matrix at a wave vector, eV/(Å² amu), by rows; phases run over full atomic positions.</summary>
    /// <param name="waveVectorFractional">Wave vector in units of the unit cell's reciprocal vectors.</param>
    /// <param name="directionFractional">Direction from which Γ is approached in a polar crystal, same units; without it the matrix at Γ has no long-range part.</param>
    public Complex[] At(Vector3D waveVectorFractional, Vector3D? directionFractional = null)
    {
        var solver = new HermitianSolver(Order);
        Fill(solver, waveVectorFractional, directionFractional, Scratch());
        var matrix = new Complex[Order * Order];
        for (int row = 0; row < Order; row++)
        {
            for (int column = 0; column < Order; column++)
            {
                Vector3D separation = Crystal.PositionsFractional[column / 3] - Crystal.PositionsFractional[row / 3];
                (double s, double c) = Math.SinCos(2 * Math.PI * Vector3D.Dot(waveVectorFractional, separation));
                matrix[(row * Order) + column] = new Complex(c, s) * new Complex(solver.Real[(row * Order) + column], solver.Imaginary[(row * Order) + column]);
            }
        }

        return matrix;
    }

    /// <summary>Ordinary frequencies at a wave vector, THz, rising; imaginary ones as negative numbers.</summary>
    /// <param name="waveVectorFractional">Wave vector in units of the unit cell's reciprocal vectors.</param>
    /// <param name="directionFractional">Direction from which Γ is approached in a polar crystal, same units.</param>
    public ImmutableArray<double> FrequenciesTerahertz(Vector3D waveVectorFractional, Vector3D? directionFractional = null)
    {
        var solver = new PhononSolver(this);
        solver.Solve(waveVectorFractional, directionFractional, withVectors: false);
        return [.. solver.FrequenciesTerahertz];
    }

    /// <summary>Frequencies and eigenvectors at a wave vector.</summary>
    /// <param name="waveVectorFractional">Wave vector in units of the unit cell's reciprocal vectors.</param>
    /// <param name="directionFractional">Direction from which Γ is approached in a polar crystal, same units.</param>
    public WaveVectorModes ModesAt(Vector3D waveVectorFractional, Vector3D? directionFractional = null)
    {
        var solver = new PhononSolver(this);
        solver.Solve(waveVectorFractional, directionFractional, withVectors: true);
        return WaveVectorModes.Of(waveVectorFractional, solver, withVectors: true);
    }

    /// <summary>
    /// Wave vectors of a mesh, moved into the first Brillouin zone where that matters: the term of Wang et al. does not repeat with the reciprocal lattice, and is meant there.
    /// </summary>
    internal IReadOnlyList<Vector3D> OfMesh(IReadOnlyList<Vector3D> waves)
    {
        if (_charges is null || _dipoles is not null)
        {
            return waves;
        }

        var zone = new ShortestImages(new Lattice(Crystal.Lattice.ReciprocalRows), ZoneTolerance);
        var images = new List<Vector3D>();
        return
        [
            .. waves.Select(wave =>
            {
                zone.Find(wave, images);
                return images.Exists(image => (image - wave).Length < ZoneTolerance) ? wave : images[0];
            }),
        ];
    }

    /// <summary>Memory for one thread.</summary>
    internal PhaseScratch Scratch() => new(Math.Max(_couplings.VectorCount, _shortRange?.VectorCount ?? 0), Order, IsPolar);

    /// <summary>Writes the matrix with phases over lattice vectors.</summary>
    internal void Fill(HermitianSolver solver, Vector3D wave, Vector3D? direction, PhaseScratch scratch)
    {
        solver.Real.Clear();
        solver.Imaginary.Clear();
        bool isLongRange = IsLongRange(direction ?? wave);
        CouplingSum sum = isLongRange && _shortRange is not null ? _shortRange : _couplings;
        sum.Phases(wave, scratch.Cosine, scratch.Sine);
        sum.AddTo(solver.Real, solver.Imaginary, scratch.Cosine, scratch.Sine);
        if (isLongRange)
        {
            AddLongRange(solver, _dipoles is null ? wave : _dipoles.FirstZone(wave, scratch.Dipole!), direction, scratch);
        }

        solver.CompleteFromLower();
    }

    /// <summary>Writes the lower triangle of the long-range part alone, a step away from a wave vector; nothing where there is none.</summary>
    internal void FillLongRange(HermitianSolver solver, Vector3D wave, Vector3D step, PhaseScratch scratch)
    {
        solver.Real.Clear();
        solver.Imaginary.Clear();
        if (IsLongRange(wave))
        {
            // The same member of the star on both sides of the step: the sum is truncated about Γ.
            Vector3D centre = _dipoles is null ? wave : _dipoles.FirstZone(wave, scratch.Dipole!);
            _couplings.Phases(centre + step, scratch.Cosine, scratch.Sine);
            AddLongRange(solver, centre + step, null, scratch);
        }
    }

    /// <summary>Adds the lower triangle of the derivative of the analytical part along a Cartesian direction, divided by 2π, eV/(Å amu).</summary>
    internal void AddAnalyticalDerivative(Span<double> real, Span<double> imaginary, Vector3D wave, Vector3D direction, PhaseScratch scratch)
    {
        CouplingSum sum = _shortRange is not null && IsLongRange(wave) ? _shortRange : _couplings;
        sum.Phases(wave, scratch.Cosine, scratch.Sine);
        sum.AddDerivative(real, imaginary, scratch.Cosine, scratch.Sine, sum.LengthsAlong(Crystal.Lattice, direction));
    }

    private bool IsLongRange(Vector3D wave) => IsPolar && !DipoleInteraction.IsZero(wave * Crystal.Lattice.ReciprocalRows);

    private void AddLongRange(HermitianSolver solver, Vector3D wave, Vector3D? direction, PhaseScratch scratch)
    {
        if (_dipoles is not null)
        {
            _dipoles.AddTo(solver.Real, solver.Imaginary, wave, direction, scratch.Dipole!);
        }
        else
        {
            AddWang(solver, (direction ?? wave) * Crystal.Lattice.ReciprocalRows, scratch);
        }
    }

    private static CouplingSum Sum(ForceConstants constants, double tolerance)
    {
        int cells = constants.Supercell.CellCount;
        return CouplingSum.Of(constants.Supercell, (first, atom) => constants.Block(first * cells, atom), tolerance);
    }

    private void AddWang(HermitianSolver solver, Vector3D q, PhaseScratch scratch)
    {
        for (int atom = 0; atom < Crystal.AtomCount; atom++)
        {
            Vector3D z = (1 / Math.Sqrt(Crystal.MassesAmu[atom])) * (q * _charges!.Charges[atom]);
            (scratch.Vector[3 * atom], scratch.Vector[(3 * atom) + 1], scratch.Vector[(3 * atom) + 2]) = (z.X, z.Y, z.Z);
        }

        double factor = _charges!.CoulombElectronvoltAngstrom * 4 * Math.PI / Crystal.Lattice.Volume / Vector3D.Dot(q, _charges.Dielectric * q);
        _couplings.AddShared(solver.Real, solver.Imaginary, scratch.Cosine, scratch.Sine, scratch.Vector, factor);
    }
}
