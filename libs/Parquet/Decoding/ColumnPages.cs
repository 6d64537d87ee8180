using System.Numerics;
using System.Runtime.CompilerServices;

namespace BatchScoring.Parquet;

/// <summary>A column chunk after loading: which rows have a value, and the values page by page; handed out window by window.</summary>
internal sealed unsafe class ColumnPages(ParquetColumn column)
{
    private PagePart[] _parts = new PagePart[1];
    private int _count;
    private int _part;
    private int _used;
    private long _row;
    private IndexReader _indices;

    public ParquetColumn Column { get; } = column;

    /// <summary>Which rows have a value, see <see cref="LevelBits"/>; null where all have.</summary>
    public byte* Bits { get; set; }

    /// <summary>The dictionary's values; readable beyond its end.</summary>
    public float* Dictionary { get; set; }

    public int DictionarySize { get; set; }

    public void Clear()
    {
        (_count, _part, _used, _row) = (0, 0, 0, 0);
        Bits = null;
        Dictionary = null;
        DictionarySize = 0;
    }

    public void Add(PagePart part)
    {
        if (part.Values == 0) return;
        if (_count == _parts.Length) Array.Resize(ref _parts, 2 * _count);
        _parts[_count++] = part;
        if (_count == 1) OpenPart();
    }

    /// <summary>How many of the next rows have a value.</summary>
    public int CountValues(int rows) => Bits == null ? rows : CountBits(Bits, _row, rows);

    /// <summary>The next rows as floats, NaN where there is no value.</summary>
    /// <param name="kernels">The inner loops.</param>
    /// <param name="rows">How many, at most <see cref="RowGroupReader.MaxRows"/>.</param>
    /// <param name="window">Room to work in, see <see cref="WindowLayout"/>.</param>
    /// <param name="to">Room for the result.</param>
    /// <returns>The result: <paramref name="to"/>, or the page itself where nothing has to be done.</returns>
    public float* ReadFloats(DecodeKernels kernels, int rows, byte* window, float* to)
    {
        int values = CountValues(rows);
        float* result;
        if (values == rows) result = TakeFloats(kernels, values, window, to);
        else
        {
            result = to;
            if (values == 0) new Span<float>(to, rows).Fill(float.NaN);
            else kernels.Spread(TakeFloats(kernels, values, window, WindowLayout.Dense(window)), Bits, _row, rows, to);
        }

        _row += rows;
        return result;
    }

    /// <summary>The next rows as values of 64 bits, whatever they mean; undefined where there is none.</summary>
    public void ReadWide(int rows, ulong* to)
    {
        int values = CountValues(rows);
        ulong* dense = to + (rows - values); // Behind the rows that are spread from the front: it is never overtaken.
        for (int done = 0; done < values;)
        {
            PagePart part = _parts[_part];
            int portion = Math.Min(values - done, part.Values - _used);
            Buffer.MemoryCopy((ulong*)part.Data + _used, dense + done, portion * sizeof(ulong), portion * sizeof(ulong));
            Advance(portion);
            done += portion;
        }

        if (values < rows)
        {
            for (int row = 0; row < rows; row++)
            {
                long bit = _row + row;
                if ((Bits[bit >> 3] >> (int)(bit & 7) & 1) != 0) to[row] = *dense++;
            }
        }

        _row += rows;
    }

    /// <summary>Which of the rows that were read last have a value: bit r % 64 of word r / 64.</summary>
    /// <param name="rows">How many were read.</param>
    /// <param name="to">One bit a row.</param>
    /// <returns>False where all have; then <paramref name="to"/> is left as it is.</returns>
    public bool FindMissing(int rows, Span<ulong> to)
    {
        long first = _row - rows;
        if (Bits == null || CountBits(Bits, first, rows) == rows) return false;
        for (int row = 0; row < rows; row += 64)
        {
            byte* from = Bits + ((first + row) >> 3);
            int shift = (int)((first + row) & 7);
            ulong word = Unsafe.ReadUnaligned<ulong>(from) >> shift;
            to[row >> 6] = shift == 0 ? word : word | ((ulong)from[8] << (64 - shift));
        }

        return true;
    }

    /// <summary>The next rows as integers of 32 or 64 bits; 0 where there is no value.</summary>
    public void ReadKeys<T>(int rows, T* to, ulong* validity) where T : unmanaged
    {
        for (int row = 0; row < rows; row++)
        {
            long bit = _row + row;
            bool isValue = Bits == null || (Bits[bit >> 3] >> (int)(bit & 7) & 1) != 0;
            if ((row & 63) == 0) validity[row >> 6] = 0;
            if (isValue) validity[row >> 6] |= 1ul << row;
            to[row] = isValue ? TakeKey<T>() : default;
        }

        _row += rows;
    }

    private static int CountBits(byte* bits, long first, int rows)
    {
        int count = 0;
        const int step = 56; // what is left of a word after the worst shift
        for (int row = 0; row < rows; row += step)
        {
            long bit = first + row;
            ulong word = Unsafe.ReadUnaligned<ulong>(bits + (bit >> 3)) >> (int)(bit & 7);
            count += BitOperations.PopCount(word & (ulong.MaxValue >> (64 - Math.Min(step, rows - row))));
        }

        return count;
    }

    /// <summary>The next values; straight from the page where they are floats there, one behind the other.</summary>
    private float* TakeFloats(DecodeKernels kernels, int count, byte* window, float* to)
    {
        if (!_parts[_part].IsIndices && _parts[_part].Values - _used >= count)
        {
            float* page = (float*)_parts[_part].Data + _used;
            Advance(count);
            return page;
        }

        float* target = to;
        while (count > 0)
        {
            PagePart part = _parts[_part];
            int portion = Math.Min(count, part.Values - _used);
            if (part.IsIndices) LookUp(kernels, portion, window, target);
            else Buffer.MemoryCopy((float*)part.Data + _used, target, portion * sizeof(float), portion * sizeof(float));
            Advance(portion);
            target += portion;
            count -= portion;
        }

        return to;
    }

    private void LookUp(DecodeKernels kernels, int count, byte* window, float* to)
    {
        uint* indices = WindowLayout.Indices(window);
        _indices.Read(kernels, indices, count);
        if (kernels.Largest(indices, count) >= DictionarySize) ThrowUnsupported.Data("an index points behind the dictionary");
        kernels.LookUp(Dictionary, DictionarySize, indices, count, to);
    }

    private T TakeKey<T>() where T : unmanaged
    {
        T value = ((T*)_parts[_part].Data)[_used];
        Advance(1);
        return value;
    }

    private void Advance(int count)
    {
        _used += count;
        if (_used < _parts[_part].Values) return;
        _used = 0;
        if (++_part < _count) OpenPart();
    }

    private void OpenPart()
    {
        if (_parts[_part].IsIndices) _indices.Open(_parts[_part].Data, _parts[_part].Length);
    }
}
