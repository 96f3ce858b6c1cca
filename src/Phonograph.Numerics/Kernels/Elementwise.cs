using System.Numerics;
using Phonograph.Numerics.Memory;

namespace Phonograph.Numerics.Kernels;

/// <summary>result[i] (+)= f(x[i], y[i]) for a function f given as a type; cut into blocks of elements.</summary>
internal unsafe struct Elementwise<T, TFunction> : IBlockWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TFunction : struct, IElementFunction<T>
{
    private const int ElementsPerBlock = 8192;
    private T* _x;
    private T* _y;
    private T* _result;
    private int _length;
    private bool _accumulate;
    private TFunction _function;

    /// <summary>Does all elements. A function of one argument is given x twice.</summary>
    internal static void Run(WorkerPool pool, TFunction function, T* x, T* y, T* result, int length, bool accumulate)
    {
        var work = new Elementwise<T, TFunction> { _x = x, _y = y, _result = result, _length = length, _accumulate = accumulate, _function = function };
        pool.Run((length + ElementsPerBlock - 1) / ElementsPerBlock, work, large: length > 8 * ElementsPerBlock);
    }

    public readonly void Execute(int block, int worker)
    {
        int index = block * ElementsPerBlock;
        int end = Math.Min(_length, index + ElementsPerBlock);
        for (; index <= end - Vector<T>.Count; index += Vector<T>.Count)
        {
            Vector<T> value = _function.Apply(Vector.Load(_x + index), Vector.Load(_y + index));
            (_accumulate ? Vector.Load(_result + index) + value : value).Store(_result + index);
        }

        for (; index < end; index++)
        {
            T value = _function.Apply(_x[index], _y[index]);
            _result[index] = _accumulate ? _result[index] + value : value;
        }
    }
}
