namespace Phonograph.Numerics.Kernels;

/// <content>Messages with a factor each, for explanations; apart, so that training pays nothing for them.</content>
internal unsafe partial struct GatedSum<T>
{
    private readonly void WeightedForward<TLane>(int node, int column)
        where TLane : struct, ILane<TLane, T>
    {
        TLane sum = TLane.Zero;
        for (int edge = Start[node]; edge < Start[node + 1]; edge++)
        {
            sum += TLane.Sigmoid(Argument<TLane>(node, edge, column)) * TLane.Softplus(Argument<TLane>(node, edge, Columns + column)) * Factor[edge];
        }

        sum.Store(Result + ((long)node * Columns) + column);
    }

    private readonly void WeightedEdges<TLane>(int node, int column)
        where TLane : struct, ILane<TLane, T>
    {
        TLane dy = TLane.Load(Dy + ((long)node * Columns) + column), gateSum = TLane.Zero, coreSum = TLane.Zero;
        for (int edge = Start[node]; edge < Start[node + 1]; edge++)
        {
            TLane gate = TLane.Sigmoid(Argument<TLane>(node, edge, column));
            TLane coreArgument = Argument<TLane>(node, edge, Columns + column);
            TLane core = TLane.Softplus(coreArgument), through = dy * gate;
            if (FactorResult is not null)
            {
                FactorResult[edge] += (through * core).Total();
            }

            through *= Factor[edge];
            TLane gateGradient = (through - (through * gate)) * core, coreGradient = through * TLane.Sigmoid(coreArgument);
            gateSum += gateGradient;
            coreSum += coreGradient;
            T* result = EdgeResult + (2L * edge * Columns) + column;
            gateGradient.Store(result);
            coreGradient.Store(result + Columns);
        }

        if (Result is not null)
        {
            T* result = Result + (2L * node * Columns) + column;
            (Accumulate ? TLane.Load(result) + gateSum : gateSum).Store(result);
            (Accumulate ? TLane.Load(result + Columns) + coreSum : coreSum).Store(result + Columns);
        }
    }
}
