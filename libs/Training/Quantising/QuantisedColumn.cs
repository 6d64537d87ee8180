using BatchScoring.Models;

namespace BatchScoring.Training.Quantising;

/// <summary>A numeric column as the trainer sees it: of every value only how many borders are smaller.</summary>
/// <param name="Borders">Ascending; a missing value counts as smaller than all.</param>
/// <param name="Bins">One per row; split k is true where the bin is larger than k.</param>
/// <param name="Missing">What missing values count as; null where there are none.</param>
internal sealed record QuantisedColumn(float[] Borders, ushort[] Bins, NanTreatment? Missing)
{
    /// <param name="values">By row.</param>
    /// <param name="rule">How borders are chosen; null for a column that is not learned from.</param>
    /// <param name="seen">The rows that borders are chosen by; null: all.</param>
    public static QuantisedColumn Of(float[] values, ColumnQuantisation? rule, int[]? seen)
    {
        if (rule is null) return new QuantisedColumn([], new ushort[values.Length], Missing: null);
        float[] considered = seen is null ? values : [.. seen.Select(row => values[row])];
        float[] sorted = [.. considered.Where(value => !float.IsNaN(value))];
        Array.Sort(sorted);
        bool hasMissing = sorted.Length < considered.Length;
        float[] borders = BorderSelection.Of(sorted, hasMissing ? rule.BorderCount - 1 : rule.BorderCount, rule.BorderType);
        bool isLargest = rule.NanMode == NanMode.Max;
        if (hasMissing) borders = isLargest ? [.. borders, float.MaxValue] : [float.MinValue, .. borders];
        ushort[] bins = new ushort[values.Length];
        for (int row = 0; row < values.Length; row++) bins[row] = (ushort)(isLargest && hasMissing && float.IsNaN(values[row]) ? borders.Length : Smaller(borders, values[row]));
        return new QuantisedColumn(borders, bins, hasMissing ? isLargest ? NanTreatment.AsTrue : NanTreatment.AsFalse : null);
    }

    private static int Smaller(float[] borders, float value)
    {
        int from = 0, to = borders.Length;
        while (from < to)
        {
            int middle = (from + to) / 2;
            if (value > borders[middle]) from = middle + 1;
            else to = middle;
        }

        return from;
    }
}
