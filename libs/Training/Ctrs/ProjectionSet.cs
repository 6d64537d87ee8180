namespace BatchScoring.Training.Ctrs;

/// <summary>
/// A set of projections whose order is that of the chained hash table that CatBoost keeps them in: the order decides candidates.
/// </summary>
/// <param name="numbers">How many columns of numbers stand before those of categories: one-hot splits count from there.</param>
internal sealed class ProjectionSet(int numbers)
{
    private static readonly int[] Sizes = [7, 17];
    private List<Projection>[] _buckets = [[]];
    private int _count;

    /// <summary>Buckets ascending, each from its front.</summary>
    public IEnumerable<Projection> All => _buckets.SelectMany(bucket => bucket);

    public void Add(Projection projection)
    {
        // Growth comes before the look-up.
        if (_buckets.Length == 1) Grow(Sizes[0]);
        else if (_count == Sizes[0] && _buckets.Length == Sizes[0]) Grow(Sizes[1]);
        List<Projection> bucket = BucketOf(projection);
        if (bucket.Contains(projection)) return;
        bucket.Insert(0, projection);
        _count++;
    }

    /// <summary>The hash of a projection.</summary>
    public static ulong HashOf(Projection projection, int numbers)
    {
        ulong floats = List(projection.Floats.Select(split => Pair(split.Column, split.Number))),
            categories = List(projection.Categories.Select(category => (uint)category));
        return projection.OneHots.Length == 0
            ? Mix(floats) ^ categories
            : Mix(Mix(List(projection.OneHots.Select(split => Pair(split.Column - numbers, split.Number)))) ^ floats) ^ categories;
    }

    public static ulong Mix(ulong k)
    {
        k += ~(k << 32);
        k ^= k >> 22;
        k += ~(k << 13);
        k ^= k >> 8;
        k += k << 3;
        k ^= k >> 15;
        k += ~(k << 27);
        return k ^ (k >> 31);
    }

    private static uint Pair(int column, int number) => (uint)Mix((ulong)number) ^ (uint)column;

    private static ulong List(IEnumerable<uint> elements) => (ulong)(int)elements.Aggregate(1988712u, (hash, element) =>
        (984121u * hash) + element);

    private List<Projection> BucketOf(Projection projection) => _buckets[HashOf(projection, numbers) % (ulong)_buckets.Length];

    private void Grow(int size)
    {
        Projection[] old = [.. All];
        _buckets = [.. Enumerable.Range(0, size).Select(_ => new List<Projection>())];
        foreach (Projection projection in old) BucketOf(projection).Insert(0, projection);
    }
}
