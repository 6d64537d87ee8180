using System.Buffers;
using BatchScoring.Models;

namespace BatchScoring.Training.Quantising;

/// <summary>
/// A column as the trainer sees it: of every number only how many borders are smaller, of every category its code.
/// </summary>
/// <param name="Borders">Ascending; a missing value counts as smaller than all. None of categories.</param>
/// <param name="Bins">One per row.</param>
/// <param name="Missing">What missing values count as; null where there are none.</param>
/// <param name="Categories">The hash of every code; null of numbers.</param>
internal sealed record QuantisedColumn(float[] Borders, BinColumn Bins, NanTreatment? Missing, int[]? Categories = null)
{
    /// <summary>The code of every row of a column of categories.</summary>
    public int[]? Codes { get; init; }

    /// <summary>Whether it has too many categories to be asked for one at a time: numbers are made of them.</summary>
    public bool IsCtr { get; init; }

    public int BinCount => Categories?.Length ?? Borders.Length + 1;

    public bool IsCategory => Categories is not null;

    /// <summary>The numbers of its splits: borders; or codes, of which two need one.</summary>
    public IEnumerable<int> Splits => BinCount < 2 || IsCtr ? [] : !IsCategory ? Enumerable.Range(0, Borders.Length)
        : BinCount == 2 ? [1] : Enumerable.Range(0, BinCount);

    /// <summary>Whether a split is true in a row.</summary>
    public bool IsTrue(int split, int row) => IsCategory ? Bins[row] == split : Bins[row] > split;

    /// <summary>Where the column stands in the table.</summary>
    public int Place { get; init; }

    public int Rows => Math.Max(Bins.Rows, Codes?.Length ?? 0);

    public int BinOf(int row) => Codes is null ? Bins[row] : Codes[row];

    public QuantisedColumn Reordered(int[] order) => this with
    {
        Bins = Bins.Rows == 0 ? Bins : Bins.Reordered(order),
        Codes = Codes is null ? null : [.. order.Select(row => Codes[row])],
    };

    /// <summary>
    /// Codes in order of first appearance; then the most frequent category (of equal ones the smallest hash) takes code 0.
    /// </summary>
    /// <param name="hashes">By row.</param>
    /// <param name="limit">Categories at most that are asked for one at a time; null for a column that is not learned from.</param>
    public static QuantisedColumn Of(int[] hashes, int? limit)
    {
        if (limit is null) return new QuantisedColumn([], BinColumn.None, Missing: null, []);
        Dictionary<int, int> codes = [];
        List<int> counts = [];
        foreach (int hash in hashes)
        {
            if (codes.TryAdd(hash, codes.Count)) counts.Add(0);
            counts[codes[hash]]++;
        }

        int[] categories = [.. codes.Keys];
        int frequent = codes.Keys.OrderByDescending(hash => counts[codes[hash]]).ThenBy(hash => (uint)hash).First(),
            other = codes[frequent];
        (categories[0], categories[other]) = (categories[other], categories[0]);
        (codes[categories[0]], codes[categories[other]]) = (0, other);
        bool isCtr = codes.Count > limit && codes.Count > 1;
        int[] own = [.. hashes.Select(hash => codes[hash])];
        BinColumn bins = isCtr ? BinColumn.None : new(own.Length, categories.Length);
        for (int row = 0; row < bins.Rows; row++) bins[row] = own[row];
        return new QuantisedColumn([], bins, Missing: null, categories) { Codes = own, IsCtr = isCtr };
    }

    /// <param name="values">By row.</param>
    /// <param name="rule">How borders are chosen; null for a column that is not learned from.</param>
    /// <param name="seen">The rows that borders are chosen by; null: all.</param>
    /// <param name="old">Borders of an earlier model, which are taken over where they part the same values; null: none.</param>
    public static QuantisedColumn Of(float[] values, ColumnQuantisation? rule, int[]? seen, float[]? old = null)
    {
        if (rule is null) return new QuantisedColumn([], new BinColumn(values.Length, binCount: 1), Missing: null);
        // In memory that was used before: pages that are new take longer to come than their numbers to sort.
        int rows = seen?.Length ?? values.Length;
        float[] present = ArrayPool<float>.Shared.Rent(rows);
        ArraySegment<float> sorted = Sorted(values, seen, present);
        bool hasMissing = sorted.Count < rows;
        float[] borders = BorderSelection.Of(sorted, hasMissing ? rule.BorderCount - 1 : rule.BorderCount, rule.BorderType);
        if (old is { Length: > 0 }) borders = OldBorders.TakenOver(borders, sorted, old, rule.BorderType);
        ArrayPool<float>.Shared.Return(present);
        bool isLargest = rule.NanMode == NanMode.Max;
        if (hasMissing) borders = isLargest ? [.. borders, float.MaxValue] : [float.MinValue, .. borders];
        BinColumn bins = EvalColumns.Bins(values, borders, isLargest && hasMissing);
        return new QuantisedColumn(borders, bins, hasMissing ? isLargest ? NanTreatment.AsTrue : NanTreatment.AsFalse : null);
    }

    private static ArraySegment<float> Sorted(float[] values, int[]? seen, float[] present)
    {
        int count = 0;
        if (seen is null) foreach (float value in values) Add(value);
        else foreach (int row in seen) Add(values[row]);
        RadixSort.Sort(present.AsSpan(0, count));
        return new ArraySegment<float>(present, 0, count);

        void Add(float value)
        {
            present[count] = value;
            count += float.IsNaN(value) ? 0 : 1;
        }
    }
}
