using System.Collections.Immutable;
using Phonograph.Datasets;
using Phonograph.Datasets.Divisions;
using Phonograph.Files.Yaml;
using Phonograph.Learning.Training;
using Phonograph.Learning.Tuning;
using Phonograph.Studies.Comparisons;

namespace Phonograph.Studies.Plans;

/// <summary>The section of a study file that asks for the controlled comparison of schemes, under the names that <c>phonograph study compare</c> has for its options.</summary>
internal static class ComparisonSection
{
    private static readonly string[] BudgetKeys = ["models", "size", "validation", "curve", "equal-steps", "draws", "resamples", "trials", "training", "recipes", "hamiltonian"];
    private static readonly string[] Keys = ["cells", "frames", "at-rest", "start", "schemes", "pairs", "properties", "division", "hypotheses", .. BudgetKeys];
    private static readonly string[] RecipeKeys = [.. HyperParameter.All.Select(each => each.Name).Where(name => name != "model"), "epochs", "patience"];
    private static readonly string[] DivisionKeys = ["by", "hold-out", "test-share", "gap-above", "block"];

    /// <summary>Reads the section; what it leaves out is that of the main study, or that of <see cref="ComparisonOptions"/> where the study has none.</summary>
    internal static ComparisonOptions Read(string path, YamlNode node, StudyOptions study)
    {
        node.RequireKeys(Keys, PlanValues.Advice);
        bool hasModes = study is { ForceConstantsFile: not null, UnitCellFile: not null };
        var plain = new ComparisonOptions
        {
            DataFiles = [.. PlanValues.Files(node, "cells", path) ?? study.DataFiles, .. PlanValues.Files(node, "frames", path) ?? study.FrameFiles],
            AtRestFiles = PlanValues.Files(node, "at-rest", path) ?? [],
            ForceConstantsFile = hasModes ? study.ForceConstantsFile : null,
            UnitCellFile = hasModes ? study.UnitCellFile : null,
            Schemes = [.. Words(node, "schemes") ?? []],
            Pairs = PlanValues.Find(node, "pairs") is { } pairs ? [.. PlanValues.List(pairs, "pairs").Select(Pair)] : [],
            Models = [ComparedModel.Of(study.Training.Model)],
            Properties = PlanValues.Find(node, "properties") is { } properties ? [.. PlanValues.List(properties, "properties").Select(PropertyOf)] : [.. Property.All],
            Division = PlanValues.Find(node, "division") is { } division ? Division(division, study.Seed) : new DivisionOptions { Seed = study.Seed },
            Hypotheses = PlanValues.Find(node, "hypotheses") is { } hypotheses ? EvidenceSections.SchemeHypotheses(hypotheses) : [],
            Training = study.Training,
            StartFiles = PlanValues.Files(node, "start", path) ?? [],
            Graph = study.Graph,
            CacheFolder = study.CacheFolder,
            SideBySide = study.SideBySide,
        };
        return Settings(node, study.Hamiltonian is { } hamiltonian ? plain with { Hamiltonian = hamiltonian } : plain);
    }

    /// <summary>What a budget changes.</summary>
    internal static ComparisonOptions Change(YamlNode node, ComparisonOptions plain)
    {
        node.RequireKeys(BudgetKeys, PlanValues.Advice);
        return Settings(node, plain);
    }

