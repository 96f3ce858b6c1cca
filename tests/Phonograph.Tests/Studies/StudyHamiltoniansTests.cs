using Phonograph.Crystals.Formats;
using Phonograph.Datasets;
using Phonograph.Learning.Hamiltonians;
using Phonograph.Learning.Training;
using Phonograph.Studies;
using Phonograph.Testing;
using Phonograph.Tests.Datasets;

namespace Phonograph.Tests.Studies;

public sealed class StudyHamiltoniansTests
{
    [Fact]
    public void Those_it_names_beforehand_are_those_it_learns()
    {
        using var folder = new TemporaryFolder();
        ExtendedXyz.Write(folder.File("cells.xyz"), LabelledFrames.Study(12));
        var options = new StudyOptions
        {
            DataFiles = [folder.File("cells.xyz")],
            CacheFolder = folder.File("models"),
            Draws = 2,
            LearningCurveShares = [0.5, 1],
            Training = new TrainingOptions { Hidden = 4, Epochs = 3, Patience = 3 },
            Hamiltonian = new HamiltonianOptions { Orbitals = OrbitalChoice.Frontier, RadialFunctions = 4, Passes = 1, Starts = 1 },
        };
        string[] named = [.. StudyHamiltonians.Requests(options, TestContext.Current.CancellationToken).Select(request => request.Fingerprint()).Order(StringComparer.Ordinal)];
        Dataset data = Dataset.Read(options.DataFiles);
        var learnt = StudyHamiltonians.Train(TrainingDraws.Create(data, options.Seed), data, options, cancellation: TestContext.Current.CancellationToken);
        Assert.Null(learnt.Reason);

        // Two kinds of cells at two sizes and both kinds together at full size, two draws each.
        Assert.Equal(10, named.Distinct().Count());
        Assert.Equal(named, Directory.GetFiles(folder.File("models")).Select(file => Path.GetFileName(file).Replace(".safetensors", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Empty(StudyHamiltonians.Requests(options with { Hamiltonian = null }, TestContext.Current.CancellationToken));
    }
}
