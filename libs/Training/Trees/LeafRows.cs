using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BatchScoring.Training.Sampling;

namespace BatchScoring.Training.Trees;

/// <summary>
/// Rows of a sample sorted by leaf, those of a leaf in their own order: all of them before the first split, then those of the side with
/// fewer rows, by the leaf that they were in before.
/// </summary>
/// <typeparam name="TPair">What a row adds to the cells of its bins.</typeparam>
internal sealed unsafe class LeafRows<TPair>
    where TPair : unmanaged
{
    private const int WordRows = Workers.WordRows;

    /// <summary>Rows of a piece at most: bins of sixteen columns come to 1 MB, which stays near while all leaves are summed.</summary>
    private const int MostRows = 1 << 16;
    private readonly int _tableRows;
    private readonly PinnedBuffer<int> _rows;
    private readonly PinnedBuffer<TPair>[] _pairs, _byRow;
    private readonly PinnedBuffer<ulong> _sampled, _smaller;
    private readonly int[] _starts, _counts;
    private readonly Workers _workers;

    /// <summary>Words of a piece of the table.</summary>
    private readonly int _pieceWords;

    /// <summary>The rows of every piece that are looked at.</summary>
    private readonly ListedRows[] _listed;
    private readonly IPairMaker<TPair> _maker;
    private (PinnedBuffer<int> Rows, PinnedBuffer<TPair> Pairs)? _aside;

    /// <param name="tableRows">Of the table.</param>
    /// <param name="leaves">Before a split at most.</param>
    /// <param name="outputs">Derivatives per row.</param>
    /// <param name="maker">Makes pairs.</param>
    /// <param name="workers">Share the rows.</param>
    public LeafRows(int tableRows, int leaves, int outputs, IPairMaker<TPair> maker, Workers workers)
    {
        (_tableRows, _maker) = (tableRows, maker);
        (_starts, _counts) = (new int[leaves], new int[leaves]);
        _rows = new PinnedBuffer<int>((long)tableRows + PairSums.Ahead);
        _rows.Span.Clear();
        _pairs = [.. Enumerable.Range(0, outputs).Select(_ => new PinnedBuffer<TPair>(tableRows))];
        _byRow = [.. Enumerable.Range(0, outputs).Select(_ => new PinnedBuffer<TPair>(tableRows))];
        int words = (tableRows + WordRows - 1) / WordRows;
        (_sampled, _smaller) = (new(words), new(words));
        (_workers, _pieceWords) = (workers, Math.Min(MostRows, workers.PieceOf(tableRows)) / WordRows);
        int pieces = (words + _pieceWords - 1) / _pieceWords;
        _listed = [.. Enumerable.Range(0, pieces).Select(_ => new ListedRows(_pieceWords * WordRows, leaves))];
    }

    /// <summary>Leaves before the split.</summary>
    public int Leaves { get; private set; }

    /// <summary>Whether the side with fewer rows is the one where the split is true.</summary>
    public bool IsTrueSide { get; private set; }

    /// <summary>Row numbers, readable for some more than there are.</summary>
    public int* Rows => _rows.Start;

    /// <summary>Of every row.</summary>
    public TPair* Pairs(int output) => _pairs[output].Start;

    /// <summary>The same by row of the table; of rows in the sample.</summary>
    public TPair* PairsByRow(int output) => _byRow[output].Start;

    public int StartOf(int leaf) => _starts[leaf];

    public int CountOf(int leaf) => _counts[leaf];

    /// <summary>Pieces of the table: rows of a leaf come piece after piece.</summary>
    public int Pieces { get; private set; }

    /// <summary>The place after the last row of a leaf that lies in a piece or before it.</summary>
    public int EndOf(int leaf, int piece) => piece == Pieces - 1 ? _starts[leaf] + _counts[leaf] : _listed[piece].EndOf(leaf);

    /// <summary>The first of the leaves that these rows are summed into; the others are what is left.</summary>
    /// <param name="leaves">Leaves after the split.</param>
    public int FirstSummed(int leaves) => leaves > Leaves && IsTrueSide ? Leaves : 0;

    public void Take(RowSample sample)
    {
        (Leaves, Pieces) = (1, 1);
        (_starts[0], _counts[0]) = (0, sample.Count);
        if (sample.Words is null) _sampled.Span.Clear();
        else sample.Words.AsSpan(0, (int)_sampled.Count).CopyTo(_sampled.Span);
        _workers.ForRows(sample.Count, (start, end) =>
        {
            ReadOnlySpan<int> rows = sample.Rows.AsSpan(start, end - start);
            rows.CopyTo(new Span<int>(Rows + start, rows.Length));
            if (sample.Words is null) Mark(rows);
            for (int output = 0; output < _pairs.Length; output++) Pair(sample, output, start, end);
        });
    }

    /// <summary>Rows come in order mostly: a word is written when it is left, not with every row. Pieces may meet in a word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Mark(ReadOnlySpan<int> rows)
    {
        ulong* words = _sampled.Start;
        int word = 0;
        ulong bits = 0;
        foreach (int row in rows)
        {
            if (row / WordRows != word)
            {
                Interlocked.Or(ref words[word], bits);
                (word, bits) = (row / WordRows, 0);
            }

            bits |= 1UL << (row % WordRows);
        }

        Interlocked.Or(ref words[word], bits);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pair(RowSample sample, int output, int start, int end)
    {
        ReadOnlySpan<int> rows = sample.Rows.AsSpan(0, end);
        TPair* pairs = Pairs(output), byRow = _byRow[output].Start;
        _maker.Make(sample, output, start, end, pairs);
        for (int i = start; i < end; i++) byRow[rows[i]] = pairs[i];
    }

    /// <summary>All rows of a sample by the leaf that they are in now.</summary>
    /// <param name="of">Where the sample was taken.</param>
    /// <param name="leaves">By row of the table.</param>
    /// <param name="count">How many leaves there are.</param>
    public void TakeAll(LeafRows<TPair> of, ushort[] leaves, int count)
    {
        Leaves = count;
        of._sampled.Span.CopyTo(_smaller.Span);
        _workers.ForAll(_listed.Length, (piece, _) => List(leaves, piece));
        PlaceAll(leaves, of);
    }

    /// <summary>All rows after one split more. Those of a leaf part where they are: the ones where it is true come behind the others.</summary>
    /// <param name="leaves">By row of the table, the split in them.</param>
    /// <param name="bit">The split's.</param>
    public void SplitAll(ushort[] leaves, int bit)
    {
        int before = Leaves;
        (Leaves, Pieces) = (2 * Leaves, 1);
        _aside ??= (new PinnedBuffer<int>(_tableRows), new PinnedBuffer<TPair>(_tableRows));
        _workers.ForAll(before, (leaf, _) =>
        {
            int no = Part(leaves, bit, _starts[leaf], _counts[leaf]);
            (_starts[leaf + before], _counts[leaf + before]) = (_starts[leaf] + no, _counts[leaf] - no);
            _counts[leaf] = no;
        });
    }

    /// <returns>Rows where the split is not true.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Part(ushort[] leaves, int bit, int start, int count)
    {
        int* rows = Rows + start, rowsAside = _aside!.Value.Rows.Start + start;
        TPair* pairs = Pairs(0) + start, pairsAside = _aside.Value.Pairs.Start + start;
        int no = 0, yes = 0;
        fixed (ushort* leafOf = leaves)
        {
            // Written to both sides, without a branch: what does not belong there is written over by the next.
            for (int i = 0; i < count; i++)
            {
                int row = rows[i], isTrue = (leafOf[row] >> bit) & 1;
                TPair pair = pairs[i];
                (rows[no], rowsAside[yes]) = (row, row);
                (pairs[no], pairsAside[yes]) = (pair, pair);
                yes += isTrue;
                no += 1 - isTrue;
            }
        }

        new Span<int>(rowsAside, yes).CopyTo(new Span<int>(rows + no, yes));
        new Span<TPair>(pairsAside, yes).CopyTo(new Span<TPair>(pairs + no, yes));
        return no;
    }

    /// <param name="leaves">By row of the table, the split in them.</param>
    /// <param name="bit">The split's.</param>
    public void TakeSmaller(ushort[] leaves, int bit)
    {
        int sampled = 0, yes = 0;
        _workers.ForAll(_listed.Length, (piece, _) =>
        {
            (int ownSampled, int ownYes) = Sides(leaves, bit, piece);
            Interlocked.Add(ref sampled, ownSampled);
            Interlocked.Add(ref yes, ownYes);
        });
        IsTrueSide = 2 * yes <= sampled;
        ulong turned = IsTrueSide ? 0 : ulong.MaxValue;
        Leaves = 1 << bit;
        _workers.ForAll(_listed.Length, (piece, _) =>
        {
            (int word, int end) = Words(piece);
            for (; word < end; word++) _smaller.Start[word] = (_smaller.Start[word] ^ turned) & _sampled.Start[word];
            List(leaves, piece);
        });
        PlaceAll(leaves, this);
    }

    private (int Word, int End) Words(int piece) => (piece * _pieceWords, Math.Min((piece + 1) * _pieceWords, (int)_sampled.Count));

    /// <returns>Rows of the sample, and how many of them are where the split is true.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (int Sampled, int Yes) Sides(ushort[] leaves, int bit, int piece)
    {
        (int sampled, int yes) = (0, 0);
        (int word, int end) = Words(piece);
        for (; word < end; word++)
        {
            ulong side = Side(leaves, word * WordRows, bit);
            _smaller.Start[word] = side;
            sampled += BitOperations.PopCount(_sampled.Start[word]);
            yes += BitOperations.PopCount(_sampled.Start[word] & side);
        }

        return (sampled, yes);
    }

    /// <summary>The rows of a word in which a split is true, a bit each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Side(ReadOnlySpan<ushort> leaves, int start, int bit)
    {
        ulong side = 0;
        int count = Math.Min(WordRows, leaves.Length - start), i = 0;
        for (; i <= count - Vector512<ushort>.Count; i += Vector512<ushort>.Count)
        {
            var own = Vector512.ShiftLeft(Vector512.Create(leaves.Slice(start + i, Vector512<ushort>.Count)), 15 - bit);
            side |= own.ExtractMostSignificantBits() << i;
        }

        for (; i < count; i++) side |= (ulong)(uint)(leaves[start + i] >> bit & 1) << i;
        return side;
    }

    private void List(ushort[] leaves, int piece)
    {
        (int word, int end) = Words(piece);
        _listed[piece].Take(_smaller.Span[word..end], word * WordRows, leaves, Leaves);
    }

    /// <summary>Leaf after leaf, and in a leaf piece after piece.</summary>
    private void PlaceAll(ushort[] leaves, LeafRows<TPair> of)
    {
        int place = 0;
        Pieces = _listed.Length;
        for (int leaf = 0; leaf < Leaves; leaf++)
        {
            _starts[leaf] = place;
            foreach (ListedRows piece in _listed) place = piece.Begin(leaf, place);
            _counts[leaf] = place - _starts[leaf];
        }

        _workers.ForAll(_listed.Length, (piece, _) => _listed[piece].Place(leaves, Leaves, Rows, Pairs(0), of.PairsByRow(0)));
        for (int output = 1; output < _pairs.Length; output++)
        {
            int own = output;
            _workers.ForRows(place, (start, end) =>
            {
                for (int i = start; i < end; i++) Pairs(own)[i] = of.PairsByRow(own)[Rows[i]];
            });
        }
    }
}
