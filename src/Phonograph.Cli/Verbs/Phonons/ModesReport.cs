using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Phonograph.Numerics.LinearAlgebra;
using Phonograph.Sampling;

namespace Phonograph.Cli.Verbs.Phonons;

/// <summary>What <c>phonograph phonons modes</c> says, as text and as one JSON document.</summary>
internal sealed record ModesReport(ThermalEnsemble Ensemble, ImmutableArray<ElementDisplacement> Elements)
{
    internal static ModesReport Of(ThermalEnsemble ensemble)
    {
        ImmutableArray<Vector3D> squares = ensemble.MeanSquareDisplacements();
        return new ModesReport(
            ensemble,
            [
                .. Enumerable.Range(0, squares.Length).GroupBy(atom => ensemble.Modes.Crystal.Elements[atom].Symbol)
                    .Select(group => new ElementDisplacement(group.Key, group.Count(), group.Average(atom => squares[atom].X + squares[atom].Y + squares[atom].Z))),
            ]);
    }

    internal string ToText()
    {
        ImmutableArray<double> frequencies = Ensemble.Modes.FrequenciesTerahertz;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{frequencies.Length} modes of {Ensemble.Modes.Crystal.AtomCount} atoms, three rigid translations left out (they would lie at {Ensemble.Modes.TranslationResidualTerahertz:G2} THz)\n");
        text.Append(CultureInfo.InvariantCulture, $"imaginary: {Ensemble.Modes.ImaginaryCount} ({(double)Ensemble.Modes.ImaginaryCount / Math.Max(1, frequencies.Length):P1})\n");
        text.Append("frequencies, THz (imaginary: negative; equal ones counted)\n");
        for (int first = 0; first < frequencies.Length;)
        {
            int end = first + 1;
            while (end < frequencies.Length && frequencies[end] - frequencies[first] < 1e-4)
            {
                end++;
            }

            text.Append(CultureInfo.InvariantCulture, $"{frequencies[first],12:F5}  × {end - first}\n");
            first = end;
        }

        text.Append(CultureInfo.InvariantCulture, $"mean square displacement at {Ensemble.TemperatureKelvin} K, {Ensemble.Statistics.ToString().ToLowerInvariant()}, soft modes {Ensemble.Policy} ({Ensemble.SoftModesTouched} touched)");
        foreach (ElementDisplacement element in Elements)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {element.Element,-2} × {element.Atoms,-4} {element.MeanSquare:F5} Å², r.m.s. {Math.Sqrt(element.MeanSquare):F4} Å");
        }

        return text.ToString();
    }

    internal object ToDocument() => new
    {
        atoms_supercell = Ensemble.Modes.Crystal.AtomCount,
        modes = Ensemble.Modes.Count,
        imaginary_modes = Ensemble.Modes.ImaginaryCount,
        imaginary_share = (double)Ensemble.Modes.ImaginaryCount / Math.Max(1, Ensemble.Modes.Count),
        translation_residual_THz = Ensemble.Modes.TranslationResidualTerahertz,
        frequencies_THz = Ensemble.Modes.FrequenciesTerahertz,
        temperature_K = Ensemble.TemperatureKelvin,
        statistics = Ensemble.Statistics.ToString().ToLowerInvariant(),
        soft_mode_policy = Ensemble.Policy.ToString(),
        soft_modes_touched = Ensemble.SoftModesTouched,
        mean_square_displacement = Elements.Select(element => new
        {
            element = element.Element,
            atoms = element.Atoms,
            mean_square_displacement_A2 = element.MeanSquare,
            rms_displacement_A = Math.Sqrt(element.MeanSquare),
        }),
    };
}

/// <summary>Mean over the atoms of an element of the squared displacement (all three directions), Å².</summary>
internal sealed record ElementDisplacement(string Element, int Atoms, double MeanSquare);
