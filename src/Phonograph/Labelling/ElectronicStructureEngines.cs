using System.Collections.Immutable;
using Phonograph.Files;
using Phonograph.Labelling.Cp2k;
using Phonograph.Labelling.QuantumEspresso;
using Phonograph.Labelling.TightBinding;

namespace Phonograph.Labelling;

/// <summary>The engines this program knows.</summary>
public static class ElectronicStructureEngines
{
    /// <summary>All engines; models are used only when asked for by name.</summary>
    /// <param name="niceness">Added niceness of the processes of external programs, 0 to 19.</param>
    public static ImmutableArray<IElectronicStructureEngine> All(int niceness = 0) => [new Cp2kEngine(niceness), new QuantumEspressoEngine(niceness), new TightBindingEngine()];

    /// <summary>Finds an engine by name.</summary>
    /// <exception cref="InputException">There is no such engine.</exception>
    public static IElectronicStructureEngine Find(string name, int niceness = 0)
    {
        ImmutableArray<IElectronicStructureEngine> all = All(niceness);
        return all.FirstOrDefault(engine => engine.Name == name)
            ?? throw new InputException($"There is no engine '{name}'; there are {string.Join(", ", all.Select(engine => engine.Name))}.");
    }

    /// <summary>Finds an engine that offers a level, which may name a mesh of k-points, or the level of a template.</summary>
    /// <param name="name">Name of the engine.</param>
    /// <param name="level">The level; null for the engine's first, or for that of the template.</param>
    /// <param name="template">A template; null for a built-in level.</param>
    /// <param name="niceness">Added niceness of its processes.</param>
    /// <returns>The engine and the level's name.</returns>
    /// <exception cref="InputException">There is no such engine or level, or the engine takes no template, or the template is not the one of the level.</exception>
    public static (IElectronicStructureEngine Engine, string Level) Find(string name, string? level, EngineTemplate? template, int niceness = 0)
    {
        IElectronicStructureEngine engine = Find(name, niceness);
        if (template is not null)
        {
            IElectronicStructureEngine adapted = engine is IAdaptableEngine adaptable
                ? adaptable.WithTemplate(template)
                : throw new InputException($"Engine {name} takes no template; leave --template out.");
            return level is null || level == adapted.Levels[0]
                ? (adapted, adapted.Levels[0])
                : throw new InputException($"The template {template.FileName} gives the level '{adapted.Levels[0]}', not '{level}': it, or a pseudopotential it names, is another. A changed template is another level: begin another campaign.");
        }

        string wanted = level ?? engine.Levels[0];
        return (!engine.Levels.Contains(wanted) && engine is IAdaptableEngine able ? able.WithLevel(wanted) : engine, wanted);
    }
}
