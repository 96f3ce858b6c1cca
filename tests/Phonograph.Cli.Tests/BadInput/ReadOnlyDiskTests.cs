using Phonograph.Testing;

namespace Phonograph.Cli.Tests.BadInput;

/// <summary>A folder <c>disk</c> with a campaign of two labels, made once.</summary>
public sealed class DiskWithCampaign : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DiskWithCampaign(SmallStudy study)
    {
        ArgumentNullException.ThrowIfNull(study);
        File.Copy(study.UnitCell, _folder.File("POSCAR"));
        Directory.CreateDirectory(_folder.File("disk"));
        PhonographProgram.Answer label = PhonographProgram.Run(_folder.Path, $"label {study.Cells} {SmallStudy.Engine} --limit 2 --campaign disk/labels");
        Assert.True(label.ExitCode == 0, label.Errors);
    }

    /// <summary>The folder around it.</summary>
    internal string Path => _folder.Path;

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();
}

/// <summary>A disk that cannot be written is a wrong place, exit code 2; what it holds can still be read.</summary>
public sealed class ReadOnlyDiskTests(SmallStudy study, DiskWithCampaign disk) : IClassFixture<DiskWithCampaign>
{
    [Theory]
    [InlineData("crystal POSCAR --output disk/a.vasp", "disk/a.vasp")]
    [InlineData("label --campaign disk/labels", "disk/labels/running")]
    [InlineData("label --pause disk/labels", "disk/labels/paused")]
    [InlineData("report STUDY --output disk/report", "disk/report/metrics.json")]
    [InlineData("study CELLS --quick --output disk/report", "disk/report")]
    [InlineData("train CELLS --property band_gap --output disk/gap.safetensors", "disk")]
    public void Writing_there_is_refused_before_the_work(string command, string place)
    {
        Assert.SkipUnless(Shell.CanMount, Shell.NeedsMount);
        PhonographProgram.Answer answer = RunReadOnly(command);
        Assert.True(answer.ExitCode == 2, answer.Errors);
        Assert.Matches($"^phonograph: [^\n]*{place}: cannot be written, its file system is read-only\\. Choose a place that can be written\\.\n$", answer.Errors);
    }

    [Fact]
    public void A_campaign_there_can_be_looked_at_and_exported()
    {
        Assert.SkipUnless(Shell.CanMount, Shell.NeedsMount);
        PhonographProgram.Answer status = RunReadOnly("label --status disk/labels");
        Assert.Equal((0, ""), (status.ExitCode, status.Errors));
        Assert.DoesNotContain("running", status.Output, StringComparison.Ordinal);
        PhonographProgram.Answer export = RunReadOnly("label --campaign disk/labels --export out.xyz");
        Assert.Equal((0, ""), (export.ExitCode, export.Errors));
        Assert.True(File.Exists(Path.Combine(disk.Path, "out.xyz")));
    }

    private PhonographProgram.Answer RunReadOnly(string command) => PhonographProgram.Run(
        disk.Path, command.Replace("STUDY", study.Report, StringComparison.Ordinal).Replace("CELLS", study.Cells, StringComparison.Ordinal), null,
        Shell.WithMount("mount --bind disk disk && mount -o remount,ro,bind disk"));
}
