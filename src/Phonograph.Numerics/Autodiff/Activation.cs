namespace Phonograph.Numerics.Autodiff;

/// <summary>A function applied to each element in the same pass as the operation before it.</summary>
public enum Activation
{
    /// <summary>The element itself.</summary>
    None,

    /// <summary>max(x, 0); its derivative at zero is taken as zero.</summary>
    Relu,
}
