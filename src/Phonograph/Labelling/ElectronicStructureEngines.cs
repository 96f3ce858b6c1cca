using System.Collections.Immutable;
using Phonograph.Files;
using Phonograph.Labelling.Cp2k;
using Phonograph.Labelling.TightBinding;

namespace Phonograph.Labelling;

/// <summary>The engines this program knows.</summary>
public static class ElectronicStructureEngines
{
    /// <summary>All engines; models are used only when asked for by name.</summary>
    /// <param name="niceness">Added niceness of the processes of external programs, 0 to 19.</param>
    public static ImmutableArray<IElectronicStructureEngine> All(int niceness = 0) => [new Cp2kEngine(niceness), new TightBindingEngine()];

    /// <summary>Finds an engine by name.</summary>
    /// <exception cref="InputException">There is no such engine.</exception>
    public static IElectronicStructureEngine Find(string name, int niceness = 0)
    {
        ImmutableArray<IElectronicStructureEngine> all = All(niceness);
        return all.FirstOrDefault(engine => engine.Name == name)
            ?? throw new InputException($"There is no engine '{name}'; there are {string.Join(", ", all.Select(engine => engine.Name))}.");
    }
}
