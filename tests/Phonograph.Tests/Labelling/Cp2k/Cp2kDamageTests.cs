using Phonograph.Labelling;
using Phonograph.Testing;

namespace Phonograph.Tests.Labelling.Cp2k;

/// <summary>Damaged outputs give a failure with its reason, never a label that is a guess.</summary>
public sealed class Cp2kDamageTests
{
    private static readonly Dictionary<string, Damage> Damages = new()
    {
        ["no output at all"] = new("job.out", _ => null, "engine-error", "ends early"),
        ["output cut in the cycle"] = new("job.out", text => text[..text.IndexOf("*** SCF run converged", StringComparison.Ordinal)], "engine-error", "ends early"),
        ["output cut after the energy"] = new("job.out", text => text[..(text.IndexOf("ENERGY| Total", StringComparison.Ordinal) + 60)], "engine-error", "ends early"),
        ["energy too wide"] = new("job.out", text => text.Replace("-19.304195030259049", "*******************", StringComparison.Ordinal), "unreadable-output", "****"),
        ["energy not a number"] = new("job.out", text => text.Replace("-19.304195030259049", "NaN", StringComparison.Ordinal), "unreadable-output", "NaN"),
        ["energy infinite"] = new("job.out", text => text.Replace("-19.304195030259049", "-Infinity", StringComparison.Ordinal), "unreadable-output", "Infinity"),
        ["energy missing"] = new("job.out", text => text.Replace("ENERGY| Total", "ENERGY| Some", StringComparison.Ordinal), "unreadable-output", "no line 'ENERGY|"),
        ["forces missing"] = new("job.forces", _ => null, "unreadable-output", "0 forces for 5 atoms"),
        ["forces empty"] = new("job.forces", _ => "", "unreadable-output", "0 forces for 5 atoms"),
        ["force too wide"] = new("job.forces", text => text.Replace("-0.045245055919", "***************", StringComparison.Ordinal), "unreadable-output", "the force on atom 1"),
        ["force not a number"] = new("job.forces", text => text.Replace("0.016781614347", "NaN", StringComparison.Ordinal), "unreadable-output", "the force on atom 4"),
        ["force columns that touch"] = new("job.forces", text => text.Replace("0.058069302300     0.004795048004", "0.058069302300-1000.004795048004", StringComparison.Ordinal), "unreadable-output", "the force on atom 3"),
        ["forces cut in the last number"] = new("job.forces", text => text[..(text.IndexOf("0.006539451323", StringComparison.Ordinal) + 6)], "unreadable-output", "SUM OF ATOMIC FORCES"),
        ["force of one atom missing"] = new("job.forces", text => WithoutLine(text, "      3      1      Ag"), "unreadable-output", "the force on atom 3"),
        ["forces of another crystal"] = new("job.forces", text => WithoutLine(text, "      5      3      Br"), "unreadable-output", "4 forces for 5 atoms"),
        ["stress missing"] = new("job.stress", _ => null, "unreadable-output", "no stress tensor"),
        ["stress in another unit"] = new("job.stress", text => text.Replace("[GPa]", "[bar]", StringComparison.Ordinal), "unreadable-output", "no stress tensor in GPa"),
        ["stress too wide"] = new("job.stress", text => text.Replace("2.66078927194E+00", "*****************", StringComparison.Ordinal), "unreadable-output", "row y"),
        ["stress not a number"] = new("job.stress", text => text.Replace("3.74485840545E+00", "NaN", StringComparison.Ordinal), "unreadable-output", "row z"),
        ["stress cut in a row"] = new("job.stress", text => text[..text.IndexOf("3.74485840545E+00", StringComparison.Ordinal)], "unreadable-output", "row z"),
        ["stress cut in the last number"] = new("job.stress", text => text[..(text.IndexOf("3.74485840545E+00", StringComparison.Ordinal) + 7)], "unreadable-output", "trace"),
        ["stress that its trace contradicts"] = new("job.stress", text => text.Replace("4.94741604404E+00", "4.84741604404E+00", StringComparison.Ordinal), "unreadable-output", "trace"),
        ["states missing"] = new("job.states", _ => null, "unreadable-output", "no eigenvalues"),
        ["highest occupied eigenvalue too wide"] = new("job.states", text => text.Replace("-0.411897372745       -11", "***************       -11", StringComparison.Ordinal), "unreadable-output", "state 23"),
        ["lowest empty eigenvalue not a number"] = new("job.states", text => text.Replace("-0.336629577534", "NaN", StringComparison.Ordinal), "unreadable-output", "state 24"),
        ["state missing"] = new("job.states", text => WithoutLine(text, " MO|     24"), "unreadable-output", "state 24"),
        ["states cut among the empty ones"] = new("job.states", text => text[..text.IndexOf(" MO|     30", StringComparison.Ordinal)], "unreadable-output", "after state 29"),
        ["states cut in an occupation"] = new("job.states", text => text[..(text.IndexOf(" MO|     24", StringComparison.Ordinal) - 14)], "unreadable-output", "after state 23"),
        ["occupations that do not add up"] = new("job.states", text => text.Replace("46.000000000000", "48.000000000000", StringComparison.Ordinal), "unreadable-output", "46 electrons"),
        ["no empty state"] = new("job.states", text => Filled(text), "unreadable-output", "no empty state"),
    };

