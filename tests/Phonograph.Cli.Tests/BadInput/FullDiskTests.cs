using System.Text.RegularExpressions;
using Phonograph.Cli.Tests.Labelling;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.BadInput;

/// <summary>A full disk ends with exit code 1 and one message; nothing already written is lost, and the same command continues.</summary>
public sealed class FullDiskTests(SmallStudy study)
{
    private const string Sample = "sample POSCAR --supercell 2,2,2 --scheme uniform --width 0.4 --count 40 --seed 1 --quiet --output ";
    private const string NeedsLinux = "sets a limit for the size of files in a shell of Linux: run there";

    [Fact]
    public void A_file_that_does_not_fit_leaves_the_earlier_one_untouched()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), NeedsLinux);
        using TemporaryFolder folder = Folder();
        folder.Write("cells.xyz", "earlier");
        Fails(folder, PhonographProgram.Run(folder.Path, Sample + "cells.xyz", null, Shell.WithFileLimit(4)));
        Assert.Equal("earlier", File.ReadAllText(folder.File("cells.xyz")));
    }

    [Fact]
    public void A_file_that_does_not_fit_on_a_small_disk_leaves_the_earlier_one_untouched()
    {
        Assert.SkipUnless(Shell.CanMount, Shell.NeedsMount);
        using TemporaryFolder folder = Folder();
        Directory.CreateDirectory(folder.File("disk"));
        string[] onSmallDisk = Shell.WithMount("mount -t tmpfs -o size=48k tmpfs disk && echo earlier > disk/cells.xyz && trap 'ls disk; cat disk/cells.xyz' EXIT");
        PhonographProgram.Answer answer = PhonographProgram.Run(folder.Path, Sample + "disk/cells.xyz", null, [.. onSmallDisk[..4], onSmallDisk[4].Replace("exec ", "", StringComparison.Ordinal), "sh"]);
        Assert.Equal("cells.xyz\nearlier\n", answer.Output);
        Fails(folder, answer);
    }

    [Fact]
    public void A_study_on_a_full_disk_keeps_its_models_and_the_same_command_continues()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), NeedsLinux);
        using var folder = new TemporaryFolder();
        folder.Write("study.yaml", $"data: {study.Cells}\ntraining: {{model: m5}}\n");
        const string command = "study study.yaml --quick --quiet --output ";
        PhonographProgram.Answer undisturbed = PhonographProgram.Run(folder.Path, command + "whole");
        Assert.True(undisturbed.ExitCode == 0, undisturbed.Errors);

        // Room for models, and for their checkpoints, which a slow machine writes in between; none for the results.
        string[] models = Directory.GetFiles(folder.File("whole/models"));
        long results = new FileInfo(folder.File("whole/study-result.json")).Length;
        Assert.InRange(results, 5 * models.Max(file => new FileInfo(file).Length), long.MaxValue);
        Fails(folder, PhonographProgram.Run(folder.Path, command + "report", null, Shell.WithFileLimit((int)(results / 1024) - 1)));
        Dictionary<string, DateTime> kept = Directory.GetFiles(folder.File("report/models")).ToDictionary(file => file, File.GetLastWriteTimeUtc);
        Assert.Equal(models.Length, kept.Count);
        Assert.False(File.Exists(folder.File("report/index.html")));

        PhonographProgram.Answer again = PhonographProgram.Run(folder.Path, command + "report");
        Assert.True(again.ExitCode == 0, again.Errors);
        Assert.Equal(File.ReadAllText(folder.File("whole/metrics.json")), File.ReadAllText(folder.File("report/metrics.json")));
        Assert.All(kept, model => Assert.Equal(model.Value, File.GetLastWriteTimeUtc(model.Key)));
    }

    [Fact]
    public void Labels_are_not_begun_on_a_disk_with_little_room()
    {
        Assert.SkipUnless(Shell.CanMount, Shell.NeedsMount);
        using TemporaryFolder folder = Folder();
        Directory.CreateDirectory(folder.File("disk"));
        PhonographProgram.Answer answer = PhonographProgram.Run(folder.Path, $"label {study.Cells} {SmallStudy.Engine} --campaign disk/labels", null, Shell.WithMount("mount -t tmpfs -o size=4m tmpfs disk"));
        Fails(folder, answer);
        Assert.Contains("MiB are needed", answer.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_campaign_whose_disk_is_filled_by_its_engine_keeps_its_labels_and_no_half_result_and_the_same_command_continues()
    {
        Assert.SkipUnless(Shell.CanMount, Shell.NeedsMount);
        using TemporaryFolder folder = Folder();
        Directory.CreateDirectory(folder.File("disk"));
        RecordedEngine.WriteCells(folder, 5);
        const string command = "label cells.xyz --engine cp2k --level gfn1-xtb --campaign disk/labels --quiet --export out.xyz";
        using FakeCp2k quick = RecordedEngine.Create();
        Assert.Equal(0, PhonographProgram.Run(folder.Path, command.Replace("disk/labels", "other", StringComparison.Ordinal).Replace("out.xyz", "whole.xyz", StringComparison.Ordinal), [RecordedEngine.Use(quick)]).ExitCode);
        using FakeCp2k filling = RecordedEngine.Create(before: """[ $call != 3 ] || dd if=/dev/zero of="$PWD/../../../fill" bs=1M 2>/dev/null""");
        const string twice = "mount -t tmpfs -o size=160m tmpfs disk && { \"$@\"; echo $? $(ls disk/labels/attempts | wc -l) $(find disk -name result.json | wc -l) $(ls disk/labels/running | wc -l); rm disk/fill; }";
        PhonographProgram.Answer answer = PhonographProgram.Run(folder.Path, command, [RecordedEngine.Use(filling)], Shell.WithMount(twice));
        Assert.True(answer.ExitCode == 0, answer.Errors);
        Assert.StartsWith("1 2 2 0\n", answer.Output, StringComparison.Ordinal);
        Assert.Matches(Message(), answer.Errors);
        Assert.Equal(File.ReadAllText(folder.File("whole.xyz")), File.ReadAllText(folder.File("out.xyz")));
    }

    [Fact]
    public void A_campaign_whose_journal_cannot_grow_keeps_its_labels_and_the_same_command_continues()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), NeedsLinux);
        using TemporaryFolder folder = Folder();
        Assert.Equal(0, PhonographProgram.Run(folder.Path, Sample + "cells.xyz").ExitCode);
        string command = $"label cells.xyz {SmallStudy.Engine} --campaign labels --export out.xyz";
        Fails(folder, PhonographProgram.Run(folder.Path, command, null, Shell.WithFileLimit(400)));
        string[] kept = Directory.GetDirectories(folder.File("labels/attempts"));
        Assert.InRange(kept.Length, 1, 39);
        Assert.All(kept, attempt => Assert.EndsWith("}\n", File.ReadAllText(Path.Combine(attempt, "result.json")), StringComparison.Ordinal));
        Assert.Equal(0, PhonographProgram.Run(folder.Path, command).ExitCode);
        Assert.All(kept, attempt => Assert.True(Directory.Exists(attempt)));
        Assert.Equal(40, Directory.GetDirectories(folder.File("labels/attempts")).Length);
    }

    [Fact]
    public void An_answer_that_cannot_be_written_to_stdout_is_said_on_stderr()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "needs /dev/full: run on Linux");
        using TemporaryFolder folder = Folder();
        Fails(folder, PhonographProgram.Run(folder.Path, "crystal POSCAR", null, "sh", "-c", "exec \"$@\" > /dev/full", "sh"));
    }

    private TemporaryFolder Folder()
    {
        var folder = new TemporaryFolder();
        File.Copy(study.UnitCell, folder.File("POSCAR"));
        return folder;
    }

    private static void Fails(TemporaryFolder folder, PhonographProgram.Answer answer)
    {
        Assert.True(answer.ExitCode == 1, $"exit code {answer.ExitCode}\n{answer.Output}{answer.Errors}");
        Assert.Matches(Message(), answer.Errors);
        Assert.Empty(Directory.GetFiles(folder.Path, "*.part", SearchOption.AllDirectories));
    }

    private static Regex Message() => new("^phonograph: [^\n]*(no room is left|left on this disk|[Nn]o space left)[^\n]*Nothing already written is lost[^\n]*\n$");
}
