using Phonograph.Files;

namespace Phonograph.Learning.Training;

/// <summary>The build of the program that asks a node for trainings: a node with another one would make other numbers.</summary>
/// <param name="Version">Version of the program.</param>
/// <param name="Code">Its <see cref="TrainingFingerprint.Code"/>.</param>
internal sealed record TrainingBuild(string Version, string Code)
{
    /// <summary>That of this program.</summary>
    internal static TrainingBuild Here { get; } = new(Trainer.ProgramVersion, TrainingFingerprint.Code);

    /// <summary>Makes sure that it is the build of this program.</summary>
    /// <param name="what">What was asked for, for the message.</param>
    /// <exception cref="InputException">It is another one.</exception>
    internal void MustBeHere(string what)
    {
        if (this != Here)
        {
            throw new InputException(
                $"{Environment.MachineName} has Phonograph {Here.Version} ({Here.Code}); the {what} were asked for by Phonograph {Version} ({Code}). Give the path of the same build with 'program' in the description of the cluster.");
        }
    }
}
