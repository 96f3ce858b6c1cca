using System.Collections.Immutable;
using System.Globalization;
using Phonograph.Files;
using Phonograph.Learning.Models;
using Phonograph.Learning.Storage;
using Phonograph.Numerics.Optimization;

namespace Phonograph.Learning.Training;

/// <summary>All that a training carries from one pass to the next; a checkpoint is a copy of it in a file.</summary>
internal sealed class TrainingState
{
    private const string Format = "phonograph-checkpoint", BestPrefix = "best.", FirstMomentPrefix = "adam.first.", SecondMomentPrefix = "adam.second.";
    private readonly float[][] _best;

    public TrainingState(TrainingOptions options)
    {
        Network = new GraphConvModel<float>(GraphConvVariant.Of(options.Model), options.Hidden, options.Dropout, options.Seed);
        Optimizer = new Adam<float>(Network.Parameters, options.LearningRate);
        _best = [.. Network.Arrays().Select(array => array.Values.ToArray())];
    }

    public GraphConvModel<float> Network { get; }

    public Adam<float> Optimizer { get; }

    public List<EpochRecord> History { get; } = [];

    /// <summary>Passes done.</summary>
    public int Epoch => History.Count;

    /// <summary>Pass with the lowest validation loss; 0 before the first.</summary>
    public int BestEpoch { get; private set; }

    public double BestLoss { get; private set; } = double.PositiveInfinity;

    /// <summary>Passes since the validation loss last improved or the learning rate was last reduced.</summary>
    public int SinceProgress { get; set; }

    /// <summary>Keeps the weights as the best so far.</summary>
    public void KeepAsBest(double loss)
    {
        BestLoss = loss;
        BestEpoch = Epoch;
        foreach ((NamedArray<float> array, float[] copy) in Network.Arrays().Zip(_best))
        {
            array.Values.CopyTo(copy);
        }
    }

    /// <summary>Puts the best weights into the network.</summary>
    public void RestoreBest()
    {
        foreach ((NamedArray<float> array, float[] copy) in Network.Arrays().Zip(_best))
        {
            copy.CopyTo(array.Values);
        }
    }

    /// <summary>Writes the whole state.</summary>
    public void Write(string path, string fingerprint)
    {
        var tensors = ImmutableSortedDictionary.CreateBuilder<string, SafetensorsTensor>(StringComparer.Ordinal);
        NetworkTensors.Add(tensors, Network.Arrays());
        NetworkTensors.Add(tensors, Best(), BestPrefix);
        NetworkTensors.Add(tensors, Moments(FirstMomentPrefix, Optimizer.FirstMoment));
        NetworkTensors.Add(tensors, Moments(SecondMomentPrefix, Optimizer.SecondMoment));
        tensors.Add(HistoryTensor.Name, HistoryTensor.Of(History));
        tensors.Add("state", SafetensorsTensor.Of([Optimizer.StepCount, Optimizer.LearningRate, BestEpoch, BestLoss, SinceProgress], 5));
        var metadata = ImmutableSortedDictionary<string, string>.Empty.Add("format", Format).Add("fingerprint", fingerprint);
        new SafetensorsFile(tensors.ToImmutable(), metadata).Write(path);
    }

    /// <summary>Continues from a checkpoint.</summary>
    /// <exception cref="InputException">The file is damaged, or belongs to other data or settings.</exception>
    public void Read(string path, string fingerprint)
    {
        SafetensorsFile file = SafetensorsFile.Read(path);
        if (file.Metadata.GetValueOrDefault("format") != Format)
        {
            throw InputException.At(path, 0, "another kind of file", "a checkpoint of a training", "Choose another output, or move the file away.");
        }

        if (file.Metadata.GetValueOrDefault("fingerprint") != fingerprint)
        {
            throw new InputException($"{path}: this checkpoint belongs to a training with other data, settings or program version. Repeat the earlier command to continue it, or delete the file to start anew.");
        }

        NetworkTensors.Restore(file, Network.Arrays(), path);
        NetworkTensors.Restore(file, Best(), path, BestPrefix);
        NetworkTensors.Restore(file, Moments(FirstMomentPrefix, Optimizer.FirstMoment), path);
        NetworkTensors.Restore(file, Moments(SecondMomentPrefix, Optimizer.SecondMoment), path);
        double[] state = NetworkTensors.Require(file, "state", path).ToDoubles();
        if (state.Length != 5)
        {
            throw InputException.At(path, 0, $"a state of {state.Length.ToString(CultureInfo.InvariantCulture)} numbers", "five", "Delete the file to start anew.");
        }

        Optimizer.Resume((long)state[0]);
        Optimizer.LearningRate = state[1];
        BestEpoch = (int)state[2];
        BestLoss = state[3];
        SinceProgress = (int)state[4];
        History.Clear();
        History.AddRange(HistoryTensor.Read(file, path));
    }

    private delegate Span<float> MomentOf(int parameter);

    private IEnumerable<NamedArray<float>> Moments(string prefix, MomentOf moment) =>
        Network.Parameters.Select((parameter, index) => new NamedArray<float>(prefix + parameter.Name, [parameter.Length], () => moment(index)));

    private IEnumerable<NamedArray<float>> Best() =>
        Network.Arrays().Zip(_best).Select(pair => new NamedArray<float>(pair.First.Name, pair.First.Shape, () => pair.Second));
}
