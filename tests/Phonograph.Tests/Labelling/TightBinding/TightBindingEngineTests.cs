using Phonograph.Crystals;
using Phonograph.Files;
using Phonograph.Labelling;
using Phonograph.Labelling.TightBinding;

namespace Phonograph.Tests.Labelling.TightBinding;

public sealed class TightBindingEngineTests
{
    [Fact]
    public void It_is_a_model_with_the_teachers_as_further_levels_and_nothing_to_install()
    {
        var engine = new TightBindingEngine();
        Assert.Equal("tight-binding", engine.Name);
        Assert.True(engine.IsModel);
        Assert.Equal(["slater-koster", "teacher-ag-s", "teacher-ag-br"], engine.Levels);
        Assert.Equal(["slater-koster"], new TightBindingEngine(TightBindingParameters.Default).Levels);
        Assert.Equal(1, engine.RungCount("slater-koster"));
        Assert.True(engine.Probe().IsInstalled);
        Assert.Equal("harrison-1", engine.Probe().Version);
    }

    [Fact]
    public async Task The_ideal_supercell_is_an_insulator_with_a_gap_of_about_one_electronvolt()
    {
        Label label = await LabelAsync(Supercell.Of(TightBindingCrystals.SilverSulfideBromide, 2, 2, 2).Crystal);
        Assert.False(label.BandEdges.IsMetallic);
        // The second implementation in tests/reference/slater-koster gives 1.20118 eV.
        Assert.Equal(1.20118, label.BandEdges.GapElectronvolt, 1e-5);
        Assert.All(label.Forces, force => Assert.True(force.Length < 1e-10));
    }

    [Theory]
    [InlineData(0.1, 1.0)]
    [InlineData(0.2, 0.7)]
    [InlineData(0.3, 0.3)]
    public async Task Displaced_cells_stay_insulating_and_their_gap_falls(double amplitude, double least)
    {
        Crystal ideal = Supercell.Of(TightBindingCrystals.SilverSulfideBromide, 2, 2, 2).Crystal;
        for (ulong seed = 0; seed < 4; seed++)
        {
            Label label = await LabelAsync(TightBindingCrystals.Shaken(ideal, seed, amplitude));
            Assert.False(label.BandEdges.IsMetallic);
            Assert.InRange(label.BandEdges.GapElectronvolt, least, 1.25);
        }
    }

    [Fact]
    public async Task The_gap_changes_smoothly_along_a_path()
    {
        Crystal ideal = Supercell.Of(TightBindingCrystals.SilverSulfideBromide, 2, 2, 2).Crystal;
        double previous = double.NaN;
        for (int step = 0; step <= 30; step++)
        {
            double gap = (await LabelAsync(TightBindingCrystals.Shaken(ideal, 7, 0.01 * step))).BandEdges.GapElectronvolt;
            Assert.False(Math.Abs(gap - previous) > 0.05, $"step {step}: from {previous} to {gap} eV");
            previous = gap;
        }
    }

    [Fact]
    public void Each_cell_brings_its_valence_electrons()
    {
        var model = new TightBindingModel(TightBindingParameters.Default);
        Assert.Equal(16, model.Solve(TightBindingCrystals.SilverSulfideBromide, KPointMesh.Gamma).ElectronCount);
        Crystal zincSulfide = TightBindingCrystals.Of(Lattice.Cubic(4), "Zn S", [new(0, 0, 0), new(0.5, 0.5, 0.5)]);
        Assert.Equal(8, model.Solve(zincSulfide, KPointMesh.Gamma).ElectronCount);
    }

    [Fact]
    public async Task An_odd_number_of_electrons_is_metallic()
    {
        Label label = await LabelAsync(TightBindingCrystals.Of(Lattice.Cubic(5), "Ag", [new(0, 0, 0)]));
        Assert.True(label.BandEdges.IsMetallic);
    }

    [Fact]
    public void A_level_that_is_partly_filled_is_metallic_and_its_electrons_are_shared()
    {
        // One sulfur atom alone: six electrons, two in s, four in the three equal p orbitals.
        Crystal lone = TightBindingCrystals.Of(Lattice.Cubic(12), "S", [new(0, 0, 0)]);
        TightBindingResult result = new TightBindingModel(TightBindingParameters.Default).Solve(lone, KPointMesh.Gamma);
        Assert.True(result.Label.BandEdges.IsMetallic);
        Assert.Equal(0, result.Label.BandEdges.GapElectronvolt);
        Assert.Equal((2 * -20.80) + (4 * -10.27), result.BandEnergyElectronvolt, 1e-12);
    }

