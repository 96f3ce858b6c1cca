using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Learning.Hamiltonians;

/// <summary>
/// The Hamiltonian of a cell at the centre of the zone, in an orthogonal basis. Every element is linear in the parameters:
/// H(il, il) = ε(l) + Σ over neighbours j of shift(d) + field(d)·(P(σ) - 1/(2l + 1)), with P(σ) the projector on the orbital along the bond; H(il, jl') = Σ over bonds of R(l) diag(V(σ), V(π), V(δ)) R(l')ᵀ.
/// Shift, field and V are sums of the radial functions. Not to be used by two threads at once.
/// </summary>
/// <param name="form">Elements, orbitals and radial functions.</param>
public sealed class CellHamiltonian(HamiltonianForm form)
{
    private const int Widest = 5;

    private readonly double[] _first = new double[9], _second = new double[9], _block = new double[Widest * Widest], _along = new double[Widest];
    private double[] _matrix = [];

    /// <summary>Where the parameters stand.</summary>
    public HamiltonianParameters Parameters { get; } = new(form);

    /// <summary>Highest occupied and lowest empty state.</summary>
    public SymmetricEigenpairs Edges(BondedCell cell, ReadOnlySpan<double> parameters)
    {
        ReadOnlySpan<double> matrix = Matrix(cell, parameters);
        return SymmetricEigenpairs.Of(matrix, cell.OrbitalCount, cell.OccupiedCount - 1, 2);
    }

    /// <summary>The matrix by rows, eV; valid until the next call.</summary>
    public ReadOnlySpan<double> Matrix(BondedCell cell, ReadOnlySpan<double> parameters)
    {
        ArgumentNullException.ThrowIfNull(cell);
        int order = cell.OrbitalCount;
        _matrix = _matrix.Length == order * order ? _matrix : new double[order * order];
        Array.Clear(_matrix);
        for (int atom = 0; atom < cell.Elements.Length; atom++)
        {
            int place = cell.FirstOrbital[atom];
            foreach (int l in form.Shells[cell.Elements[atom]].AngularMomenta)
            {
                for (int m = 0; m < (2 * l) + 1; m++, place++)
                {
                    _matrix[(place * order) + place] = parameters[Parameters.Level(cell.Elements[atom], l)];
                }
            }
        }

        for (int bond = 0; bond < cell.First.Length; bond++)
        {
            ReadOnlySpan<double> frame = cell.Frames.AsSpan(bond * BondFrame.Length, BondFrame.Length), radial = cell.Radial.AsSpan(bond * form.RadialFunctions, form.RadialFunctions);
            AddSurroundings(cell, cell.First[bond], cell.Second[bond], parameters, radial, frame);
            AddSurroundings(cell, cell.Second[bond], cell.First[bond], parameters, radial, frame);
            AddHoppings(cell, bond, parameters, radial, frame);
        }

        return _matrix;
    }

    /// <summary>Adds the derivative of cᵀHc with respect to every parameter.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="state">c, one number for each orbital.</param>
    /// <param name="slopes">Result, one for each parameter; overwritten.</param>
    public void Slopes(BondedCell cell, ReadOnlySpan<double> state, Span<double> slopes)
    {
        ArgumentNullException.ThrowIfNull(cell);
        slopes.Clear();
        AddLevelSlopes(cell, state, slopes);

        for (int bond = 0; bond < cell.BondCount; bond++)
        {
            AddBondSlopes(cell, bond, state, slopes);
        }
    }

