using Phonograph.Crystals;
using Phonograph.Labelling;
using Phonograph.Labelling.TightBinding;
using Phonograph.Testing;
using Phonograph.Tests.Labelling.Cp2k;
using Phonograph.Tests.Labelling.QuantumEspresso;
using Phonograph.Tests.Labelling.TightBinding;

namespace Phonograph.Tests.Labelling;

/// <summary>Every engine goes through the same examination; those that need a program from outside are skipped where it is not installed.</summary>
[Trait("Category", InstalledCp2k.Category)]
public sealed class EngineExaminationTests
{
    private static readonly Dictionary<string, Func<EngineExaminationCase>> Cases = new()
    {
        ["tight-binding"] = () => new(
            new TightBindingEngine(),
            TightBindingEngine.Level,
            TightBindingCrystals.Triclinic,
            [0, 4],
            [(0, 0), (1, 2)],
            Cp2kCrystals.SilverSulphideBromide(4.6),
            Cp2kCrystals.SilverSulphideBromide(5.0),
            TestCrystals.SilverSulphideBromide,
            1,
            Cp2kCrystals.Of(Lattice.Cubic(3.7), "Na", [new(0, 0, 0)]),
            // Exact derivatives: what is left is the rounding of the differences.
            new EngineTolerance(1e-4, 1e-7, 2e-5, 1e-8, 1e-10, 1e-10)),
        ["cp2k gfn1-xtb"] = () => new(
            InstalledCp2k.Engine,
            "gfn1-xtb",
            Cp2kCrystals.Sheared,
            [4],
            [(0, 0), (1, 2)],
            Cp2kCrystals.SilverSulphideBromide(4.6),
            Cp2kCrystals.SilverSulphideBromide(5.1),
            TestCrystals.RockSaltPrimitive,
            3,
            Cp2kCrystals.Silver,
            new EngineTolerance(0.01, Cp2kTolerance.ForceTightBinding, 0.002, Cp2kTolerance.StressTightBinding, Cp2kTolerance.EwaldMeshEnergy, Cp2kTolerance.EwaldMesh)),
        ["espresso lda/k2x2x2"] = () => new(
            InstalledPw.Engine,
            "lda/k2x2x2",
            PwCrystals.Silicon,
            [1],
            [(0, 0), (1, 2)],
            PwCrystals.AluminiumArsenide(5.2),
            PwCrystals.AluminiumArsenide(6.1),
            PwCrystals.AluminiumArsenide(5.6),
            1,
            PwCrystals.Aluminium,
            PwTolerance.Lda),
    };

    public static TheoryData<string, string> Parts
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string engine in Cases.Keys)
            {
                foreach (string part in EngineExamination.Parts.Keys)
                {
                    data.Add(engine, part);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public async Task Every_engine_keeps_the_contract(string engine, string part)
    {
        IReadOnlyList<ExaminationFinding> findings = await EngineExamination.Parts[part](new EngineExamination(Cases[engine]()), TestContext.Current.CancellationToken);
        Assert.NotEmpty(findings);
        Assert.True(findings.All(finding => finding.IsGood), string.Join('\n', findings));
    }

    [Fact]
    public async Task The_examination_finds_an_engine_whose_stress_has_the_wrong_sign_and_whose_forces_are_too_large()
    {
        EngineExaminationCase sound = Cases["tight-binding"]();
        var examination = new EngineExamination(sound with { Engine = new ScriptedLabels(sound.Engine, label => label with { Stress = -1 * label.Stress, Forces = [.. label.Forces.Select(force => 1.001 * force)] }) });
        Assert.Contains(await examination.ForcesAsync(TestContext.Current.CancellationToken), finding => !finding.IsGood);
        Assert.Contains(await examination.StressAsync(TestContext.Current.CancellationToken), finding => !finding.IsGood);
        Assert.All(await examination.SignAsync(TestContext.Current.CancellationToken), finding => Assert.False(finding.IsGood));
    }

    [Fact]
    public async Task The_examination_finds_an_engine_that_forgets_the_order_of_atoms_and_the_flag()
    {
        EngineExaminationCase sound = Cases["tight-binding"]();
        var examination = new EngineExamination(sound with { Engine = new ScriptedLabels(sound.Engine, label => label with { Forces = [.. label.Forces.OrderBy(force => force.X)], BandEdges = label.BandEdges with { IsMetallic = false } }) });
        Assert.Contains(await examination.EquivalenceAsync(TestContext.Current.CancellationToken), finding => !finding.IsGood);
        Assert.False(Assert.Single(await examination.MetalAsync(TestContext.Current.CancellationToken)).IsGood);
    }

    /// <summary>A sound engine whose labels are changed before they are handed over.</summary>
    private sealed class ScriptedLabels(IElectronicStructureEngine sound, Func<Label, Label> change) : IElectronicStructureEngine
    {
        public string Name => sound.Name;

        public IReadOnlyList<string> Levels => sound.Levels;

        public bool IsModel => true;

        public int RungCount(string level) => sound.RungCount(level);

        public EngineAvailability Probe() => sound.Probe();

        public async Task<LabelOutcome> ComputeAsync(EngineRequest request, CancellationToken cancellation) =>
            await sound.ComputeAsync(request, cancellation) is Label label ? change(label) : throw new InvalidOperationException("the model always has a label");
    }
}
