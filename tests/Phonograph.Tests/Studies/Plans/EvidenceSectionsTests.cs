using Phonograph.Datasets;
using Phonograph.Reporting;
using Phonograph.Reporting.Comparisons;
using Phonograph.Studies;
using Phonograph.Studies.Plans;
using Phonograph.Testing;

namespace Phonograph.Tests.Studies.Plans;

/// <summary>What a study file says that its results are held against: hypotheses and published numbers.</summary>
public sealed class EvidenceSectionsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public EvidenceSectionsTests()
    {
        foreach (string name in (string[])["cells.xyz", "more.xyz", "frames.xyz"])
        {
            _folder.Write(name, "");
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_results_are_held_against_is_read_with_its_numbers()
    {
        StudyOptions study = Read(
            """
            data: cells.xyz
            frames: [frames.xyz, more.xyz]
            hypotheses:
              - {name: A, claim: phonon is better on frames, better: phonon, than: random, on: dynamics}
              - {name: B, claim: half is lost, trained-on: random, on: phonon, loses: 0.5}
            published:
              - {source: a paper, property: vbm, model: a network, remark: another crystal, size: 500, mae: 0.02, spread: 0.1, r2: 0.9}
              - {source: another, property: band_gap, model: m, remark: r, mae: 0.03}
            """).Study;
        Assert.Equal([_folder.File("frames.xyz"), _folder.File("more.xyz")], study.FrameFiles);
        Assert.Equal([new Hypothesis("A", "phonon is better on frames", "phonon", "random", "dynamics", null), new Hypothesis("B", "half is lost", "random", null, "phonon", 0.5)], study.Hypotheses);
        Assert.Equal(
            [new PublishedResult("a paper", Property.ValenceBandMaximum, "a network", "another crystal", 500, 0.02, 0.1, 0.9), new PublishedResult("another", Property.BandGap, "m", "r", null, 0.03, null, null)],
            study.Published);
    }

    [Fact]
    public void Hypotheses_about_schemes_are_read_in_their_four_forms()
    {
        Assert.Equal(
            [
                new SchemeHypothesis("P1", "a", SchemeHypothesisKind.LowerError, "phonon", "uniform", "dynamics 300 K", null),
                new SchemeHypothesis("P3", "b", SchemeHypothesisKind.ContrastAboveZero, "uniform - 2 gaussian + phonon", "", "dynamics 300 K", null),
                new SchemeHypothesis("P4", "c", SchemeHypothesisKind.FineTunedBelow, "", "", "dynamics 300 K", 0.5),
                new SchemeHypothesis("P5", "d", SchemeHypothesisKind.SameOrder, "published", "painn", "dynamics 300 K", null),
            ],
            Read(
                """
                data: cells.xyz
                comparison:
                  hypotheses:
                    - {name: P1, claim: a, better: phonon, than: uniform, on: dynamics 300 K}
                    - {name: P3, claim: b, contrast: uniform - 2 gaussian + phonon, on: dynamics 300 K}
                    - {name: P4, claim: c, fine-tuned-below: 0.5, on: dynamics 300 K}
                    - {name: P5, claim: d, same-order: [published, painn], on: dynamics 300 K}
                """).Comparison!.Hypotheses);
    }

    private StudyPlan Read(string text)
    {
        _folder.Write("study.yaml", text);
        return StudyFile.Read(_folder.File("study.yaml"), StudyBudget.Default, "models");
    }
}
