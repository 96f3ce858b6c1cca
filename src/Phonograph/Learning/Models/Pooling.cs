namespace Phonograph.Learning.Models;

/// <summary>
/// How the features of the nodes become those of the crystal. All are intensive: a supercell gives what its unit cell gives. A sum
/// would grow with the cell and is not offered.
/// </summary>
public enum Pooling
{
    /// <summary>Mean over the nodes.</summary>
    Mean,

    /// <summary>Largest value over the nodes, feature by feature.</summary>
    Max,

    /// <summary>Mean over the nodes with weights that the network learns: the softmax, over the nodes of the crystal, of a linear function of their features.</summary>
    Attention,
}
