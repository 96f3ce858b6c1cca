using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.Cp2k;

public sealed class Cp2kInputTests
{
    public static TheoryData<string> Recordings => [.. Cp2kRecording.All.Select(recording => recording.Name)];

    /// <summary>Ties the recorded outputs to the settings of today. When a level changes, record again as the README there says.</summary>
    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task The_recorded_outputs_answer_the_input_that_is_written_today(string name)
    {
        Cp2kRecording recording = Cp2kRecording.All.Single(candidate => candidate.Name == name);
        using var program = new FakeCp2k(Directory.CreateDirectory(recording.Folder).FullName, after: "touch job-RESTART.wfn");
        await recording.ComputeAsync(program);
        string[] files = program.Inputs.Count == 1 ? ["job.inp"] : ["seed.inp", "job.inp"];
        Assert.Equal(files.Length, program.Inputs.Count);
        foreach ((string file, string written) in files.Zip(program.Inputs))
        {
            string path = Path.Combine(recording.Folder, file);
            if (Environment.GetEnvironmentVariable("PHONOGRAPH_ACCEPT") == "1")
            {
                File.WriteAllText(path, written);
            }

            Assert.Equal(File.ReadAllText(path), written);
        }
    }
}
