using BatchScoring.Training.Quantising;

namespace BatchScoring.Training.Trees;

/// <summary>
/// Finds columns of which no row has more than one away from its lowest bin, such as the dummies of a category: one histogram does for all
/// of them. Which columns go together decides the order of candidates, so it is done as CatBoost does it.
/// </summary>
internal static class ExclusiveBundles
{
    private const int Places = 1024, SearchLimit = 100, PackSize = 8, SmallBundle = 4;

    /// <summary>Columns by bundle, in the order in which the bundles came to be.</summary>
    public static int[][] Of(IReadOnlyList<QuantisedColumn> columns)
    {
        int rows = columns.Max(column => column.Rows);
        int[] usable = [.. Enumerable.Range(0, columns.Count).Where(column => columns[column].BinCount > 1).OrderBy(column =>
            columns[column].Place)];
        if (usable.Length == 0) return [];
        Dictionary<int, ulong[]> masks = usable.ToDictionary(column => column, column => MaskOf(columns[column], rows));
        var counts = masks.ToDictionary(mask => mask.Key, mask => Count(mask.Value));
        int[] byCount = [.. usable.OrderByDescending(column => counts[column])];
        List<Bundle> byIndex = Collect(columns, masks, counts, usable, rows), bySize = Collect(columns, masks, counts, byCount, rows);
        return Kept(Saved(byIndex) >= Saved(bySize) ? byIndex : bySize, columns);
    }

    private static int Saved(List<Bundle> bundles) => bundles.Sum(bundle => bundle.Columns.Count) - bundles.Count;

    private static List<Bundle> Collect(
        IReadOnlyList<QuantisedColumn> columns, Dictionary<int, ulong[]> masks, Dictionary<int, int> counts, int[] order, int rows)
    {
        List<Bundle> bundles = [];
        var home = new Bundle?[columns.Count];
        foreach (int column in order)
        {
            int places = columns[column].BinCount - 1;
            if (places >= Places) continue;
            int place = columns[column].Place;
            Bundle? before = place > 0 ? home[place - 1] : null, after = place + 1 < home.Length ? home[place + 1] : null;
            bool Takes(Bundle bundle) => bundle.Takes(masks[column], counts[column], places, rows);
            Bundle? found = before is not null && Takes(before) ? before : null;
            if (found is null && after is not null)
            {
                // The same neighbour on both sides that has refused is not asked again, and nobody else is.
                if (ReferenceEquals(after, before)) continue;
                if (Takes(after)) found = after;
            }

            found ??= Others(bundles, before, after).FirstOrDefault(Takes);
            if (found is null) bundles.Add(found = new Bundle());
            found.Add(column, masks[column], counts[column], places);
            home[place] = found;
        }

        return bundles;
    }

    private static IEnumerable<Bundle> Others(List<Bundle> bundles, Bundle? before, Bundle? after)
    {
        List<Bundle> others = [.. bundles.Where(bundle => !ReferenceEquals(bundle, before) && !ReferenceEquals(bundle, after))];
        int limit = SearchLimit - (before is null ? 0 : 1) - (after is null ? 0 : 1);
        if (others.Count <= limit) return others;
        Random.CatBoostRandom random = new(0);
        for (int i = 0; i < limit; i++)
        {
            int other = i + (int)random.NextBelow((ulong)(others.Count - i));
            (others[i], others[other]) = (others[other], others[i]);
        }

        return others.Take(limit);
    }

    /// <summary>Bundles of one column are none; small ones of columns with one border do better in packs.</summary>
    private static int[][] Kept(List<Bundle> bundles, IReadOnlyList<QuantisedColumn> columns)
    {
        bool IsSmall(Bundle bundle) => bundle.Columns.Count < SmallBundle && bundle.Columns.All(column => columns[column].BinCount == 2);
        Bundle[] small = [.. bundles.Where(IsSmall)];
        int packed = (small.Sum(bundle => bundle.Columns.Count) + PackSize - 1) / PackSize;
        bool keepSmall = packed >= 2 * small.Length;
        return [.. bundles.Where(bundle => bundle.Columns.Count > 1 && (keepSmall || !IsSmall(bundle))).Select(bundle =>
            bundle.Columns.ToArray())];
    }

    private static ulong[] MaskOf(QuantisedColumn column, int rows)
    {
        if (column.Codes is null) return column.Bins.AboveLowest();
        ulong[] mask = new ulong[(rows + 63) / 64];
        for (int row = 0; row < rows; row++)
            if (column.Codes[row] > 0) mask[row / 64] |= 1UL << (row % 64);
        return mask;
    }

    private static int Count(ulong[] mask) => mask.Sum(System.Numerics.BitOperations.PopCount);

    private sealed class Bundle
    {
        /// <summary>The mask of its only column itself: of most tables hundreds of bundles never have another.</summary>
        private ulong[] _rows = [];
        private int _places, _count;

        public List<int> Columns { get; } = [];

        public bool Takes(ulong[] rows, int count, int places, int all)
        {
            if (_places + places >= Places || _count + count > all) return false;
            for (int i = 0; i < _rows.Length; i++) if ((rows[i] & _rows[i]) != 0) return false;
            return true;
        }

        public void Add(int column, ulong[] rows, int count, int places)
        {
            Columns.Add(column);
            if (Columns.Count <= 2) _rows = Columns.Count == 1 ? rows : [.. _rows];
            for (int i = 0; i < rows.Length && Columns.Count > 1; i++) _rows[i] |= rows[i];
            _places += places;
            _count += count;
        }
    }
}
