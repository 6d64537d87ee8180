using System.Numerics;

namespace BatchScoring.Parquet;

/// <summary>Collects the definition levels of a column chunk, page after page, as one bit a row: 1 is a value.</summary>
internal unsafe struct LevelBits
{
    private const int WordBits = 64;

    private ulong* _words;
    private ulong _word;
    private int _used;

    /// <summary>Starts anew.</summary>
    /// <param name="words">Room for all rows of the row group, rounded up to words.</param>
    public void Open(byte* words)
    {
        _words = (ulong*)words;
        (_word, _used) = (0, 0);
    }

    /// <summary>Appends a page's levels.</summary>
    /// <returns>How many of them are values.</returns>
    public int Append(byte* start, long length, int rows)
    {
        var runs = new Runs(start, start + length, 1);
        int values = 0;
        while (rows > 0)
        {
            runs.Next();
            int portion = (int)Math.Min(rows, runs.Left);
            if (runs.IsPacked) values += AppendPacked(runs.Packed, portion);
            else
            {
                if (runs.Value > 1) ThrowUnsupported.Levels($"a level is {runs.Value} in a flat column");
                AppendRun(runs.Value == 1, portion);
                if (runs.Value == 1) values += portion;
            }

            rows -= portion;
        }

        return values;
    }

    /// <summary>Appends rows that all have a value, or all none.</summary>
    public void AppendRun(bool isValue, int rows)
    {
        ulong bits = isValue ? ulong.MaxValue : 0;
        for (; rows >= WordBits; rows -= WordBits) Append(bits, WordBits);
        if (rows > 0) Append(bits, rows);
    }

    /// <summary>Writes the last, partial word.</summary>
    public readonly void Close() => *_words = _word;

    private int AppendPacked(byte* packed, int rows)
    {
        int values = 0;
        for (; rows > 0; rows -= WordBits, packed += sizeof(ulong))
        {
            int count = Math.Min(rows, WordBits);
            ulong bits = *(ulong*)packed & Mask(count);
            values += BitOperations.PopCount(bits);
            Append(bits, count);
        }

        return values;
    }

    private void Append(ulong bits, int count)
    {
        bits &= Mask(count);
        _word |= bits << _used;
        if (_used + count < WordBits)
        {
            _used += count;
            return;
        }

        *_words++ = _word;
        _word = _used == 0 ? 0 : bits >> (WordBits - _used);
        _used += count - WordBits;
    }

    private static ulong Mask(int count) => ulong.MaxValue >> (WordBits - count);
}
