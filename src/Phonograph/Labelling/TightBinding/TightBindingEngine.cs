using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Numerics.LinearAlgebra;

namespace Phonograph.Labelling.TightBinding;

/// <summary>
/// The tight-binding model as an engine: milliseconds for a label, nothing to install. It is a model; its labels are for tests and method studies and are never
/// mixed with those of an electronic-structure program.
/// </summary>
public sealed class TightBindingEngine : IBandStructureEngine
{
    /// <summary>Name on the command line and in label files.</summary>
    public const string EngineName = "tight-binding";

    /// <summary>The level of the default parameters, and of chosen ones.</summary>
    public const string Level = "slater-koster";

    /// <summary>Least thickness, Å, between opposite faces of the supercell that a k-point mesh stands for: 2×2×2 points for a 4.8 Å cell, Γ for its 2×2×2 supercell.</summary>
    public const double MeshThicknessAngstrom = 8;

    private readonly ImmutableDictionary<string, TightBindingModel> _models;
    private readonly KPointMesh? _mesh;

    /// <summary>Builds the engine with the default parameters, the teachers as further levels (<see cref="TightBindingTeacher"/>), and a mesh that follows the cell.</summary>
    public TightBindingEngine()
        : this(TightBindingParameters.Default)
    {
        Levels = [Level, .. TightBindingTeacher.All.Select(teacher => teacher.Level)];
        _models = _models.AddRange(TightBindingTeacher.All.Select(teacher => KeyValuePair.Create(teacher.Level, new TightBindingModel(teacher.Parameters))));
    }

    /// <summary>Builds the engine with chosen parameters and one level.</summary>
    /// <param name="parameters">Levels and bonds.</param>
    /// <param name="mesh">The same k-points for every cell; null for a mesh that follows <see cref="MeshThicknessAngstrom"/>.</param>
    public TightBindingEngine(TightBindingParameters parameters, KPointMesh? mesh = null)
    {
        _models = ImmutableDictionary<string, TightBindingModel>.Empty.Add(Level, new TightBindingModel(parameters));
        _mesh = mesh;
    }

    /// <inheritdoc/>
    public string Name => EngineName;

    /// <inheritdoc/>
    public IReadOnlyList<string> Levels { get; } = [Level];

    /// <inheritdoc/>
    public bool IsModel => true;

    /// <inheritdoc/>
    /// <remarks>The model has nothing to converge: one rung.</remarks>
    public int RungCount(string level) => 1;

    /// <inheritdoc/>
    public EngineAvailability Probe() => new(true, _models[Level].Parameters.Name, null, "Built in; nothing to install.");

    /// <inheritdoc/>
    public void Check(Crystal crystal, string level)
    {
        ArgumentNullException.ThrowIfNull(crystal);
        if (!_models.TryGetValue(level, out TightBindingModel? model))
        {
            throw new InputException($"The tight-binding engine has no level '{level}'; it has {string.Join(", ", Levels)}.");
        }

        foreach (Element element in crystal.Elements)
        {
            _ = model.Parameters.LevelsOf(element);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InputException">The level is unknown, or an element has no parameters: no crystal of the set could be labelled.</exception>
    public Task<LabelOutcome> ComputeAsync(EngineRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        Check(request.Crystal, request.Level);
        // On a thread of its own, so that several workers compute at the same time.
        return Task.Run(() => Compute(request), cancellation);
    }

    /// <inheritdoc/>
    public Task<StatesOutcome> StatesAsync(EngineRequest request, ImmutableArray<Vector3D> pointsFractional, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        Check(request.Crystal, request.Level);
        return Task.Run(
            StatesOutcome () =>
            {
                try
                {
                    return TightBindingStates.Of(request.Crystal, _models[request.Level].Parameters, pointsFractional);
                }
                catch (InputException error)
                {
                    return new NoStates(new LabelFailure("refused", error.Message));
                }
            },
            cancellation);
    }

    /// <inheritdoc/>
    public Task<StatesOutcome> ProjectAsync(EngineRequest request, CancellationToken cancellation) => StatesAsync(request, [Vector3D.Zero], cancellation);

    private LabelOutcome Compute(EngineRequest request)
    {
        try
        {
            KPointMesh mesh = _mesh ?? KPointMesh.ForThickness(request.Crystal.Lattice, MeshThicknessAngstrom);
            return _models[request.Level].Solve(request.Crystal, mesh).Label;
        }
        catch (InputException error)
        {
            return new LabelFailure("refused", error.Message);
        }
    }
}
