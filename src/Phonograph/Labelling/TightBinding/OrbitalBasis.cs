using Phonograph.Crystals;

namespace Phonograph.Labelling.TightBinding;

/// <summary>Orbitals of a crystal: for each atom s, then px, py, pz where the element has p orbitals.</summary>
internal sealed class OrbitalBasis
{
    private readonly int[] _first;
    private readonly bool[] _hasP;

    internal OrbitalBasis(Crystal crystal, TightBindingParameters parameters)
    {
        _first = new int[crystal.AtomCount];
        _hasP = new bool[crystal.AtomCount];
        var levels = new List<double>();
        for (int atom = 0; atom < crystal.AtomCount; atom++)
        {
            AtomicLevels element = parameters.LevelsOf(crystal.Elements[atom]);
            _first[atom] = levels.Count;
            _hasP[atom] = element.PLevelElectronvolt is not null;
            Electrons += element.ValenceElectrons;
            levels.Add(element.SLevelElectronvolt);
            if (element.PLevelElectronvolt is { } p)
            {
                levels.AddRange([p, p, p]);
            }
        }

        Levels = [.. levels];
    }

    /// <summary>On-site energy of each orbital, eV.</summary>
    internal double[] Levels { get; }

    /// <summary>Number of orbitals.</summary>
    internal int Count => Levels.Length;

    /// <summary>Valence electrons of the cell.</summary>
    internal int Electrons { get; }

    /// <summary>Index of the s orbital of an atom; p orbitals follow it.</summary>
    internal int First(int atom) => _first[atom];

    /// <summary>1 or 4.</summary>
    internal int OrbitalsOf(int atom) => _hasP[atom] ? 4 : 1;
}
