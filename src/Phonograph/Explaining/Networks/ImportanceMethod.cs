namespace Phonograph.Explaining.Networks;

/// <summary>How the importance of a bond is measured, in the unit u of the property (eV for a gap) or without one.</summary>
public enum ImportanceMethod
{
    /// <summary>Derivative of the prediction by the factor of the messages of the bond, u: first order of what occlusion measures.</summary>
    Gradients,

    /// <summary>That derivative integrated from the atoms without bonds to the graph, u (<see cref="Networks.IntegratedGradients"/>). The parts add up to the change of the prediction.</summary>
    IntegratedGradients,

    /// <summary>Prediction minus prediction without the bond, u, exact (<see cref="Networks.Occlusion"/>).</summary>
    Occlusion,

    /// <summary>Mean of learned masks, 0 to 1 (<see cref="LearnedMask"/>).</summary>
    Mask,
}
