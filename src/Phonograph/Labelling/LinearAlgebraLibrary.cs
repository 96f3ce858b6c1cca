namespace Phonograph.Labelling;

/// <summary>The library for linear algebra that an engine's program would load here.</summary>
internal static class LinearAlgebraLibrary
{
    /// <summary>What <see cref="ReferenceAdvice"/> installs.</summary>
    internal const string Package = "libopenblas0-pthread";

    private const string Name = "libblas.so.3";

    /// <summary>
    /// What to install when a program would load the reference BLAS of Debian or Ubuntu, with which labels take several times as long (measured: docs/engines.md); null
    /// for any other library, for a static program, and where there is no <c>ldd</c> to ask.
    /// </summary>
    /// <param name="program">Path of the program.</param>
    internal static string? ReferenceAdvice(string program) =>
        !OperatingSystem.IsWindows() && IsReference(Loaded(RankLaunch.Ask("ldd", Path.GetTempPath(), program)))
            ? $"{Path.GetFileName(program)} computes with the reference BLAS, which takes several times as long: apt-get install -y {Package}"
            : null;

    /// <summary>The file of the library in an answer of <c>ldd</c>; null when there is none.</summary>
    /// <param name="answer">Lines such as <c>libblas.so.3 => /lib/x86_64-linux-gnu/libblas.so.3 (0x00007f43add92000)</c>.</param>
    internal static string? Loaded(string answer) =>
        answer.Split('\n')
            .Select(line => line.Trim().Split(' '))
            .FirstOrDefault(words => words is [Name, "=>", ['/', ..], ..])?[2];

    /// <summary>Whether a library is Debian's reference: its package alone keeps the file in a folder <c>blas</c>, to which links of the system lead.</summary>
    /// <param name="library">Path, also through links; null for none.</param>
    internal static bool IsReference(string? library)
    {
        if (library is null || !File.Exists(library))
        {
            return false;
        }

        string file = File.ResolveLinkTarget(library, returnFinalTarget: true)?.FullName ?? library;
        return Path.GetFileName(Path.GetDirectoryName(file)) == "blas";
    }
}