    /// <summary>
    /// Takes cᵀHc apart, exactly: what the levels give (their weights times the levels), and what each bond gives by its hoppings and by the shifts and splittings at both of its ends. The sum of all is cᵀHc.
    /// </summary>
    /// <param name="cell">The cell.</param>
    /// <param name="parameters">The numbers.</param>
    /// <param name="state">c, one number for each orbital.</param>
    /// <param name="levels">Result: Σ c² on each element and shell, at the place of its level among the parameters; zero elsewhere.</param>
    /// <param name="bonds">Result: one number for each bond, eV.</param>
    internal void Decompose(BondedCell cell, ReadOnlySpan<double> parameters, ReadOnlySpan<double> state, Span<double> levels, Span<double> bonds)
    {
        // A bond alone: slopes with respect to its parameters times the parameters, for the matrix is linear in them.
        var slopes = new double[Parameters.Count];
        AddLevelSlopes(cell, state, slopes);
        slopes.AsSpan().CopyTo(levels);
        Array.Clear(slopes);
        for (int bond = 0; bond < cell.BondCount; bond++)
        {
            AddBondSlopes(cell, bond, state, slopes);
            double sum = 0;
            for (int place = 0; place < slopes.Length; place++)
            {
                sum += slopes[place] * parameters[place];
            }

            bonds[bond] = sum;
            Array.Clear(slopes);
        }
    }

    private void AddLevelSlopes(BondedCell cell, ReadOnlySpan<double> state, Span<double> slopes)
    {
        for (int atom = 0; atom < cell.Elements.Length; atom++)
        {
            int place = cell.FirstOrbital[atom];
            foreach (int l in form.Shells[cell.Elements[atom]].AngularMomenta)
            {
                for (int m = 0; m < (2 * l) + 1; m++, place++)
                {
                    slopes[Parameters.Level(cell.Elements[atom], l)] += state[place] * state[place];
                }
            }
        }
    }

    private void AddBondSlopes(BondedCell cell, int bond, ReadOnlySpan<double> state, Span<double> slopes)
    {
        ReadOnlySpan<double> frame = cell.Frames.AsSpan(bond * BondFrame.Length, BondFrame.Length), radial = cell.Radial.AsSpan(bond * form.RadialFunctions, form.RadialFunctions);
        int one = cell.Elements[cell.First[bond]], two = cell.Elements[cell.Second[bond]];
        Turn(cell, cell.First[bond], state, frame, _first);
        Turn(cell, cell.Second[bond], state, frame, _second);
        AddSurroundingSlopes(one, two, _first, radial, slopes);
        AddSurroundingSlopes(two, one, _second, radial, slopes);
        int from = 0;
        foreach (int l in form.Shells[one].AngularMomenta)
        {
            int to = 0;
            foreach (int other in form.Shells[two].AngularMomenta)
            {
                for (int kind = 0; kind <= Math.Min(l, other); kind++)
                {
                    double product = kind == 0
                        ? _first[from] * _second[to]
                        : (_first[from + (2 * kind) - 1] * _second[to + (2 * kind) - 1]) + (_first[from + (2 * kind)] * _second[to + (2 * kind)]);
                    (int place, double sign) = Parameters.Hopping(one, l, two, other, kind);
                    Add(slopes[place..], radial, 2 * sign * product);
                }

                to += (2 * other) + 1;
            }

            from += (2 * l) + 1;
        }
    }

    private void AddSurroundingSlopes(int element, int neighbour, ReadOnlySpan<double> turned, ReadOnlySpan<double> radial, Span<double> slopes)
    {
        int place = 0;
        foreach (int l in form.Shells[element].AngularMomenta)
        {
            int width = (2 * l) + 1;
            double all = 0;
            for (int m = 0; m < width; m++)
            {
                all += turned[place + m] * turned[place + m];
            }

            Add(slopes[Parameters.Shift(element, l, neighbour)..], radial, all);
            if (l > 0)
            {
                Add(slopes[Parameters.Field(element, l, neighbour)..], radial, (turned[place] * turned[place]) - (all / width));
            }

            place += width;
        }
    }

    /// <summary>The part of a state on one atom in the frame of a bond.</summary>
    private void Turn(BondedCell cell, int atom, ReadOnlySpan<double> state, ReadOnlySpan<double> frame, Span<double> turned)
    {
        int place = 0;
        ReadOnlySpan<double> own = state[cell.FirstOrbital[atom]..];
        foreach (int l in form.Shells[cell.Elements[atom]].AngularMomenta)
        {
            int width = (2 * l) + 1;
            ReadOnlySpan<double> rotation = l == 0 ? [1] : frame[BondFrame.Start(l)..];
            for (int m = 0; m < width; m++)
            {
                double sum = 0;
                for (int orbital = 0; orbital < width; orbital++)
                {
                    sum += rotation[(orbital * width) + m] * own[place + orbital];
                }

                turned[place + m] = sum;
            }

            place += width;
        }
    }

