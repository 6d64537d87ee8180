using BatchScoring.Training.Quantising;

namespace BatchScoring.Training.Trees;

/// <summary>Splits that share one histogram, and how its cells make their two sides.</summary>
/// <param name="Bins">The cell of every row.</param>
/// <param name="BinCount">How many cells there are.</param>
/// <param name="Splits">In the order in which they are tried.</param>
/// <param name="Columns">How many columns they are of: each has a draw of its own.</param>
internal abstract record Candidate(BinColumn Bins, int BinCount, Split[] Splits, int Columns)
{
    /// <summary>
    /// In CatBoost's order: columns with several borders, of several categories, bundles, then packs of columns with one split.
    /// </summary>
    public static Candidate[] Of(IReadOnlyList<QuantisedColumn> columns)
    {
        int[][] bundles = ExclusiveBundles.Of(columns);
        HashSet<int> bundled = [.. bundles.SelectMany(bundle => bundle)];
        int[] free = [.. Enumerable.Range(0, columns.Count).Where(column => !bundled.Contains(column) && !columns[column].IsCtr)];
        int[] numbers = [.. free.Where(column => !columns[column].IsCategory)],
            categories = [.. free.Where(column => columns[column].IsCategory)];
        return
        [
            .. numbers.Where(column => columns[column].BinCount > 2).Select(column => BorderCandidate.Of(columns[column], column)),
            .. categories.Where(column => columns[column].BinCount > 2).Select(column => CategoryCandidate.Of(columns[column], column)),
            // Columns that numbers are made of are only kept in a bundle.
            .. bundles.Where(bundle => !Array.TrueForAll(bundle, column => columns[column].IsCtr))
                .Select(bundle => BundleCandidate.Of(columns, bundle)),
            .. numbers.Concat(categories).Where(column => columns[column].BinCount == 2).Chunk(PackCandidate.Size)
                .Select(pack => PackCandidate.Of(columns, pack)),
        ];
    }

    /// <summary>Adds a leaf's share to every split's score.</summary>
    /// <param name="cells">The leaf's cells.</param>
    /// <param name="score">One score per split.</param>
    public abstract void Score(ReadOnlySpan<Sums> cells, ISplitScore score);
}

/// <summary>A split: true where a column's bin is larger than a border's number, or is a category's code.</summary>
internal readonly record struct Split(int Column, int Number, Ctrs.Ctr? Ctr = null);
