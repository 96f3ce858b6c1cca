using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Labelling.TightBinding;

/// <summary>
/// Where the band gap of one crystal comes from in the tight-binding model, exactly: its derivative by every position and by the hopping of every bond (Hellmann-Feynman: dε/dx = ⟨ψ|dH/dx|ψ⟩ for each of the two edge states; the basis is
/// orthogonal), and the gap of the same crystal with the hopping of chosen bonds set to zero.
/// </summary>
public sealed class GapParts
{
    private readonly OrbitalBasis _basis;
    private readonly List<Bond> _bonds;
    private readonly KPointMesh _mesh;
    private readonly string _name;

    private GapParts(TightBindingParameters parameters, Crystal crystal, KPointMesh mesh)
    {
        _basis = new OrbitalBasis(crystal, parameters);
        _bonds = Bond.AllOf(crystal, parameters);
        (_mesh, _name) = (mesh, parameters.Name);
        (Bands[] bands, Filling filling) = Solve(_bonds);
        if (filling.IsMetallic)
        {
            throw new InputException($"The crystal is a metal in the tight-binding set '{_name}': there is no gap to take apart. Give a cell with a gap.");
        }

        GapElectronvolt = filling.LowestEmpty - filling.HighestOccupied;
        (int Point, int Band) valence = State(bands, filling.HighestOccupied), conduction = State(bands, filling.LowestEmpty);
        EdgeDistanceElectronvolt = Math.Min(Distance(bands, valence), Distance(bands, conduction));
        (ByPosition, Bonds) = Parts(crystal, bands, valence, conduction);
    }

    /// <summary>Lowest empty minus highest filled level, eV.</summary>
    public double GapElectronvolt { get; }

    /// <summary>Distance from either edge to the nearest other level at any k-point solved, eV. At zero the edge is degenerate, and derivatives of the gap are not defined: those here are of one of the states.</summary>
    public double EdgeDistanceElectronvolt { get; }

    /// <summary>Derivative of the gap by the Cartesian position of each atom and its images, eV/Å.</summary>
    public ImmutableArray<Vector3D> ByPosition { get; }

    /// <summary>Every bond, each once.</summary>
    public ImmutableArray<GapBond> Bonds { get; }

    /// <summary>Solves one crystal.</summary>
    /// <param name="parameters">Levels and bonds.</param>
    /// <param name="crystal">The crystal.</param>
    /// <param name="mesh">k-points; that of <see cref="TightBindingEngine"/> when null.</param>
    /// <exception cref="InputException">The parameters do not know an element, or the crystal has no gap.</exception>
    public static GapParts Of(TightBindingParameters parameters, Crystal crystal, KPointMesh? mesh = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(crystal);
        return new GapParts(parameters, crystal, mesh ?? KPointMesh.ForThickness(crystal.Lattice, TightBindingEngine.MeshThicknessAngstrom));
    }

    /// <summary>The gap of the same crystal when the hopping of some bonds is zero, eV; zero for a metal.</summary>
    /// <param name="isSilent">Whether a bond is to have no hopping, by its place in <see cref="Bonds"/>.</param>
    public double Without(Func<int, bool> isSilent)
    {
        ArgumentNullException.ThrowIfNull(isSilent);
        (_, Filling filling) = Solve([.. _bonds.Where((_, bond) => !isSilent(bond))]);
        return filling.IsMetallic ? 0 : filling.LowestEmpty - filling.HighestOccupied;
    }

    private (Bands[] Bands, Filling Filling) Solve(List<Bond> bonds)
    {
        Bands[] bands = [.. _mesh.Points().Select(point => Bands.Solve(point, _basis, bonds))];
        Filling filling = Filling.Of(bands, _basis.Electrons)
            ?? throw new InputException($"{_basis.Electrons} electrons in {_basis.Count} orbitals leave no gap in the tight-binding set '{_name}'. Use another crystal.");
        return (bands, filling);
    }

    private static (int Point, int Band) State(Bands[] bands, double value)
    {
        int point = Array.FindIndex(bands, each => each.Values.Contains(value));
        return (point, Array.IndexOf(bands[point].Values, value));
    }

    private static double Distance(Bands[] bands, (int Point, int Band) state)
    {
        double value = bands[state.Point].Values[state.Band];
        return bands.SelectMany((each, point) => each.Values.Where((_, band) => (point, band) != state)).Min(other => Math.Abs(other - value));
    }

    private (ImmutableArray<Vector3D> ByPosition, ImmutableArray<GapBond> Bonds) Parts(Crystal crystal, Bands[] bands, (int Point, int Band) valence, (int Point, int Band) conduction)
    {
        double[] filled = Density(bands, valence), empty = Density(bands, conduction);
        var positions = new Vector3D[crystal.AtomCount];
        var parts = ImmutableArray.CreateBuilder<GapBond>(_bonds.Count);
        Span<double> weights = stackalloc double[16], block = stackalloc double[16];
        foreach (Bond bond in _bonds)
        {
            (int rows, int columns) = (_basis.OrbitalsOf(bond.First), _basis.OrbitalsOf(bond.Second));
            weights.Clear();
            // Twice, because the reversed bond contributes the same.
            bands[conduction.Point].AddBlock(empty, bond, _basis, 2, weights);
            bands[valence.Point].AddBlock(filled, bond, _basis, -2, weights);
            SlaterKosterBlock.Fill(bond, rows, columns, block);
            double part = 0;
            for (int place = 0; place < rows * columns; place++)
            {
                part += weights[place] * block[place];
            }

            Vector3D gradient = SlaterKosterBlock.Gradient(bond, rows, columns, weights);
            positions[bond.First] -= gradient;
            positions[bond.Second] += gradient;
            parts.Add(new GapBond(bond.First, bond.Second, bond.Image, new ElementPair(crystal.Elements[bond.First], crystal.Elements[bond.Second]), bond.Distance, part));
        }

        return ([.. positions], parts.MoveToImmutable());
    }

    private double[] Density(Bands[] bands, (int Point, int Band) state)
    {
        var occupations = new double[_basis.Count];
        occupations[state.Band] = 1;
        return bands[state.Point].Density(occupations);
    }
}
