using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BatchScoring.Training.Trees;

namespace BatchScoring.Training.Objectives;

/// <summary>
/// The same loss as <see cref="FastLogloss"/>, eight rows at a time: their halves go one after the other into the four sums.
/// </summary>
/// <param name="labels">By row.</param>
/// <param name="weights">By row; null: all 1.</param>
/// <param name="blocks">As many as threads in CatBoost.</param>
/// <param name="workers">Share the rows.</param>
internal sealed class VectorLogloss(float[] labels, float[]? weights, int blocks, Workers workers)
{
    private const int ChunkRows = 1024, Leaves = 64;
    private readonly double _weight = FastLogloss.Weight(labels.Length, weights, blocks);
    private readonly float[] _logs = new float[labels.Length];
    private readonly (int Start, int End, bool EndsPart)[] _blocks =
        [.. LossBlocks.Of(labels.Length, blocks).SelectMany(part => Cut(part.Start, part.End))];

    private readonly PinnedBuffer<Vector128<double>> _changes = new(Leaves);
    private bool _areTogether;
    private double[] _losses = [];

    /// <summary>The mean over moved rows.</summary>
    /// <param name="states">By row.</param>
    /// <param name="isNew">Whether the states are others than at the last call: their logarithms are kept.</param>
    /// <param name="changes">By leaf.</param>
    /// <param name="leaves">By row.</param>
    /// <param name="moved">Filled: states times the changes of their leaves.</param>
    public double Mean(double[] states, bool isNew, double[] changes, int[] leaves, double[] moved)
    {
        float[] changeLogs = [.. changes.Select(change => FastLog.Of((float)change))];
        _areTogether = LeafLookup.PutTogether(changes, changeLogs, _changes.Span);
        if (_losses.Length == 0) _losses = new double[_blocks.Length];
        workers.ForAll(_blocks.Length, (block, _) =>
            _losses[block] = Block(states, isNew, changes, changeLogs, leaves, moved, _blocks[block].Start, _blocks[block].End));
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
        double[] states, bool isNew, double[] changes, float[] changeLogs, int[] leaves, double[] moved, int start, int end)
    {
        Vector128<float> sums = Vector128<float>.Zero;
        int whole = end - ((end - start) % FastLogloss.Lanes);
        for (int row = start; row < whole; row += ChunkRows)
            sums = Chunk(states, isNew, changes, changeLogs, leaves, moved, row, Math.Min(ChunkRows, whole - row), sums);
        double loss = sums[0] + sums[1] + (sums[2] + sums[3]);
        for (int row = whole; row < end; row++)
        {
            double change = changes[leaves[row]];
            moved[row] = states[row] * change;
            loss += (weights is null ? 1 : weights[row]) * FastLogloss.Rest(states[row], change, labels[row]);
        }

        return loss;
    }

    /// <summary>Rows that are a multiple of four.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe Vector128<float> Chunk(double[] states, bool isNew, double[] changes, float[] changeLogs, int[] leaves, double[] moved,
        int start, int count, Vector128<float> sums)
    {
        Span<double> found = stackalloc double[ChunkRows];
        Span<float> foundLogs = stackalloc float[ChunkRows];
        if (!_areTogether)
        {
            LeafLookup.Find(changes, leaves.AsSpan(start, count), found);
            LeafLookup.Find(changeLogs, leaves.AsSpan(start, count), foundLogs);
        }

        Vector128<double>* together = _areTogether ? _changes.Start : null;
        int row = 0;
        fixed (double* from = &states[start], to = &moved[start], change = found)
        fixed (float* changeLog = foundLogs, log = &_logs[start], label = &labels[start], weight = weights is null ? [] : weights.AsSpan(start))
        fixed (int* leaf = &leaves[start])
        {
            for (; row <= count - Vector256<float>.Count; row += Vector256<float>.Count)
            {
                int high = row + Vector256<double>.Count;
                Vector256<double> first, second;
                Vector256<float> logs;
                if (together != null) LeafLookup.Eight(together, leaf + row, out first, out second, out logs);
                else (first, second, logs) = (Vector256.Load(change + row), Vector256.Load(change + high), Vector256.Load(changeLog + row));
                Vector256<double> own = Vector256.Load(from + row), next = Vector256.Load(from + high);
                if (isNew) FastLog.Of(Vector256.Narrow(own, next)).Store(log + row);
                first *= own;
                second *= next;
                first.Store(to + row);
                second.Store(to + high);
                Vector256<float> loss = FastLogloss.Rows(
                    Vector256.Load(log + row) + logs,
                    Vector256.Narrow(first + Vector256<double>.One, second + Vector256<double>.One),
                    Vector256.Load(label + row));
                if (weight != null) loss *= Vector256.Load(weight + row);
                sums += loss.GetLower();
                sums += loss.GetUpper();
            }

            for (; row < count; row++)
            {
                int lane = row % FastLogloss.Lanes;
                double own = changes[leaf[row]];
                to[row] = from[row] * own;
                float loss = FastLogloss.Row(from[row], own, label[row]);
                sums = sums.WithElement(lane, sums[lane] + ((weight == null ? 1 : weight[row]) * loss));
            }
        }

        return sums;
    }
}
