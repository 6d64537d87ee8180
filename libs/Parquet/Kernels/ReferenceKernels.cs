namespace BatchScoring.Parquet;

/// <summary>The reference: one value after the other, as the format's description says it.</summary>
internal unsafe class ReferenceKernels : DecodeKernels
{
    public override void Unpack(byte* from, int width, int count, uint* to)
    {
        ulong mask = (1ul << width) - 1;
        for (int i = 0; i < count; i++)
        {
            long bit = (long)i * width;
            to[i] = (uint)((*(ulong*)(from + (bit >> 3)) >> (int)(bit & 7)) & mask);
        }
    }

    public override uint Largest(uint* indices, int count)
    {
        uint largest = 0u;
        for (int i = 0; i < count; i++) largest = Math.Max(largest, indices[i]);
        return largest;
    }

    public override void LookUp(float* dictionary, int size, uint* indices, int count, float* to)
    {
        for (int i = 0; i < count; i++) to[i] = dictionary[indices[i]];
    }

    public override void Spread(float* dense, byte* bits, long firstRow, int rows, float* to)
    {
        for (int row = 0; row < rows; row++)
        {
            long bit = firstRow + row;
            to[row] = (bits[bit >> 3] >> (int)(bit & 7) & 1) != 0 ? *dense++ : float.NaN;
        }
    }

    public override void Round(double* from, int count, float* to)
    {
        for (int i = 0; i < count; i++) to[i] = (float)from[i];
    }

    public override void Join(byte* from, int count, float* to)
    {
        uint* words = (uint*)to;
        for (int i = 0; i < count; i++)
            words[i] = from[i] | ((uint)from[count + i] << 8) | ((uint)from[(2L * count) + i] << 16) | ((uint)from[(3L * count) + i] << 24);
    }
}
