using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Labelling.TightBinding;

/// <summary>
/// A periodic Slater-Koster model in an orthogonal basis with pair repulsion: E = Σ occupation × eigenvalue + Σ over pairs of φ(d). Forces and stress are
/// exact derivatives (Hellmann-Feynman). One thread; the same crystal gives the same bits.
/// </summary>
/// <param name="parameters">Levels and bonds.</param>
public sealed class TightBindingModel(TightBindingParameters parameters)
{
    /// <summary>What the zero of the eigenvalues is.</summary>
    public const string EigenvalueReference = "vacuum level of the free atoms";

    /// <summary>Levels and bonds.</summary>
    public TightBindingParameters Parameters { get; } = parameters;

    /// <summary>Solves one crystal.</summary>
    /// <exception cref="InputException">
    /// The parameters do not know an element, two atoms stand on the same place, or the electrons fill all orbitals, so that there is no conduction band.
    /// </exception>
    public TightBindingResult Solve(Crystal crystal, KPointMesh mesh)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        var basis = new OrbitalBasis(crystal, Parameters);
        List<Bond> bonds = Bond.AllOf(crystal, Parameters);
        foreach (Bond bond in bonds)
        {
            if (!(bond.Distance > 0) || !double.IsFinite(bond.Integrals.Repulsion))
            {
                throw new InputException($"Atoms {bond.First + 1} and {bond.Second + 1} stand on the same place (distance {bond.Distance} Å). Move them apart.");
            }
        }

        Bands[] bands = [.. mesh.Points().Select(point => Bands.Solve(point, basis, bonds))];
        Filling filling = Filling.Of(bands, basis.Electrons) ?? throw new InputException(
            $"{basis.Electrons} electrons in {basis.Count} orbitals leave no level filled or none empty: the tight-binding set '{Parameters.Name}' cannot describe this composition. Use another engine.");
        return Assemble(crystal, basis, bonds, bands, filling, mesh);
    }

    private static TightBindingResult Assemble(Crystal crystal, OrbitalBasis basis, List<Bond> bonds, Bands[] bands, Filling filling, KPointMesh mesh)
    {
        double bandEnergy = 0;
        var densities = new double[bands.Length][];
        for (int point = 0; point < bands.Length; point++)
        {
            double weight = (double)bands[point].Point.Multiplicity / mesh.Count;
            double[] occupations = filling.Occupations[point];
            for (int band = 0; band < basis.Count; band++)
            {
                bandEnergy += weight * occupations[band] * bands[point].Values[band];
            }

            densities[point] = bands[point].Density(occupations);
        }

        double repulsion = 0;
        var forces = new Vector3D[crystal.AtomCount];
        var virial = new Matrix3x3(Vector3D.Zero, Vector3D.Zero, Vector3D.Zero);
        Span<double> weights = stackalloc double[16];
        foreach (Bond bond in bonds)
        {
            weights.Clear();
            for (int point = 0; point < bands.Length; point++)
            {
                // Twice, because the reversed bond contributes the same.
                bands[point].AddBlock(densities[point], bond, basis, 2.0 * bands[point].Point.Multiplicity / mesh.Count, weights);
            }

            Vector3D gradient = SlaterKosterBlock.Gradient(bond, basis.OrbitalsOf(bond.First), basis.OrbitalsOf(bond.Second), weights)
                + (bond.Integrals.RepulsionSlope * bond.Direction);
            repulsion += bond.Integrals.Repulsion;
            forces[bond.First] += gradient;
            forces[bond.Second] -= gradient;
            virial += Matrix3x3.Outer(bond.Separation, gradient);
        }

        double volume = crystal.Lattice.Volume;
        Matrix3x3 stress = 0.5 / volume * (virial + virial.Transposed);
        var edges = new BandEdges(filling.HighestOccupied, filling.LowestEmpty, EigenvalueReference, filling.IsMetallic);
        var label = new Label(bandEnergy + repulsion, [.. forces], stress, edges, volume);
        return new TightBindingResult(
            label, bandEnergy, repulsion, basis.Electrons, mesh, [.. bands.Select(point => point.Values.ToImmutableArray())]);
    }
}
