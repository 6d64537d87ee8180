using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using BatchScoring.Training.Trees;

namespace BatchScoring.Training.Objectives;

/// <summary>
/// The same loss as <see cref="FastLogloss"/>, eight or sixteen rows at a time: their quarters go one after the other into the four sums.
/// </summary>
/// <param name="labels">By row.</param>
/// <param name="weights">By row; null: all 1.</param>
/// <param name="blocks">As many as threads in CatBoost.</param>
/// <param name="workers">Share the rows.</param>
internal sealed class VectorLogloss(float[] labels, float[]? weights, int blocks, Workers workers)
{
    private readonly double _weight = FastLogloss.Weight(labels.Length, weights, blocks);

    /// <summary>Of the states, by row. They are written in every step: across cache lines that would take a sixth of the whole pass.</summary>
    private readonly PinnedBuffer<float> _logs = new(labels.Length);

    private readonly (int Start, int End, bool EndsPart)[] _blocks =
        [.. LossBlocks.Of(labels.Length, blocks).SelectMany(part => Cut(part.Start, part.End))];

    private readonly LeafLookup _lookup = new();
    private double[] _losses = [];

    /// <summary>The mean over moved rows.</summary>
    /// <param name="states">By row.</param>
    /// <param name="logs">Where the states' logarithms come from.</param>
    /// <param name="changes">By leaf.</param>
    /// <param name="leaves">By row.</param>
    /// <param name="moved">Filled: states times the changes of their leaves.</param>
    public double Mean(double[] states, StateLogs logs, double[] changes, ushort[] leaves, double[] moved)
    {
        _lookup.Set(changes, Array.ConvertAll(changes, change => FastLog.Of((float)change)));
        if (_losses.Length == 0) _losses = new double[_blocks.Length];
        workers.ForAll(_blocks.Length, (block, _) =>
            _losses[block] = Block(states, logs, changes, leaves, moved, _blocks[block].Start, _blocks[block].End));
        double loss = 0, part = 0;
        for (int block = 0; block < _blocks.Length; block++)
        {
            part += _losses[block];
            if (!_blocks[block].EndsPart) continue;
            loss += part;
            part = 0;
        }

        return loss / (_weight + 1e-38);
    }

    private static IEnumerable<(int Start, int End, bool EndsPart)> Cut(int start, int end)
    {
        for (; start < end; start += FastLogloss.LossRows)
            yield return (start, Math.Min(start + FastLogloss.LossRows, end), start + FastLogloss.LossRows >= end);
    }

    private double Block(
        double[] states, StateLogs logs, double[] changes, ushort[] leaves, double[] moved, int start, int end)
    {
        int whole = end - ((end - start) % FastLogloss.Lanes),
            together = _lookup.AreInRegisters ? Vector512<float>.Count : Vector256<float>.Count, rest = whole - ((whole - start) % together);
        Vector128<float> sums = Sum(states, logs, leaves, moved, start, rest - start);
        sums = SumEach(states, changes, leaves, moved, rest, whole, sums);
        double loss = sums[0] + sums[1] + (sums[2] + sums[3]);
        for (int row = whole; row < end; row++)
        {
            double change = changes[leaves[row]];
            moved[row] = states[row] * change;
            loss += (weights is null ? 1 : weights[row]) * FastLogloss.Rest(states[row], change, labels[row]);
        }

        return loss;
    }

    private unsafe Vector128<float> Sum(double[] states, StateLogs logs, ushort[] leaves, double[] moved, int start, int count)
    {
        fixed (double* from = &states[start], to = &moved[start])
        fixed (float* label = &labels[start], weight = weights is null ? [] : weights.AsSpan(start))
        fixed (ushort* leaf = &leaves[start])
        {
            float* log = _logs.Start + start;
            return _lookup.AreInRegisters ? SumBySixteens(from, log, logs, label, weight, leaf, to, count)
                : SumByEights(from, log, logs, label, weight, leaf, to, count);
        }
    }

