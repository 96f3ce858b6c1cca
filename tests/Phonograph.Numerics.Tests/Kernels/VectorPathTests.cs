using System.Diagnostics;
using System.Runtime.Intrinsics.X86;
using Phonograph.Numerics.Kernels;

namespace Phonograph.Numerics.Tests.Kernels;

/// <summary>
/// Runs the tests marked <c>EveryVectorPath</c> again in child processes that were told to do without some instructions, so that a machine
/// with AVX-512 tests every path, and one with AVX2 every path that it has.
/// </summary>
public sealed class VectorPathTests
{
    private const string Expectation = "PHONOGRAPH_EXPECTED_VECTOR_PATH";

    [Theory]
    [InlineData("DOTNET_EnableAVX512", "Vector256")]
    [InlineData("DOTNET_EnableAVX2", "Vector128")]
    [InlineData("DOTNET_EnableHWIntrinsic", "scalar")]
    public async Task The_kernels_are_right_without_some_instructions(string variable, string expected)
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(Expectation) is not null, "runs in the parent process only");
        Assert.SkipUnless(Avx2.IsSupported, $"this processor has no instructions that {variable}=0 would take away");
        string assembly = typeof(VectorPathTests).Assembly.Location;
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(assembly);
        }

        // The test program's own command line, not that of the testing platform: it is the default when no test host calls.
        start.ArgumentList.Add("-trait");
        start.ArgumentList.Add("Runs=EveryVectorPath");
        start.ArgumentList.Add("-noColor");
        start.Environment[variable] = "0";
        start.Environment[Expectation] = expected;
        using var process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        string printed = await output;
        Assert.True(process.ExitCode == 0, $"{variable}=0 ended with {process.ExitCode}:\n{printed}\n{await errors}");

        // The program says "Total: 17, Errors: 0, ...": none at all would prove nothing.
        Assert.Matches("Total: [1-9][0-9]", printed);
    }

    [Fact]
    [Trait("Runs", "EveryVectorPath")]
    public void The_path_is_the_one_the_parent_process_asked_for()
    {
        string best = Avx512F.IsSupported ? "Vector512" : VectorPath.Name;
        Assert.Equal(Environment.GetEnvironmentVariable(Expectation) ?? best, VectorPath.Name);
    }
}