    private static ComparisonOptions Settings(YamlNode node, ComparisonOptions plain)
    {
        ImmutableArray<ComparedModel> models = PlanValues.Find(node, "models") is { } named
            ? [.. PlanValues.List(named, "models").Select(model => ComparedModel.Of(PlanValues.Name(model, "models", ComparedModel.Names)))]
            : plain.Models;

        // Layers and read-out are those of the study's own network; other architectures have their own.
        bool isOwn = models.All(model => model.Name == plain.Training.Model);
        ComparisonOptions options = plain with
        {
            Models = models,
            TrainingSize = PlanValues.Whole(node, "size", 2) ?? plain.TrainingSize,
            ValidationSize = PlanValues.Whole(node, "validation", 1) ?? plain.ValidationSize,
            CurveSizes = PlanValues.Find(node, "curve") is { } curve ? [.. PlanValues.List(curve, "curve").Select(size => PlanValues.WholeNumber(size, "whole numbers of training cells, at least 2, for 'curve'", 2))] : plain.CurveSizes,
            EqualSteps = PlanValues.Flag(node, "equal-steps") ?? plain.EqualSteps,
            Draws = PlanValues.Whole(node, "draws", 1) ?? plain.Draws,
            Resamples = PlanValues.Whole(node, "resamples", 100) ?? plain.Resamples,
            Trials = PlanValues.Whole(node, "trials", 0) ?? plain.Trials,
            Training = isOwn ? plain.Training : plain.Training with { Layers = null, ReadOut = null },
        };
        if (PlanValues.Find(node, "training") is { } training)
        {
            options = options with { Training = PlanSections.Training(training, options.Training, "model", "layers", "read-out") };
        }

        if (PlanValues.Find(node, "recipes") is { } recipes)
        {
            options = options with { Models = Recipes(recipes, options.Models, options.Training) };
        }

        if (PlanValues.Find(node, "hamiltonian") is { } hamiltonian)
        {
            options = options with { Hamiltonian = PlanSections.Hamiltonian(hamiltonian, options.Hamiltonian) ?? throw hamiltonian.Wrong("'none'", "settings; 'models' says what is compared", PlanValues.Advice) };
        }

        return node.Make(options.Validated, PlanValues.Advice);
    }

    /// <summary>For a model what is tried, under the names and in the ways of a search space, and how long it is trained.</summary>
    private static ImmutableArray<ComparedModel> Recipes(YamlNode node, ImmutableArray<ComparedModel> models, TrainingOptions shared)
    {
        node.RequireKeys([.. models.Where(model => !model.IsHamiltonian).Select(model => model.Name)], "They are the networks that 'models' names. " + PlanValues.Advice);
        return [.. models.Select(model => PlanValues.Find(node, model.Name) is { } recipe ? model with { Recipe = Recipe(recipe, model, shared) } : model)];
    }

    private static ModelRecipe Recipe(YamlNode node, ComparedModel model, TrainingOptions shared)
    {
        node.RequireKeys(RecipeKeys, PlanValues.Advice);
        SearchDimension architectures = SearchDimension.List(HyperParameter.All.Single(each => each.Name == "model"), model.Architectures);
        ImmutableArray<SearchDimension> tried = SearchSpaceFile.Dimensions(node);
        return new ModelRecipe(
            node.Make(() => new SearchSpace(model.Name, [architectures, .. tried]), PlanValues.Advice),
            PlanValues.Whole(node, "epochs", 1) ?? shared.Epochs,
            PlanValues.Whole(node, "patience", 1) ?? shared.Patience);
    }

    private static DivisionOptions Division(YamlNode node, ulong seed)
    {
        node.RequireKeys(DivisionKeys, PlanValues.Advice);
        var plain = new DivisionOptions { Seed = seed };
        DivisionOptions division = plain with
        {
            Kind = PlanValues.Find(node, "by") is { } by
                ? Enum.Parse<DivisionKind>(PlanValues.Name(by, "by", [.. Enum.GetNames<DivisionKind>().Select(name => name.ToLowerInvariant())]), ignoreCase: true)
                : plain.Kind,
            HeldOut = [.. Words(node, "hold-out") ?? []],
            TestShare = PlanValues.Real(node, "test-share") ?? plain.TestShare,
            GapAboveElectronvolt = PlanValues.Real(node, "gap-above"),
            BlockFemtosecond = PlanValues.Real(node, "block"),
        };
        return division.Kind == DivisionKind.Configuration && !division.HeldOut.IsEmpty
            ? throw PlanValues.Find(node, "hold-out")!.Wrong("'hold-out' with 'by: configuration'", "it with condition, compound or composition", PlanValues.Advice)
            : node.Make(division.Validated, PlanValues.Advice);
    }

    private static IEnumerable<string>? Words(YamlNode node, string key) => PlanValues.Find(node, key) is { } value ? PlanValues.List(value, key).Select(item => PlanValues.Word(item, key)) : null;

    private static Property PropertyOf(YamlNode value)
    {
        string key = PlanValues.Name(value, "properties", [.. Property.All.Select(property => property.Key)]);
        return Property.All.Single(property => property.Key == key);
    }

    private static SchemePair Pair(YamlNode value) => PlanValues.Word(value, "pairs").Split(':') is [{ Length: > 0 } first, { Length: > 0 } second]
        ? new SchemePair(first, second, $"{first} against {second}", IsInFamily: true)
        : throw value.Wrong(value.Describe(), "two schemes with a colon between them, for example phonon:uniform", PlanValues.Advice);
}
