using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Crystals.Formats;
using Phonograph.Datasets;
using Phonograph.Execution;
using Phonograph.Learning;
using Phonograph.Learning.Baselines;
using Phonograph.Learning.Evaluation;
using Phonograph.Learning.Hamiltonians;
using Phonograph.Phonons;
using Phonograph.Phonons.Formats;

namespace Phonograph.Studies;

/// <summary>What a study compares its network with, the simple baselines and the learned Hamiltonian, on the same training, validation and test cells as the networks of full size.</summary>
public sealed class StudyBaselines
{
    private readonly ImmutableDictionary<(string Kind, int Draw), ImmutableArray<BaselineFit>> _fits;

    private readonly StudyHamiltonians _hamiltonians;
    private readonly int _fullSize;

    private StudyBaselines(ImmutableDictionary<(string Kind, int Draw), ImmutableArray<BaselineFit>> fits, ImmutableArray<string> names, StudyHamiltonians hamiltonians, int fullSize)
    {
        _fits = fits;
        _hamiltonians = hamiltonians;
        _fullSize = fullSize;
        Names = hamiltonians.Reason is null ? names.Add(HamiltonianModel.Name) : names;
    }

    /// <summary>Names of the baselines, the mean first, and the learned Hamiltonian where there is one.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>Lets every cell carry its amplitudes of the modes of one set of force constants, where the study has them; else the cells as they are.</summary>
    /// <param name="data">The cells.</param>
    /// <param name="forceConstantsFile">FORCE_CONSTANTS of their supercell; null for none.</param>
    /// <param name="unitCellFile">POSCAR of the unit cell; null for none.</param>
    public static Dataset WithAmplitudes(Dataset data, string? forceConstantsFile, string? unitCellFile)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (forceConstantsFile is not { } constants || unitCellFile is not { } unit)
        {
            return data;
        }

        Supercell supercell = ModeProjection.SupercellOf(CrystalFile.Read(unit), data.Configurations[0]);
        var modes = PhononModes.Of(ForceConstantsFile.Read(constants, supercell));
        return data with { Configurations = ModeProjection.Apply(data.Configurations, modes, ModeProjection.ModeSetOf(constants)) };
    }

    /// <summary>Fits every baseline for every property, kind of training data and draw; the Hamiltonians are fitted already.</summary>
    public static StudyBaselines Fit(
        TrainingDraws draws, GraphLibrary graphs, StudyHamiltonians hamiltonians, Dataset data, StudyOptions options, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(draws);
        ArgumentNullException.ThrowIfNull(hamiltonians);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        var library = BaselineLibrary.Of(data.Configurations, graphs);
        var fits = ImmutableDictionary.CreateBuilder<(string, int), ImmutableArray<BaselineFit>>();
        foreach (string kind in draws.Kinds)
        {
            for (int draw = 0; draw < options.Draws; draw++)
            {
                cancellation.ThrowIfCancellationRequested();
                fits.Add((kind, draw), library.Fit(draws.Of(kind, draw, draws.FullSize), Property.All, cancellation));
                progress?.Report(new WorkProgress("baselines", fits.Count, draws.Kinds.Length * options.Draws));
            }
        }

        return new StudyBaselines(fits.ToImmutable(), [.. library.Names.Where(name => fits.Values.First().Any(fit => fit.Name == name))], hamiltonians, draws.FullSize);
    }

    /// <summary>True for a property that a baseline predicts.</summary>
    public bool Predicts(Property property, string name) => name != HamiltonianModel.Name ? Names.Contains(name) : _hamiltonians.Predicts(property);

    /// <summary>Test predictions of each draw on one kind of test cells, or on all of them.</summary>
    public ImmutableArray<ImmutableArray<Prediction>> Tested(Property property, string name, string kind, string testedOn) => name == HamiltonianModel.Name ? _hamiltonians.Tested(property, kind, _fullSize, testedOn) :
    [
        .. _fits.Where(pair => pair.Key.Kind == kind).OrderBy(pair => pair.Key.Draw)
            .Select(pair => TrainingDraws.Of(pair.Value.Single(fit => fit.Property == property && fit.Name == name).Of("test"), testedOn)),
    ];
}
