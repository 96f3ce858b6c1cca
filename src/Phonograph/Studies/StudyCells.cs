using System.Collections.Immutable;
using Phonograph.Crystals;
using Phonograph.Datasets;
using Phonograph.Datasets.Divisions;
using Phonograph.Files;
using Phonograph.Reporting;

namespace Phonograph.Studies;

/// <summary>The cells of a study: those that schemes drew, and frames of molecular dynamics.</summary>
internal static class StudyCells
{
    /// <summary>Reads both.</summary>
    /// <exception cref="InputException">A file cannot be read, labels are of several levels, or a file of frames holds cells that are no frames or of another crystal.</exception>
    public static Dataset Read(StudyOptions options)
    {
        Dataset data = Dataset.Read(options.DataFiles.AddRange(options.FrameFiles));
        Crystal crystal = data.Configurations[0].Crystal;
        foreach (LabelledConfiguration frame in data.Configurations.Where(cell => options.FrameFiles.Contains(cell.File)))
        {
            if (frame.Scheme != TrajectoryPlace.Scheme)
            {
                throw InputException.At(frame.File, 0, $"'{frame.Id}' of the scheme '{frame.Scheme}'", $"frames of molecular dynamics, scheme '{TrajectoryPlace.Scheme}'", "Choose them with 'phonograph phonons frames' and label them, or name the file under 'data'.");
            }

            if (!ChemicalFormula.IsSameCompound(frame.Crystal, crystal))
            {
                throw InputException.At(frame.File, 0, $"'{frame.Id}', {ChemicalFormula.OfCell(frame.Crystal)}", $"frames of the crystal of the cells, {ChemicalFormula.Reduced(crystal)}", "Give the frames of that crystal.");
            }
        }

        return data;
    }

    /// <summary>Refuses a hypothesis about cells that the data do not have, before anything is trained.</summary>
    /// <exception cref="InputException">A hypothesis names an unknown kind of cells.</exception>
    public static void CheckHypotheses(IEnumerable<Hypothesis> hypotheses, TrainingDraws draws)
    {
        foreach (Hypothesis hypothesis in hypotheses)
        {
            Require(hypothesis, hypothesis.TrainedOn, draws.Kinds);
            Require(hypothesis, hypothesis.ComparedWith ?? hypothesis.TrainedOn, draws.Kinds);
            Require(hypothesis, hypothesis.TestedOn, draws.TestKinds);
        }
    }

    private static void Require(Hypothesis hypothesis, string kind, ImmutableArray<string> known)
    {
        if (!known.Contains(kind))
        {
            throw new InputException($"hypotheses, '{hypothesis.Name}': found the kind of cells '{kind}'; expected one of {string.Join(", ", known)}. Name a kind that the data have.");
        }
    }
}
