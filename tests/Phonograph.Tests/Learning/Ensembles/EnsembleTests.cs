using System.Collections.Immutable;
using Phonograph.Files;
using Phonograph.Learning;
using Phonograph.Learning.Ensembles;
using Phonograph.Learning.Fitting;
using Phonograph.Learning.Training;
using Phonograph.Numerics.Memory;

namespace Phonograph.Tests.Learning.Ensembles;

public sealed class EnsembleTests : IDisposable
{
    private static readonly TrainingOptions Options = new() { Model = "m5", Hidden = 8, BatchSize = 8, Epochs = 4, Seed = 3 };
    private static readonly TrainingData Data = SyntheticCells.Data(16, 8);
    private readonly string _folder = Directory.CreateTempSubdirectory("phonograph-ensemble-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Value_and_spread_are_those_of_the_members_in_any_order()
    {
        GraphPrediction[] members = [new(0.1, OutsideReasons.None), new(0.7, OutsideReasons.Saturated), new(0.31, OutsideReasons.EdgeLength), new(1e-3, OutsideReasons.None)];
        var together = EnsemblePrediction.Of(members);
        double mean = members.Average(member => member.Value);
        Assert.Equal(mean, together.Value, 1e-15);
        Assert.Equal(Math.Sqrt(members.Sum(member => Math.Pow(member.Value - mean, 2)) / 3), together.Spread, 1e-15);
        Assert.Equal(OutsideReasons.Saturated | OutsideReasons.EdgeLength, together.Reasons);
        Assert.Equal(together, EnsemblePrediction.Of([members[2], members[0], members[3], members[1]]));
        Assert.True(double.IsNaN(EnsemblePrediction.Of([members[0], new(double.NaN, OutsideReasons.NoFeatures)]).Value));
        Assert.Throws<ArgumentException>(() => EnsemblePrediction.Of([members[0]]));
    }

    [Fact]
    public void Neither_members_side_by_side_nor_threads_nor_their_order_change_a_bit()
    {
        Ensemble inTurn = Train(3, "turn", sideBySide: 1), sideBySide = Train(3, "side", sideBySide: 3);
        Assert.Equal(inTurn.Calibration, sideBySide.Calibration);
        ImmutableArray<LabelledGraph> test = SyntheticCells.Many(9000, 5);
        Phonograph.Graphs.CrystalGraph[] graphs = [.. test.Select(each => each.Graph)];
        ImmutableArray<EnsemblePrediction> predictions = inTurn.Predict(graphs, cancellation: TestContext.Current.CancellationToken);
        using var pool = new WorkerPool(1);
        Assert.Equal(predictions, sideBySide.Predict(graphs, pool, TestContext.Current.CancellationToken));
        Assert.Equal(predictions, Ensemble.Of([.. inTurn.Members.Reverse()], inTurn.Calibration).Predict(graphs, pool, TestContext.Current.CancellationToken));
        Assert.All(predictions, prediction => Assert.True(prediction.Spread > 0));
    }

    [Fact]
    public void A_larger_ensemble_keeps_the_members_of_the_smaller_one()
    {
        Ensemble small = Train(2, "grown");
        DateTime[] written = [.. Written(small)];
        Ensemble large = Train(4, "grown");
        Assert.Equal(small.Members.Select(EnsembleFolder.MemberFile), large.Members.Take(2).Select(EnsembleFolder.MemberFile));
        Assert.Equal(written, Written(small));
        Assert.Equal(4, large.Members.Select(EnsembleFolder.MemberFile).Distinct().Count());

        IEnumerable<DateTime> Written(Ensemble ensemble) => ensemble.Members.Select(member => File.GetLastWriteTimeUtc(Path.Combine(_folder, "grown", EnsembleFolder.MemberFile(member))));
    }

    [Fact]
    public void Other_seeds_share_no_member_and_resampled_members_have_cells_of_their_own()
    {
        var plain = new EnsembleOptions(5);
        ulong[] seeds = [.. plain.Requests(Data, Options).Concat(plain.Requests(Data, Options with { Seed = 4 })).Select(request => request.Options.Seed)];
        Assert.Equal(10, seeds.Distinct().Count());
        Assert.All(plain.Requests(Data, Options), request => Assert.Same(Data, request.Data));
        ImmutableArray<FitRequest> resampled = new EnsembleOptions(5, IsResampled: true).Requests(Data, Options);
        Assert.All(resampled, request =>
        {
            Assert.Equal(Data.Training.Length, request.Data.Training.Length);
            Assert.Equal(Data.Validation, request.Data.Validation);
            Assert.All(request.Data.Training, cell => Assert.Contains(cell, Data.Training));
            Assert.True(request.Data.Training.Distinct().Count() < Data.Training.Length);
        });
        Assert.Equal(5, resampled.Select(request => string.Join(' ', request.Data.Training.Select(cell => cell.Configuration))).Distinct().Count());
    }

    [Fact]
    public void An_ensemble_comes_back_from_its_folder_as_it_was()
    {
        Ensemble ensemble = Train(2, "kept", isResampled: true);
        string folder = Path.Combine(_folder, "kept");
        Assert.Contains("a folder without ensemble.json", Assert.Throws<InputException>(() => EnsembleFolder.Read(folder)).Message, StringComparison.Ordinal);
        EnsembleFolder.Write(folder, ensemble);
        Ensemble again = EnsembleFolder.Read(folder);
        Assert.Equal(ensemble.Calibration, again.Calibration);
        Assert.Equal(ensemble.Predict(Data.Validation, "validation"), again.Predict(Data.Validation, "validation"));

        string list = Path.Combine(folder, EnsembleFolder.FileName), whole = File.ReadAllText(list);
        foreach ((string from, string to, string reason) in new[]
        {
            ("phonograph-ensemble", "other", "format other"), ("\"factor\": ", "\"factor\": -", "a calibration with factor -"), ("\"shared\"", "\"share\"", "no list of an ensemble"),
            ("\"members\": [\n    \"", "\"members\": [\n    \"../", "outside the folder"),
        })
        {
            File.WriteAllText(list, whole.Replace(from, to, StringComparison.Ordinal));
            Assert.Contains(reason, Assert.Throws<InputException>(() => EnsembleFolder.Read(folder)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(101)]
    public void One_model_is_no_ensemble(int count) =>
        Assert.Contains("expected 2 to 100", Assert.Throws<InputException>(() => new EnsembleOptions(count).Requests(Data, Options)).Message, StringComparison.Ordinal);

    [Fact]
    public void Members_of_different_kinds_are_refused()
    {
        Ensemble one = Train(2, "one");
        TrainedModel other = one.Members[0] with { Description = one.Members[0].Description with { Level = "another" } };
        Assert.Throws<InputException>(() => Ensemble.Of([one.Members[0], other], one.Calibration));
    }

    private Ensemble Train(int members, string folder, int? sideBySide = 2, bool isResampled = false) =>
        Ensemble.Train(Data, Options, new EnsembleOptions(members, isResampled), new FitCache(Path.Combine(_folder, folder)), sideBySide, cancellation: TestContext.Current.CancellationToken);
}
