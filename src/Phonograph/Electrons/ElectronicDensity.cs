using System.Collections.Immutable;
using Phonograph.Labelling;
using Phonograph.Phonons.WaveVectors;

namespace Phonograph.Electrons;

/// <summary>Electronic density of states: every state a normal distribution of one width.</summary>
/// <param name="States">States at the points of the mesh.</param>
/// <param name="Mesh">The mesh of the total density.</param>
/// <param name="EnergiesElectronvolt">Equally spaced energies, eV, on the engine's zero.</param>
/// <param name="Total">States per eV and cell, two electrons each counted as two.</param>
/// <param name="Shells">Shells of the parts; empty without a supercell.</param>
/// <param name="Parts">For each shell its part, from the states of the supercell at Γ, per eV and cell.</param>
/// <param name="WidthElectronvolt">Standard deviation, eV.</param>
public sealed record ElectronicDensity(
    ElectronicStates States, WaveVectorMesh Mesh, ImmutableArray<double> EnergiesElectronvolt, ImmutableArray<double> Total, ImmutableArray<ElementShell> Shells, ImmutableArray<ImmutableArray<double>> Parts, double WidthElectronvolt)
{
    /// <summary>Makes it.</summary>
    /// <param name="states">States at the points of the mesh.</param>
    /// <param name="mesh">The mesh.</param>
    /// <param name="folded">States of a supercell at Γ, with shares; null for none.</param>
    /// <param name="cells">Cells in that supercell.</param>
    /// <param name="low">Lowest energy, eV.</param>
    /// <param name="high">Highest energy, eV.</param>
    /// <param name="width">Standard deviation, eV.</param>
    /// <param name="count">Number of energies.</param>
    public static ElectronicDensity Of(ElectronicStates states, WaveVectorMesh mesh, ElectronicStates? folded, int cells, double low, double high, double width, int count = 801)
    {
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(mesh);
        ImmutableArray<double> energies = [.. Enumerable.Range(0, count).Select(point => low + ((high - low) * point / (count - 1)))];
        var total = new double[count];
        for (int point = 0; point < mesh.PointsFractional.Length; point++)
        {
            foreach (double level in states.EnergiesElectronvolt[point])
            {
                Add(total, energies, level, 2.0 * mesh.Weights[point] / mesh.TotalCount, width);
            }
        }

        ImmutableArray<ElementShell> shells = folded?.Shells ?? [];
        return new ElectronicDensity(states, mesh, energies, [.. total], shells, [.. shells.Select((_, shell) => Part(folded!, shell, cells, energies, width))], width);
    }

    private static ImmutableArray<double> Part(ElectronicStates folded, int shell, int cells, ImmutableArray<double> energies, double width)
    {
        var part = new double[energies.Length];
        for (int state = 0; state < folded.EnergiesElectronvolt[0].Length; state++)
        {
            Add(part, energies, folded.EnergiesElectronvolt[0][state], 2.0 / cells * folded.Shares[0][state][shell], width);
        }

        return [.. part];
    }

    private static void Add(double[] density, ImmutableArray<double> energies, double level, double weight, double width)
    {
        const double reach = 6;
        double scale = weight / (width * Math.Sqrt(2 * Math.PI)), step = energies[1] - energies[0];
        int first = Math.Max(0, (int)((level - (reach * width) - energies[0]) / step)), last = Math.Min(density.Length - 1, (int)((level + (reach * width) - energies[0]) / step) + 1);
        for (int point = first; point <= last; point++)
        {
            double away = (energies[point] - level) / width;
            density[point] += scale * Math.Exp(-0.5 * away * away);
        }
    }
}
