using Phonograph.Datasets;

namespace Phonograph.Learning.Evaluation;

/// <summary>How two sets of labels of the same cells agree in one property; intervals are percentile bootstrap ones over cells.</summary>
/// <param name="Property">The property.</param>
/// <param name="Stratum">The stratum, or null for all cells together.</param>
/// <param name="Cells">Number of cells.</param>
/// <param name="Shift">Mean of second minus first, in the property's unit. Between levels of theory it holds the zero of energies.</param>
/// <param name="Scatter">Standard deviation of second minus first, the shift taken out: what no constant can repair.</param>
/// <param name="Spread">Standard deviation of the first labels.</param>
/// <param name="Correlation">Pearson correlation.</param>
/// <param name="Slope">Slope of the second labels over the first, least squares.</param>
public sealed record AgreementRow(Property Property, Stratum? Stratum, int Cells, Interval Shift, Interval Scatter, Interval Spread, Interval Correlation, Interval Slope)
{
    /// <summary>Scatter over spread: noise in units of what is to be learnt.</summary>
    public double Share => Scatter.Value / Spread.Value;
}
