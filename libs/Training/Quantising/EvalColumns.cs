using BatchScoring.Models;

namespace BatchScoring.Training.Quantising;

/// <summary>Cuts rows that are not learned from as the learned ones were.</summary>
internal static class EvalColumns
{
    /// <param name="learned">The column as it is learned from.</param>
    /// <param name="column">Other rows of it.</param>
    public static QuantisedColumn Of(QuantisedColumn learned, LearnColumn column) => column is NumericColumn numbers
        ? learned with { Bins = Bins(numbers.Read(), learned.Borders, learned.Missing == NanTreatment.AsTrue) }
        : Categories(learned, ((CategoryColumn)column).Read());

    /// <param name="values">By row.</param>
    /// <param name="borders">Ascending.</param>
    /// <param name="isNanLargest">Whether missing values count as larger than all borders; otherwise smaller.</param>
    public static BinColumn Bins(float[] values, float[] borders, bool isNanLargest)
    {
        BinColumn bins = new(values.Length, borders.Length + 1);
        bins.Fill(values, borders, missing: isNanLargest ? borders.Length : 0);
        return bins;
    }

    /// <summary>Categories that were never seen take codes after all others.</summary>
    private static QuantisedColumn Categories(QuantisedColumn learned, int[] hashes)
    {
        int[] categories = learned.Categories!;
        if (categories.Length == 0) return learned;
        Dictionary<int, int> known = [];
        for (int code = 0; code < categories.Length; code++) known.Add(categories[code], code);
        foreach (int hash in hashes) known.TryAdd(hash, known.Count);
        int[] codes = [.. hashes.Select(hash => known[hash])];
        BinColumn bins = learned.IsCtr ? BinColumn.None : new(codes.Length, categories.Length + 1);
        for (int row = 0; row < bins.Rows; row++) bins[row] = Math.Min(codes[row], categories.Length);
        return learned with { Bins = bins, Codes = codes, Categories = [.. known.Keys] };
    }
}
