using Phonograph.Files;

namespace Phonograph.Labelling;

/// <summary>
/// An engine whose levels the user can add to: a built-in level with a mesh of k-points, named as in <c>pbesol/k2x2x2</c>, or a template of the user's own. Equal for all
/// engines that can (docs/engines.md).
/// </summary>
public interface IAdaptableEngine : IElectronicStructureEngine
{
    /// <summary>The same engine with one level more in its list.</summary>
    /// <param name="level">A built-in level with or without a mesh.</param>
    /// <exception cref="InputException">There is no such built-in level.</exception>
    IElectronicStructureEngine WithLevel(string level);

    /// <summary>The same engine with the level of a template in place of its own.</summary>
    /// <exception cref="InputException">The template lacks a placeholder, or names what is not there.</exception>
    IElectronicStructureEngine WithTemplate(EngineTemplate template);
}
