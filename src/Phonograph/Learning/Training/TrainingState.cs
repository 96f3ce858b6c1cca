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
    private const string Format = "phonograph-checkpoint", BestPrefix = "best.", AveragePrefix = "average.", FirstMomentPrefix = "adam.first.", SecondMomentPrefix = "adam.second.";
    private readonly TrainingOptions _options;
    private readonly float[][] _best;
    private readonly NamedArray<float>[] _arrays;
    private readonly float[][] _average;
    private readonly bool[] _isFrozen;

    public TrainingState(TrainingOptions options, GraphNetwork<float> network)
    {
        Network = network;
        Optimizer = new Adam<float>(Network.Parameters, options.LearningRate, new AdamOptions(WeightDecay: options.WeightDecay, DecoupledWeightDecay: true));
        Plateau = new PlateauSchedule(options.PlateauFactor, options.PlateauPatience);
        _options = options;
        _arrays = [.. Network.Arrays()];
        _best = [.. _arrays.Select(array => array.Values.ToArray())];
        HashSet<string> trained = [.. Network.Parameters.Where(parameter => !parameter.Frozen).Select(parameter => parameter.Name)];
        _isFrozen = [.. _arrays.Select(array => options.Freeze && !trained.Contains(array.Name))];
        _average = options.AverageDecay > 0 ? [.. _arrays.Select(array => array.Values.ToArray())] : [];
    }

    public GraphNetwork<float> Network { get; }

    public Adam<float> Optimizer { get; }

    public List<EpochRecord> History { get; } = [];

    /// <summary>Passes done.</summary>
    public int Epoch => History.Count;

    /// <summary>Pass with the lowest validation loss; 0 before the first.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>The lowest validation loss, and the passes since it fell or the learning rate was last reduced.</summary>
    public PlateauSchedule Plateau { get; }

    /// <summary>Takes the weights after a step into their running average, where there is one.</summary>
    public void UpdateAverage()
    {
        for (int index = 0; index < _average.Length; index++)
        {
            // The average of equal numbers may round to another one: what is frozen is left alone.
            if (!_isFrozen[index])
            {
                ExponentialAverage.Update<float>(_average[index], _arrays[index].Values, _options.AverageDecay, isFirst: Optimizer.StepCount == 1);
            }
        }
    }

    /// <summary>Exchanges weights and their running average, where there is one: before validation and again after it.</summary>
    public void ExchangeAverage()
    {
        for (int index = 0; index < _average.Length; index++)
        {
            Span<float> values = _arrays[index].Values;
            for (int element = 0; element < values.Length; element++)
            {
                (values[element], _average[index][element]) = (_average[index][element], values[element]);
            }
        }
    }

    /// <summary>Keeps the weights as the best so far.</summary>
    public void KeepAsBest()
    {
        BestEpoch = Epoch;
        foreach ((NamedArray<float> array, float[] copy) in _arrays.Zip(_best))
        {
            array.Values.CopyTo(copy);
        }
    }

    /// <summary>Puts the best weights into the network.</summary>
    public void RestoreBest()
    {
        foreach ((NamedArray<float> array, float[] copy) in _arrays.Zip(_best))
        {
            copy.CopyTo(array.Values);
        }
    }

    /// <summary>Writes the whole state.</summary>
    public void Write(string path, string fingerprint)
    {
        var tensors = ImmutableSortedDictionary.CreateBuilder<string, SafetensorsTensor>(StringComparer.Ordinal);
        NetworkTensors.Add(tensors, _arrays);
        NetworkTensors.Add(tensors, Copies(_best), BestPrefix);
        NetworkTensors.Add(tensors, Copies(_average), AveragePrefix);
        NetworkTensors.Add(tensors, Moments(FirstMomentPrefix, Optimizer.FirstMoment));
        NetworkTensors.Add(tensors, Moments(SecondMomentPrefix, Optimizer.SecondMoment));
        tensors.Add(HistoryTensor.Name, HistoryTensor.Of(History));
        tensors.Add("state", SafetensorsTensor.Of([Optimizer.StepCount, Optimizer.LearningRate, BestEpoch, Plateau.Best, Plateau.Waited], 5));
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

        NetworkTensors.Restore(file, _arrays, path);
        NetworkTensors.Restore(file, Copies(_best), path, BestPrefix);
        NetworkTensors.Restore(file, Copies(_average), path, AveragePrefix);
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
        Plateau.Resume(state[3], (int)state[4]);
        History.Clear();
        History.AddRange(HistoryTensor.Read(file, path));
    }

    private delegate Span<float> MomentOf(int parameter);

    private IEnumerable<NamedArray<float>> Moments(string prefix, MomentOf moment) =>
        Network.Parameters.Select((parameter, index) => new NamedArray<float>(prefix + parameter.Name, [parameter.Length], () => moment(index)));

    private IEnumerable<NamedArray<float>> Copies(float[][] copies) =>
        _arrays.Zip(copies).Select(pair => new NamedArray<float>(pair.First.Name, pair.First.Shape, () => pair.Second));
}
