using Phonograph.Reporting;

namespace Phonograph.Tests.Reporting;

/// <summary>
/// The report of the synthetic study, written once for all tests. Set PHONOGRAPH_KEEP_REPORT to a folder to keep it there and look at it.
/// </summary>
public sealed class WrittenReport : IDisposable
{
    private readonly string? _kept = Environment.GetEnvironmentVariable("PHONOGRAPH_KEEP_REPORT");

    public WrittenReport()
    {
        Folder = _kept ?? Directory.CreateTempSubdirectory("phonograph-report-").FullName;
        Study = SyntheticStudy.Create();
        StudyResultFile.Write(Study, Folder);
        Summary = ReportWriter.Write(Study, Folder, cancellation: TestContext.Current.CancellationToken);
        Page = File.ReadAllText(Summary.PagePath);
    }

    public StudyResult Study { get; }

    public string Folder { get; }

    public ReportSummary Summary { get; }

    public string Page { get; }

    public void Dispose()
    {
        if (_kept is null)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}

/// <summary>Test classes that look at the same written report.</summary>
[CollectionDefinition]
public sealed class ReportWrittenOnce : ICollectionFixture<WrittenReport>;
