namespace Phonograph.Learning;

/// <summary>Why a prediction should not be trusted.</summary>
[Flags]
public enum OutsideReasons
{
    /// <summary>The structure and the prediction lie inside what the model was trained on.</summary>
    None = 0,

    /// <summary>The structure has an element that no training structure had.</summary>
    UnknownElement = 1,

    /// <summary>The structure has an edge clearly shorter or longer than all training structures, or no edge at all.</summary>
    EdgeLength = 2,

    /// <summary>The prediction lies at or beyond an end of the range of the training labels, where the output function is flat or extrapolates.</summary>
    Saturated = 4,

    /// <summary>An element has no tabulated features: there is no prediction, the number is NaN.</summary>
    NoFeatures = 8,
}
