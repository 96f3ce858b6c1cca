using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Phonograph.Datasets;
using Phonograph.Graphs;
using Phonograph.Learning.Models;
using Phonograph.Learning.Training;

namespace Phonograph.Learning;

/// <summary>Everything beside the weights that a prediction needs, and where the model comes from.</summary>
/// <param name="Property">What is predicted.</param>
/// <param name="Model">Name of the architecture, one of <see cref="GraphNetworks.Names"/>.</param>
/// <param name="Hidden">Features per node.</param>
/// <param name="Dropout">Share of pooled features set to zero in training.</param>
/// <param name="CutoffAngstrom">Longest edge of a graph, Å.</param>
/// <param name="LegacyGraph">True when the published builder made the graphs.</param>
/// <param name="Features">Scaling of node features and edge lengths.</param>
/// <param name="Target">Scaling of the target.</param>
/// <param name="Range">What the training data covered.</param>
/// <param name="Engine">Program that computed the labels.</param>
/// <param name="Level">Level of theory of the labels.</param>
/// <param name="Training">Where the weights come from.</param>
public sealed record ModelDescription(
    Property Property,
    string Model,
    int Hidden,
    double Dropout,
    double CutoffAngstrom,
    bool LegacyGraph,
    FeatureNormalization Features,
    TargetNormalization Target,
    TrainingRange Range,
    string Engine,
    string Level,
    TrainingProvenance Training)
{
    /// <summary>What is predicted beside <see cref="Property"/>, and how it is scaled; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<FurtherTarget>? Further { get; init; }

    /// <summary>Scaling of the conduction band minimum, where the network puts out band edges (<see cref="TargetHead.Edges"/>); else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TargetNormalization? ConductionEdge { get; init; }

    /// <summary>Everything that is predicted, in the order of columns and tables.</summary>
    [JsonIgnore]
    public ImmutableArray<Property> Properties => Scales.Properties;

    /// <summary>From outputs of the network to properties.</summary>
    [JsonIgnore]
    public TargetScales Scales => new(
        [Property, .. (Further ?? []).Select(each => each.Property)], [Target, .. (Further ?? []).Select(each => each.Target)], ConductionEdge);

    /// <summary>How to build the graph of a structure for this model.</summary>
    public GraphOptions GraphOptions => new() { CutoffAngstrom = CutoffAngstrom, Legacy = LegacyGraph };

    /// <summary>The shape of the network.</summary>
    public NetworkOptions Network => Training.Options.Network(CutoffAngstrom) with { Model = Model, Hidden = Hidden, Dropout = Dropout, Outputs = 1 + (Further?.Length ?? 0) };
}
