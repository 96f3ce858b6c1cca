using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Labelling.TightBinding;

/// <summary>Eigenvalues of the model at wave vectors, each taken apart into shells: exact, because the basis is orthogonal.</summary>
internal static class TightBindingStates
{
    /// <exception cref="InputException">The parameters do not know an element, or electrons fill half a band.</exception>
    internal static ElectronicStates Of(Crystal crystal, TightBindingParameters parameters, ImmutableArray<Vector3D> pointsFractional)
    {
        var basis = new OrbitalBasis(crystal, parameters);
        List<Bond> bonds = Bond.AllOf(crystal, parameters);
        if (basis.Electrons % 2 != 0)
        {
            throw new InputException($"{basis.Electrons} electrons fill half a band; expected an even number. There is no spin here.");
        }

        (ImmutableArray<ElementShell> shells, int[] shellOf) = Shells(crystal, basis);
        Bands[] bands = [.. pointsFractional.Select(point => Bands.Solve(new KPoint(point.X, point.Y, point.Z, IsReal(point) ? 1 : 2), basis, bonds))];
        return new ElectronicStates(pointsFractional, [.. bands.Select(point => point.Values.ToImmutableArray())], basis.Electrons / 2)
        {
            Shells = shells,
            Shares = [.. bands.Select(point => Enumerable.Range(0, basis.Count).Select(band => Shares(point, band, shellOf, shells.Length)).ToImmutableArray())],
        };
    }

    /// <summary>Twice the wave vector is a reciprocal vector: then all phases are real.</summary>
    private static bool IsReal(Vector3D point) => new[] { point.X, point.Y, point.Z }.All(component => 2 * component == Math.Round(2 * component));

    private static (ImmutableArray<ElementShell> Shells, int[] ShellOf) Shells(Crystal crystal, OrbitalBasis basis)
    {
        var shells = new List<ElementShell>();
        var shellOf = new int[basis.Count];
        for (int atom = 0; atom < crystal.AtomCount; atom++)
        {
            for (int orbital = 0; orbital < basis.OrbitalsOf(atom); orbital++)
            {
                var shell = new ElementShell(crystal.Elements[atom], orbital == 0 ? "s" : "p");
                if (!shells.Contains(shell))
                {
                    shells.Add(shell);
                }

                shellOf[basis.First(atom) + orbital] = shells.IndexOf(shell);
            }
        }

        return ([.. shells], shellOf);
    }

    private static ImmutableArray<double> Shares(Bands bands, int band, int[] shellOf, int count)
    {
        var shares = new double[count];
        double[] weights = bands.OrbitalWeights(band);
        for (int orbital = 0; orbital < weights.Length; orbital++)
        {
            shares[shellOf[orbital]] += weights[orbital];
        }

        return [.. shares];
    }
}