    private void AddSurroundings(BondedCell cell, int atom, int neighbour, ReadOnlySpan<double> parameters, ReadOnlySpan<double> radial, ReadOnlySpan<double> frame)
    {
        int element = cell.Elements[atom], other = cell.Elements[neighbour], order = cell.OrbitalCount, place = cell.FirstOrbital[atom];
        foreach (int l in form.Shells[element].AngularMomenta)
        {
            int width = (2 * l) + 1;
            double shift = Sum(parameters[Parameters.Shift(element, l, other)..], radial), field = l > 0 ? Sum(parameters[Parameters.Field(element, l, other)..], radial) : 0;
            ReadOnlySpan<double> rotation = l == 0 ? [1] : frame[BondFrame.Start(l)..];
            for (int row = 0; row < width; row++)
            {
                Span<double> line = _matrix.AsSpan(((place + row) * order) + place, width);
                line[row] += shift - (field / width);
                for (int column = 0; column < width; column++)
                {
                    line[column] += field * rotation[row * width] * rotation[column * width];
                }
            }

            place += width;
        }
    }

    private void AddHoppings(BondedCell cell, int bond, ReadOnlySpan<double> parameters, ReadOnlySpan<double> radial, ReadOnlySpan<double> frame)
    {
        int one = cell.Elements[cell.First[bond]], two = cell.Elements[cell.Second[bond]], order = cell.OrbitalCount, from = cell.FirstOrbital[cell.First[bond]];
        foreach (int l in form.Shells[one].AngularMomenta)
        {
            int width = (2 * l) + 1, to = cell.FirstOrbital[cell.Second[bond]];
            ReadOnlySpan<double> left = l == 0 ? [1] : frame[BondFrame.Start(l)..];
            foreach (int other in form.Shells[two].AngularMomenta)
            {
                int otherWidth = (2 * other) + 1, common = Math.Min(width, otherWidth);
                ReadOnlySpan<double> right = other == 0 ? [1] : frame[BondFrame.Start(other)..];
                for (int kind = 0; kind <= Math.Min(l, other); kind++)
                {
                    (int place, double sign) = Parameters.Hopping(one, l, two, other, kind);
                    double value = sign * Sum(parameters[place..], radial);
                    _along[Math.Max(0, (2 * kind) - 1)] = value;
                    _along[2 * kind] = value;
                }

                for (int row = 0; row < width; row++)
                {
                    for (int column = 0; column < otherWidth; column++)
                    {
                        double sum = 0;
                        for (int m = 0; m < common; m++)
                        {
                            sum += left[(row * width) + m] * _along[m] * right[(column * otherWidth) + m];
                        }

                        _block[(row * otherWidth) + column] = sum;
                    }
                }

                for (int row = 0; row < width; row++)
                {
                    for (int column = 0; column < otherWidth; column++)
                    {
                        _matrix[((from + row) * order) + to + column] += _block[(row * otherWidth) + column];
                        _matrix[((to + column) * order) + from + row] += _block[(row * otherWidth) + column];
                    }
                }

                to += otherWidth;
            }

            from += width;
        }
    }

    private static double Sum(ReadOnlySpan<double> parameters, ReadOnlySpan<double> radial)
    {
        double sum = 0;
        for (int k = 0; k < radial.Length; k++)
        {
            sum += parameters[k] * radial[k];
        }

        return sum;
    }

    private static void Add(Span<double> slopes, ReadOnlySpan<double> radial, double factor)
    {
        for (int k = 0; k < radial.Length; k++)
        {
            slopes[k] += factor * radial[k];
        }
    }
}
