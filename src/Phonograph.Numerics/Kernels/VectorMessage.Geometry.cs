namespace Phonograph.Numerics.Kernels;

/// <content>Gradients of what an edge is, for explanations.</content>
internal unsafe partial struct VectorMessage<T>
{
    private readonly void GeometryOf(int node)
    {
        for (int edge = Start[node]; edge < Start[node + 1]; edge++)
        {
            VectorLane<T> factor = VectorLane<T>.Zero, x = VectorLane<T>.Zero, y = VectorLane<T>.Zero, z = VectorLane<T>.Zero;
            int column = 0;
            for (; column <= Columns - VectorLane<T>.Width; column += VectorLane<T>.Width)
            {
                AddGeometry(node, edge, column, ref factor, ref x, ref y, ref z);
            }

            ScalarLane<T> factorRest = new(factor.Total()), xRest = new(x.Total()), yRest = new(y.Total()), zRest = new(z.Total());
            for (; column < Columns; column++)
            {
                AddGeometry(node, edge, column, ref factorRest, ref xRest, ref yRest, ref zRest);
            }

            if (First is not null)
            {
                First[edge] += factorRest.Total();
            }

            if (Second is not null)
            {
                Second[3 * edge] += xRest.Total() * Factor[edge];
                Second[(3 * edge) + 1] += yRest.Total() * Factor[edge];
                Second[(3 * edge) + 2] += zRest.Total() * Factor[edge];
            }
        }
    }

    private readonly void AddGeometry<TLane>(int node, int edge, int column, ref TLane factor, ref TLane x, ref TLane y, ref TLane z)
        where TLane : struct, ILane<TLane, T>
    {
        long source = ((long)Other[edge] * Columns) + column, row = RowOf(edge) + column;
        (TLane carried, TLane along) = Projections<TLane>(node, Other[edge], edge, column);
        TLane filtered = TLane.Load(B + row) * TLane.Load(Q + source);
        factor = factor + (carried * TLane.Load(A + row) * TLane.Load(P + source)) + (along * filtered);
        T* dy = Dy + (3L * node * Columns) + column;
        x += filtered * TLane.Load(dy);
        y += filtered * TLane.Load(dy + Columns);
        z += filtered * TLane.Load(dy + (2 * Columns));
    }
}
