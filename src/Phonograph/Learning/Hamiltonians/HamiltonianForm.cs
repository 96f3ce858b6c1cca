using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Files;

namespace Phonograph.Learning.Hamiltonians;

/// <summary>What a learned Hamiltonian is made of, and how many numbers it has.</summary>
/// <param name="Elements">Elements, in order of atomic number.</param>
/// <param name="Orbitals">Which orbitals they have.</param>
/// <param name="StartAngstrom">Centre of the first radial function, Å: about the shortest bond.</param>
/// <param name="CutoffAngstrom">Where all radial functions vanish, Å.</param>
/// <param name="RadialFunctions">Number of radial functions.</param>
public sealed record HamiltonianForm(ImmutableArray<Element> Elements, OrbitalChoice Orbitals, double StartAngstrom, double CutoffAngstrom, int RadialFunctions)
{
    /// <summary>Width of the radial functions in units of the distance of their centres.</summary>
    private const double RelativeWidth = 1.2;

    /// <summary>The form that options ask for, with the elements and the shortest bond of the training cells.</summary>
    /// <exception cref="InputException">An element has no s, p, d valence, or the cutoff is not longer than the shortest bond.</exception>
    public static HamiltonianForm Of(TrainingRange range, HamiltonianOptions options)
    {
        ArgumentNullException.ThrowIfNull(range);
        ArgumentNullException.ThrowIfNull(options);
        if (double.IsNaN(range.EdgeMinimumAngstrom))
        {
            throw new InputException(FormattableString.Invariant($"No two atoms of the training cells are nearer than the cutoff of {options.CutoffAngstrom:0.00} Å; take a longer cutoff."));
        }

        return range.EdgeMinimumAngstrom < options.CutoffAngstrom
            ? new HamiltonianForm([.. range.Elements.Select(Element.Of)], options.Orbitals, range.EdgeMinimumAngstrom, options.CutoffAngstrom, options.RadialFunctions)
            : throw new InputException(FormattableString.Invariant($"The shortest bond is {range.EdgeMinimumAngstrom:0.00} Å and the cutoff {options.CutoffAngstrom:0.00} Å; take a longer cutoff."));
    }

    /// <summary>Orbitals and electrons of each element.</summary>
    public ImmutableArray<ValenceShells> Shells { get; } = [.. Elements.Select(element => ValenceShells.Of(element, Orbitals))];

    /// <summary>Values of the radial functions, without unit: Gaussians at equal distances between start and cutoff, times ½(cos(πd/cutoff) + 1).</summary>
    /// <param name="length">Length of the bond d, Å.</param>
    /// <param name="values">Result, one for each function.</param>
    public void Radial(double length, Span<double> values)
    {
        double end = length < CutoffAngstrom ? 0.5 * (Math.Cos(Math.PI * length / CutoffAngstrom) + 1) : 0;
        double spacing = (CutoffAngstrom - StartAngstrom) / RadialFunctions, width = RelativeWidth * spacing;
        for (int k = 0; k < RadialFunctions; k++)
        {
            double offset = (length - StartAngstrom - (k * spacing)) / width;
            values[k] = Math.Exp(-offset * offset) * end;
        }
    }
}