    [Fact]
    public void Bands_that_cross_the_filling_level_are_metallic_even_when_no_level_is_partly_filled()
    {
        // Four silver atoms, slightly off the sites of the face-centred lattice so that no level is degenerate: four electrons, wide bands.
        Crystal metal = TightBindingCrystals.Shaken(
            TightBindingCrystals.Of(Lattice.Cubic(4.09), "Ag Ag Ag Ag", [new(0, 0, 0), new(0.5, 0.5, 0), new(0.5, 0, 0.5), new(0, 0.5, 0.5)]), 3, 0.02);
        TightBindingResult result = new TightBindingModel(TightBindingParameters.Default).Solve(metal, new KPointMesh(2, 2, 2));
        Assert.True(result.Label.BandEdges.IsMetallic);
        Assert.True(result.Label.BandEdges.GapElectronvolt > 0, "no level is partly filled, so that a small spacing remains");
    }

    [Fact]
    public async Task An_element_without_parameters_is_an_error_of_the_input()
    {
        InputException error = await Assert.ThrowsAsync<InputException>(() => LabelAsync(TightBindingCrystals.Of(Lattice.Cubic(4), "Au", [new(0, 0, 0)])));
        Assert.Contains("Au", error.Message, StringComparison.Ordinal);
        Assert.Contains("Ag", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_level_is_an_error_of_the_input() =>
        await Assert.ThrowsAsync<InputException>(() => ComputeAsync(TightBindingCrystals.SilverSulfideBromide, "pbesol"));

    [Fact]
    public async Task Atoms_on_the_same_place_are_refused_with_their_numbers()
    {
        LabelOutcome outcome = await ComputeAsync(TightBindingCrystals.Of(Lattice.Cubic(8), "Ag Cl Cl", [new(0, 0, 0), new(0.3, 0.3, 0.3), new(1.3, 0.3, 0.3)]), "slater-koster");
        LabelFailure failure = Assert.IsType<LabelFailure>(outcome);
        Assert.Equal("refused", failure.Reason);
        Assert.Contains("Atoms 2 and 3", failure.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_composition_without_an_empty_orbital_is_refused()
    {
        LabelOutcome outcome = await ComputeAsync(TightBindingCrystals.Of(Lattice.Cubic(3), "Zn", [new(0, 0, 0)]), "slater-koster");
        Assert.Equal("refused", Assert.IsType<LabelFailure>(outcome).Reason);
    }

    [Fact]
    public void A_chosen_bond_set_can_make_a_gap_depend_on_one_kind_of_bond()
    {
        (Element silver, Element sulfur, Element bromine) = (Element.Of("Ag"), Element.Of("S"), Element.Of("Br"));
        TightBindingParameters teacher = TightBindingParameters.Default
            .WithoutBond("teacher", silver, bromine)
            .WithBond("teacher", silver, sulfur, bond => bond with { SsSigmaElectronvolt = 2 * bond.SsSigmaElectronvolt });
        Assert.Equal("teacher", teacher.Name);
        Assert.Equal("harrison-1", TightBindingParameters.Default.Name);
        var model = new TightBindingModel(teacher);
        // Far from each other silver and bromine meet in the default set, but not in the teacher.
        Crystal pair = TightBindingCrystals.Of(Lattice.Cubic(14), "Ag Br", [new(0, 0, 0), new(0.19, 0, 0)]);
        Assert.Equal(0, model.Solve(pair, KPointMesh.Gamma).RepulsionElectronvolt);
        Assert.True(new TightBindingModel(TightBindingParameters.Default).Solve(pair, KPointMesh.Gamma).RepulsionElectronvolt > 0);
    }

    [Fact]
    public void The_mesh_follows_the_thickness_of_the_cell()
    {
        Assert.Equal(new KPointMesh(2, 2, 2), KPointMesh.ForThickness(Lattice.Cubic(4.793), 8));
        Assert.Equal(KPointMesh.Gamma, KPointMesh.ForThickness(Lattice.Cubic(9.586), 8));
        // A rhombohedral cell of zinc blende is thinner than its vectors are long.
        var primitive = new Lattice(new(new(0, 2.7, 2.7), new(2.7, 0, 2.7), new(2.7, 2.7, 0)));
        Assert.Equal(new KPointMesh(3, 3, 3), KPointMesh.ForThickness(primitive, 8));
    }

    private static async Task<Label> LabelAsync(Crystal crystal) => Assert.IsType<Label>(await ComputeAsync(crystal, TightBindingEngine.Level));

    private static Task<LabelOutcome> ComputeAsync(Crystal crystal, string level) =>
        new TightBindingEngine().ComputeAsync(new EngineRequest(crystal, level, 0, Path.GetTempPath(), 1), TestContext.Current.CancellationToken);
}
