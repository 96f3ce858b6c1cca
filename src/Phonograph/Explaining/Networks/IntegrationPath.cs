namespace Phonograph.Explaining.Networks;

/// <summary>Where integrated gradients begin.</summary>
public enum IntegrationPath
{
    /// <summary>From the same atoms without bonds: every message grows from nothing to what it is.</summary>
    Messages,

    /// <summary>From the same bonds, all as long as the cutoff: every length shrinks to what it is; directions stay.</summary>
    Lengths,
}
