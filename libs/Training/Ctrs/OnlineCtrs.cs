using BatchScoring.Models;

namespace BatchScoring.Training.Ctrs;

/// <summary>
/// The rows of a fold by the value of a projection, and the numbers made of them: every row by those before it, so that no row sees its own
/// label.
/// </summary>
internal sealed class OnlineCtrs
{
    private readonly int[] _keys;
    private readonly Fold _fold;

    public OnlineCtrs(Fold fold, Projection projection)
    {
        _fold = fold;
        Dictionary<ulong, int> seen = [];
        _keys = new int[fold.Rows];
        for (int row = 0; row < _keys.Length; row++)
        {
            ulong key = fold.KeyOf(projection, row, byHash: false);
            if (!seen.TryGetValue(key, out int number)) seen.Add(key, number = seen.Count);
            _keys[row] = number;
        }

        Unique = seen.Count;
    }

    /// <summary>How many different values there are.</summary>
    public int Unique { get; }

    /// <summary>The key of every row, numbered by first appearance.</summary>
    public IReadOnlyList<int> Keys => _keys;

    /// <summary>The step of every row.</summary>
    public ushort[] Bins(CtrDescription description) => description.Type switch
    {
        CtrType.Counter => Counter(description),
        _ => Target(description),
    };

    private ushort[] Counter(CtrDescription description)
    {
        int[] counts = new int[Unique];
        foreach (int key in _keys) counts[key]++;
        int largest = counts.Max();
        return [.. _keys.Select(key => description.Bin(counts[key], largest))];
    }

    private ushort[] Target(CtrDescription description)
    {
        int classes = _fold.TargetClassCount;
        int[,] counts = new int[Unique, classes];
        float[] sums = new float[Unique];
        ushort[] bins = new ushort[_keys.Length];
        for (int row = 0; row < _keys.Length; row++)
        {
            int key = _keys[row], total = 0, good = 0;
            for (int one = 0; one < classes; one++)
            {
                total += counts[key, one];
                if (description.Type == CtrType.Buckets ? one == description.TargetBorder
                    : one > description.TargetBorder) good += counts[key, one];
            }

            bins[row] = description.Bin(description.Type == CtrType.BinarizedTargetMeanValue ? sums[key] : good, total);
            int own = _fold.TargetClasses[row];
            counts[key, own]++;
            sums[key] += (float)own / (classes - 1);
        }

        return bins;
    }
}
