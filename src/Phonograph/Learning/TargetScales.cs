using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Files;
using Phonograph.Learning.Models;

namespace Phonograph.Learning;

/// <summary>
/// What the outputs of a network mean. Output k is property k on its scale; where band edges are put out, the output at the place of the band gap is the
/// conduction band minimum on its own scale, and the gap is that minus the valence band maximum.
/// </summary>
/// <param name="Properties">Properties in the order of the outputs.</param>
/// <param name="Targets">Scaling of each property.</param>
/// <param name="ConductionEdge">Scaling of the conduction band minimum, eV; null where each output is a property.</param>
public sealed record TargetScales(ImmutableArray<Property> Properties, ImmutableArray<TargetNormalization> Targets, TargetNormalization? ConductionEdge = null)
{
    /// <summary>Number of outputs, which is that of the properties.</summary>
    public int Count => Properties.Length;

    /// <summary>Place of the band gap; -1 when it is not predicted.</summary>
    public int GapPlace => Place(Property.BandGap);

    /// <summary>Place of the valence band maximum; -1 when it is not predicted.</summary>
    public int ValencePlace => Place(Property.ValenceBandMaximum);

    /// <summary>Takes the scales from labels; give it training labels only.</summary>
    /// <param name="properties">Properties.</param>
    /// <param name="head">What the outputs mean.</param>
    /// <param name="training">Graphs with a label of each property.</param>
    /// <exception cref="InputException">The properties do not fit the head or are named twice, or labels of one have no spread.</exception>
    public static TargetScales Fit(ImmutableArray<Property> properties, TargetHead head, IReadOnlyCollection<LabelledGraph> training)
    {
        Check(properties, head);
        if (training.Any(each => each.FurtherTargets.Length != properties.Length - 1))
        {
            throw new ArgumentException($"Every graph needs {properties.Length} labels, one for each property.", nameof(training));
        }

        var scales = new TargetScales(properties, [.. properties.Select((property, place) => Of(properties.Length > 1 ? property.Key : null, training.Select(each => each.Label(place))))]);
        return head == TargetHead.Direct ? scales : scales with { ConductionEdge = Of("Conduction band minimum (vbm + band_gap)", training.Select(scales.ConductionMinimum)) };
    }

    /// <summary>Checks that properties are distinct and hold what a head needs.</summary>
    /// <exception cref="InputException">They do not.</exception>
    public static void Check(ImmutableArray<Property> properties, TargetHead head)
    {
        if (properties.Select(property => property.Key).Distinct(StringComparer.Ordinal).Count() != properties.Length)
        {
            throw new InputException($"A property is named twice in {Names(properties)}. Name each once.");
        }

        if (head == TargetHead.Edges && !(properties.Contains(Property.BandGap) && properties.Contains(Property.ValenceBandMaximum)))
        {
            throw new InputException($"The head of band edges predicts {Property.BandGap.Key} and {Property.ValenceBandMaximum.Key}; asked for is {Names(properties)}. Name {Property.BandGap.Key}, or use the direct head.");
        }
    }

    /// <summary>Keys with commas between them.</summary>
    public static string Names(IEnumerable<Property> properties) => string.Join(',', properties.Select(property => property.Key));

    /// <summary>A property from the outputs for one crystal.</summary>
    /// <param name="outputs">Scaled outputs; length <see cref="Count"/>.</param>
    /// <param name="property">Place of the property.</param>
    /// <returns>The prediction in the unit of the property.</returns>
    public double Restore(ReadOnlySpan<float> outputs, int property) => ConductionEdge is { } edge && property == GapPlace
        ? edge.Restore(outputs[property]) - Targets[ValencePlace].Restore(outputs[ValencePlace])
        : Targets[property].Restore(outputs[property]);

    /// <summary>What an output should be for a labelled crystal.</summary>
    internal double ScaledOutput(LabelledGraph graph, int output) => ConductionEdge is { } edge && output == GapPlace
        ? edge.Scale(ConductionMinimum(graph))
        : Targets[output].Scale(graph.Label(output));

    /// <summary>Conduction band minimum of a label, eV.</summary>
    internal double ConductionMinimum(LabelledGraph graph) => graph.Label(ValencePlace) + graph.Label(GapPlace);

    private static TargetNormalization Of(string? name, IEnumerable<double> labels)
    {
        try
        {
            return TargetNormalization.Fit(labels);
        }
        catch (InputException error) when (name is not null)
        {
            throw new InputException($"{name}: {error.Message}", error);
        }
    }

    private int Place(Property property) => Properties.IndexOf(property);
}
