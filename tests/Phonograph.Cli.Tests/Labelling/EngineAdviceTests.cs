using System.Diagnostics;
using System.Text.Json;
using Phonograph.Testing;

namespace Phonograph.Cli.Tests.Labelling;

/// <summary>An engine that would load Debian's reference BLAS is said to be slow, with the command that mends it; what the loader answers is scripted.</summary>
public sealed class EngineAdviceTests
{
    private const string Install = "apt-get install -y libopenblas0-pthread";

    [Theory]
    [InlineData("blas/libblas.so.3.11.0", true)]
    [InlineData("openblas-pthread/libblas.so.3", false)]
    [InlineData("atlas/libblas.so.3.10.3", false)]
    public void Debians_reference_is_found_through_the_links_that_lead_to_it(string file, bool isReference)
    {
        using var folder = new TemporaryFolder();
        using FakeCp2k program = RecordedEngine.Create();
        Link(folder, file);
        string said = Ask(folder, program, $"\tlibm.so.6 => /lib/libm.so.6 (0x1)\n\tlibblas.so.3 => {folder.File("libblas.so.3")} (0x00007f43add92000)\n");
        Assert.Equal(isReference, said.Contains("reference BLAS", StringComparison.Ordinal));
        Assert.Equal(isReference, said.Contains(Install, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\tlibblas.so.3 => not found\n")]
    [InlineData("\tlibblas.so.3 => /nowhere/blas/libblas.so.3 (0x1)\n")]
    [InlineData("\tnot a dynamic executable\n")]
    public void Nothing_is_said_of_a_library_that_is_not_there(string loader)
    {
        using var folder = new TemporaryFolder();
        using FakeCp2k program = RecordedEngine.Create();
        Assert.Equal("", Ask(folder, program, loader));
    }

    [Fact]
    public void A_campaign_says_so_when_it_begins_and_computes_on()
    {
        using var folder = new TemporaryFolder();
        using FakeCp2k program = RecordedEngine.Create();
        Link(folder, "blas/libblas.so.3.11.0");
        RecordedEngine.WriteCells(folder, 2);
        Loader(folder, $"\tlibblas.so.3 => {folder.File("libblas.so.3")} (0x1)\n");
        PhonographProgram.Answer answer = PhonographProgram.Run(folder.Path, "label cells.xyz --engine cp2k --level gfn1-xtb --campaign run --export labelled.xyz", [RecordedEngine.Use(program), SearchPath(folder)]);
        Assert.True(answer.ExitCode == 0, answer.Errors);
        Assert.Single(answer.Errors.Split('\n'), line => line.Contains(Install, StringComparison.Ordinal));
        Assert.Contains("2 labelled configurations", answer.Output, StringComparison.Ordinal);
    }

    /// <summary>What <c>phonograph engines</c> advises for the recorded program when the loader answers this.</summary>
    private static string Ask(TemporaryFolder folder, FakeCp2k program, string loader)
    {
        Loader(folder, loader);
        PhonographProgram.Answer answer = PhonographProgram.Run(folder.Path, "engines --json", [RecordedEngine.Use(program), SearchPath(folder)]);
        Assert.True(answer.ExitCode == 0, answer.Errors);
        string? advice = JsonDocument.Parse(answer.Output).RootElement.EnumerateArray().Single(engine => engine.GetProperty("name").GetString() == "cp2k").GetProperty("advice").GetString();
        PhonographProgram.Answer table = PhonographProgram.Run(folder.Path, "engines", [RecordedEngine.Use(program), SearchPath(folder)]);
        Assert.Equal(advice is not null, table.Output.Contains(advice ?? "cp2k.psmp computes", StringComparison.Ordinal));
        return advice ?? "";
    }

    private static (string, string?) SearchPath(TemporaryFolder folder) => ("PATH", folder.File("bin") + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"));

    /// <summary>A library at a path of its own, and the link and the link to a link that a system has.</summary>
    private static void Link(TemporaryFolder folder, string file)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(folder.File(file))!);
        File.CreateSymbolicLink(folder.File("alternative"), folder.Write(file, ""));
        File.CreateSymbolicLink(folder.File("libblas.so.3"), folder.File("alternative"));
    }

    private static void Loader(TemporaryFolder folder, string answer)
    {
        Directory.CreateDirectory(folder.File("bin"));
        folder.Write("answer", answer);
        string script = folder.Write("script", $"#!/bin/sh\ncat '{folder.File("answer")}'\n");

        // A file that this process wrote itself may still be open in a child of another test, and then it cannot be executed.
        using Process copy = Process.Start("/bin/sh", ["-c", "cp \"$0\" \"$1\" && chmod 700 \"$1\"", script, folder.File("bin/ldd")]);
        copy.WaitForExit();
    }
}
