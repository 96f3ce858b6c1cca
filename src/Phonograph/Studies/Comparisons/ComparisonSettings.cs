using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Datasets;
using Phonograph.Execution;
using Phonograph.Learning;
using Phonograph.Learning.Hamiltonians;
using Phonograph.Learning.Training;
using Phonograph.Learning.Tuning;
using Phonograph.Reporting;
using Phonograph.Reporting.Comparisons;

namespace Phonograph.Studies.Comparisons;

/// <summary>
/// Settings of every network for every property. Tuning gives each model the same number of trials for each property, on training and validation cells of all schemes in equal parts; then the settings are the same for every scheme, size and draw.
/// </summary>
internal sealed class ComparisonSettings
{
    private readonly ImmutableDictionary<(string Model, Property Property), TrainingOptions> _settings;

    private ComparisonSettings(ImmutableDictionary<(string, Property), TrainingOptions> settings, ImmutableArray<ComparedSettings> rows) => (_settings, Rows) = (settings, rows);

    /// <summary>What was chosen, for the tables.</summary>
    internal ImmutableArray<ComparedSettings> Rows { get; }

    internal TrainingOptions this[string model, Property property] => _settings[(model, property)];

    /// <summary>Chooses; a search that was finished before is read.</summary>
    /// <param name="cells">Cells to tune on.</param>
    /// <param name="graphs">Their graphs.</param>
    /// <param name="options">Models, properties, number of trials.</param>
    /// <param name="searches">Whether a search that is not finished is done; otherwise the first candidate stands in for what it would choose.</param>
    /// <param name="progress">Told about searches.</param>
    /// <param name="cancellation">Stops it.</param>
    internal static ComparisonSettings Choose(ComparisonCells cells, GraphLibrary graphs, ComparisonOptions options, bool searches, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var settings = ImmutableDictionary.CreateBuilder<(string, Property), TrainingOptions>();
        var rows = ImmutableArray.CreateBuilder<ComparedSettings>();
        Split mixed = cells.Mixed();
        foreach (ComparedModel model in options.Models)
        {
            foreach (Property property in options.Properties.Where(property => !model.IsHamiltonian || HamiltonianModel.Properties.Contains(property)))
            {
                if (model.IsHamiltonian)
                {
                    rows.Add(new ComparedSettings(model.Name, property.Key, 0, null, Values(options.Hamiltonian)));
                    continue;
                }

                ComparisonSearch? search = options.Trials == 0 ? null : ComparisonSearch.Of(model, property, mixed, cells, graphs, options);
                TunedSettings? best = search?.Known ?? (searches ? search?.RunHere(options.SideBySide, progress, cancellation) : null);
                TrainingOptions chosen = model.Settings(options.Training, best?.Settings, options.Division.Seed);
                settings.Add((model.Name, property), chosen);
                rows.Add(new ComparedSettings(model.Name, property.Key, options.Trials, best?.ValidationMeanAbsoluteError, Values(chosen)));
            }
        }

        return new ComparisonSettings(settings.ToImmutable(), rows.ToImmutable());
    }

    internal static ImmutableArray<NamedValue> Values(TrainingOptions options) =>
    [
        .. HyperParameter.All.Select(each => new NamedValue(each.Name, each.Read(options))).Where(value => value.Value.Length > 0),
        new("epochs", options.Epochs.ToString(CultureInfo.InvariantCulture)),
        new("patience", options.Patience.ToString(CultureInfo.InvariantCulture)),
    ];

    private static ImmutableArray<NamedValue> Values(HamiltonianOptions options) =>
    [
        new("orbitals", options.Orbitals.ToString().ToLowerInvariant()),
        new("cutoff", options.CutoffAngstrom.ToString(CultureInfo.InvariantCulture)),
        new("radial-functions", options.RadialFunctions.ToString(CultureInfo.InvariantCulture)),
        new("noise", options.NoiseElectronvolt.ToString(CultureInfo.InvariantCulture)),
        new("prior-scale", options.PriorScale.ToString(CultureInfo.InvariantCulture)),
    ];
}
