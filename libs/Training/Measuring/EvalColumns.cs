using BatchScoring.Models;
using BatchScoring.Training.Quantising;

namespace BatchScoring.Training.Measuring;

/// <summary>Cuts rows that are not learned from as the learned ones were.</summary>
internal static class EvalColumns
{
    /// <param name="learned">The column as it is learned from.</param>
    /// <param name="column">Other rows of it.</param>
    public static QuantisedColumn Of(QuantisedColumn learned, LearnColumn column) => column is NumericColumn numbers
        ? Numbers(learned, numbers.Values)
        : Categories(learned, ((CategoryColumn)column).Hashes);

    private static QuantisedColumn Numbers(QuantisedColumn learned, float[] values)
    {
        BinColumn bins = new(values.Length, learned.Borders.Length + 1);
        for (int row = 0; row < values.Length; row++) bins[row] = learned.Missing == NanTreatment.AsTrue && float.IsNaN(values[row])
            ? learned.Borders.Length : SortedValues.FirstFrom(learned.Borders, values[row]);
        return learned with { Bins = bins };
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
        return learned with { Bins = bins, Codes = codes };
    }
}