    public static TheoryData<string> Names => [.. Damages.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Damage_is_found_and_named(string name)
    {
        Damage damage = Damages[name];
        using var program = new FakeCp2k(Cp2kRecording.Insulator.Folder);
        string path = Path.Combine(program.Answers, damage.File);
        string whole = File.ReadAllText(path);
        string? damaged = damage.Of(whole);
        Assert.NotEqual(whole, damaged);
        File.Delete(path);
        if (damaged is not null)
        {
            File.WriteAllText(path, damaged);
        }

        LabelFailure failure = Assert.IsType<LabelFailure>(await Cp2kRecording.Insulator.ComputeAsync(program));
        Assert.Equal(damage.Reason, failure.Reason);
        Assert.Contains(damage.Detail, failure.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Detail);
    }

    [Theory]
    [InlineData("job.out")]
    [InlineData("job.forces")]
    [InlineData("job.stress")]
    [InlineData("job.states")]
    public async Task A_file_cut_anywhere_gives_no_label_or_the_label_of_the_whole_file(string file)
    {
        string whole = Text(await Cp2kRecording.Insulator.ReadAsync());
        string text = File.ReadAllText(Path.Combine(Cp2kRecording.Insulator.Folder, file));
        int failures = 0;
        for (int part = 0; part < 17; part++)
        {
            using var program = new FakeCp2k(Cp2kRecording.Insulator.Folder);
            File.WriteAllText(Path.Combine(program.Answers, file), text[..(text.Length * part / 17)]);
            LabelOutcome outcome = await Cp2kRecording.Insulator.ComputeAsync(program);
            failures += outcome is LabelFailure ? 1 : 0;
            Assert.True(outcome is LabelFailure || Text(outcome) == whole, $"cut after {part}/17: {outcome}");
        }

        Assert.InRange(failures, 5, 17);
    }

    [Theory]
    [InlineData("exit 3", "engine-error", "exit code 3")]
    [InlineData("echo 'no space left on device' >&2; exit 3", "engine-error", "no space left on device")]
    [InlineData("kill -SEGV $$", "engine-error", "exit code 139")]
    [InlineData("kill -KILL $$", "interrupted", "from outside")]
    [InlineData("kill -TERM $$", "interrupted", "from outside")]
    public async Task A_program_that_ends_badly_gives_no_label_although_every_file_is_there(string ending, string reason, string said)
    {
        // A complete output speaks for itself: what was printed last is told only when it is not there.
        using var program = new FakeCp2k(Cp2kRecording.Insulator.Folder, after: ending);
        LabelFailure failure = Assert.IsType<LabelFailure>(await Cp2kRecording.Insulator.ComputeAsync(program));
        Assert.Equal(reason, failure.Reason);
        Assert.Contains(said, failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unconverged_run_that_ends_with_an_error_is_still_called_unconverged()
    {
        // Versions from 2024 on end so.
        using var program = new FakeCp2k(Cp2kRecording.Unconverged.Folder, after: "exit 1");
        LabelFailure failure = Assert.IsType<LabelFailure>(await Cp2kRecording.Unconverged.ComputeAsync(program));
        Assert.Equal("not-converged", failure.Reason);
    }

    [Fact]
    public async Task A_seed_without_a_wave_function_is_a_failure_and_no_label_of_an_unseeded_run()
    {
        using var program = new FakeCp2k(Cp2kRecording.Seeded.Folder);
        LabelFailure failure = Assert.IsType<LabelFailure>(await Cp2kRecording.Seeded.ComputeAsync(program));
        Assert.Equal("engine-error", failure.Reason);
        Assert.Contains("left no wave function", failure.Detail, StringComparison.Ordinal);
        Assert.Equal(1, program.CallCount);
    }

    private static string WithoutLine(string text, string start) =>
        string.Join('\n', text.Split('\n').Where(line => !line.StartsWith(start, StringComparison.Ordinal)));

    /// <summary>Every state doubly occupied.</summary>
    private static string Filled(string text) => text.Replace(" 0.000000000000\n", " 2.000000000000\n", StringComparison.Ordinal)
        .Replace("46.000000000000", "86.000000000000", StringComparison.Ordinal);

    private static string Text(LabelOutcome outcome) => outcome is Label label
        ? $"{label.EnergyElectronvolt:R} {string.Join(' ', label.Forces)} {label.Stress} {label.BandEdges}"
        : outcome.ToString();

    /// <summary>What is done to a file, null to remove it, and what must be said.</summary>
    private sealed record Damage(string File, Func<string, string?> Of, string Reason, string Detail);
}
