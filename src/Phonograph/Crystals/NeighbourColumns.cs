using System.Runtime.InteropServices;

namespace Phonograph.Crystals;

/// <summary>Columns of a neighbour table while they grow; the pairs of one target are sorted when it ends.</summary>
internal sealed class NeighbourColumns(int targets, int capacity)
{
    private readonly int[] _start = new int[targets + 1];
    private int[] _source = GC.AllocateUninitializedArray<int>(capacity);
    private IntegerVector3[] _image = GC.AllocateUninitializedArray<IntegerVector3>(capacity);
    private double[] _distance = GC.AllocateUninitializedArray<double>(capacity);
    private int _count, _target;

    internal void Add(int source, IntegerVector3 image, double distance)
    {
        int place = _count;
        if (place == _source.Length)
        {
            int larger = Math.Max(16, 2 * place);
            Array.Resize(ref _source, larger);
            Array.Resize(ref _image, larger);
            Array.Resize(ref _distance, larger);
        }

        _source[place] = source;
        _image[place] = image;
        _distance[place] = distance;
        _count = place + 1;
    }

    /// <summary>Sorts the pairs of the target by source and image, unless they are sorted already.</summary>
    /// <param name="isSorted">True when they are known to be sorted.</param>
    internal void EndTarget(bool isSorted)
    {
        int first = _start[_target];
        for (int pair = isSorted ? _count : first + 1; pair < _count; pair++)
        {
            if (Compare(_source[pair - 1], _image[pair - 1], _source[pair], _image[pair]) > 0)
            {
                Sort(first);
                break;
            }
        }

        _start[++_target] = _count;
    }

    internal NeighbourTable ToTable()
    {
        Array.Resize(ref _source, _count);
        Array.Resize(ref _image, _count);
        Array.Resize(ref _distance, _count);
        return new NeighbourTable(
            ImmutableCollectionsMarshal.AsImmutableArray(_start),
            ImmutableCollectionsMarshal.AsImmutableArray(_source),
            ImmutableCollectionsMarshal.AsImmutableArray(_image),
            ImmutableCollectionsMarshal.AsImmutableArray(_distance));
    }

    private void Sort(int first)
    {
        var pairs = new (int Source, IntegerVector3 Image, double Distance)[_count - first];
        for (int pair = 0; pair < pairs.Length; pair++)
        {
            pairs[pair] = (_source[first + pair], _image[first + pair], _distance[first + pair]);
        }

        Array.Sort(pairs, (a, b) => Compare(a.Source, a.Image, b.Source, b.Image));
        for (int pair = 0; pair < pairs.Length; pair++)
        {
            (_source[first + pair], _image[first + pair], _distance[first + pair]) = pairs[pair];
        }
    }

    private static int Compare(int source, in IntegerVector3 image, int otherSource, in IntegerVector3 otherImage) =>
        source != otherSource ? source.CompareTo(otherSource)
        : image.X != otherImage.X ? image.X.CompareTo(otherImage.X)
        : image.Y != otherImage.Y ? image.Y.CompareTo(otherImage.Y)
        : image.Z.CompareTo(otherImage.Z);
}