    /// <summary>Rows whose leaves' numbers lie in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe Vector128<float> SumBySixteens(
        double* from, float* log, StateLogs logs, float* label, float* weight, ushort* leaf, double* to, int count)
    {
        Vector128<float> sums = default;
        int* parts = _lookup.Parts;
        Vector512<int> lowA = Vector512.Load(parts), lowB = Vector512.Load(parts + 16), lowC = Vector512.Load(parts + 32),
            lowD = Vector512.Load(parts + 48), highA = Vector512.Load(parts + 64), highB = Vector512.Load(parts + 80),
            highC = Vector512.Load(parts + 96), highD = Vector512.Load(parts + 112), logA = Vector512.Load(parts + 128),
            logB = Vector512.Load(parts + 144), logC = Vector512.Load(parts + 160), logD = Vector512.Load(parts + 176);
        // So that halves come out in the order of rows where they are put together.
        var order = Vector512.Create(0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15);
        for (int row = 0; row < count; row += Vector512<float>.Count)
        {
            int next = row + Vector512<double>.Count;
            Vector512<int> own = Avx512F.ConvertToVector512Int32(Vector256.Load(leaf + row)),
                mixed = Avx512F.PermuteVar16x32(own, order), low = LeafLookup.Picked(lowA, lowB, lowC, lowD, mixed),
                high = LeafLookup.Picked(highA, highB, highC, highD, mixed);
            Vector512<double> state = Vector512.Load(from + row), nextState = Vector512.Load(from + next);
            Vector512<float> stateLog = logs == StateLogs.Kept ? Vector512.Load(log + row) : FastLog.Of(Vector512.Narrow(state, nextState));
            if (logs == StateLogs.Keep) stateLog.Store(log + row);
            Vector512<double> first = Avx512F.UnpackLow(low, high).AsDouble() * state,
                second = Avx512F.UnpackHigh(low, high).AsDouble() * nextState;
            first.Store(to + row);
            second.Store(to + next);
            Vector512<float> loss = FastLogloss.Rows(
                stateLog + LeafLookup.Picked(logA, logB, logC, logD, own).AsSingle(),
                Vector512.Narrow(first + Vector512<double>.One, second + Vector512<double>.One),
                Vector512.Load(label + row));
            if (weight != null) loss *= Vector512.Load(weight + row);
            sums += loss.GetLower().GetLower();
            sums += loss.GetLower().GetUpper();
            sums += loss.GetUpper().GetLower();
            sums += loss.GetUpper().GetUpper();
        }

        return sums;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe Vector128<float> SumByEights(
        double* from, float* log, StateLogs logs, float* label, float* weight, ushort* leaf, double* to, int count)
    {
        Vector128<float> sums = default;
        Vector128<double>* both = _lookup.Both;
        for (int row = 0; row < count; row += Vector256<float>.Count)
        {
            int next = row + Vector256<double>.Count;
            LeafLookup.Eight(both, leaf + row, out Vector256<double> first, out Vector256<double> second, out Vector256<float> changeLog);
            Vector256<double> state = Vector256.Load(from + row), nextState = Vector256.Load(from + next);
            Vector256<float> stateLog = logs == StateLogs.Kept ? Vector256.Load(log + row) : FastLog.Of(Vector256.Narrow(state, nextState));
            if (logs == StateLogs.Keep) stateLog.Store(log + row);
            first *= state;
            second *= nextState;
            first.Store(to + row);
            second.Store(to + next);
            Vector256<float> loss = FastLogloss.Rows(
                stateLog + changeLog,
                Vector256.Narrow(first + Vector256<double>.One, second + Vector256<double>.One),
                Vector256.Load(label + row));
            if (weight != null) loss *= Vector256.Load(weight + row);
            sums += loss.GetLower();
            sums += loss.GetUpper();
        }

        return sums;
    }

    private Vector128<float> SumEach(
        double[] states, double[] changes, ushort[] leaves, double[] moved, int row, int end, Vector128<float> sums)
    {
        for (int lane = 0; row < end; row++, lane = (lane + 1) % FastLogloss.Lanes)
        {
            double change = changes[leaves[row]];
            moved[row] = states[row] * change;
            float loss = FastLogloss.Row(states[row], change, labels[row]);
            sums = sums.WithElement(lane, sums[lane] + ((weights is null ? 1 : weights[row]) * loss));
        }

        return sums;
    }
}

/// <summary>Where logarithms of rows' states come from.</summary>
internal enum StateLogs
{
    /// <summary>Made for one use: to write them takes longer than to make those of a few steps again.</summary>
    Make,

    /// <summary>Made, and kept for the calls after this one.</summary>
    Keep,

    /// <summary>Those that were kept: the states are the same.</summary>
    Kept,
}
