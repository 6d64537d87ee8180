namespace BatchScoring.Statistics;

/// <summary>
/// How rows moved between bands from one scoring to another. Bands are ordered from the safest, number 0, to the riskiest.
/// </summary>
/// <remarks>Not thread safe while adding.</remarks>
public sealed class MigrationMatrix
{
    private readonly long[] _counts;

    /// <summary>An empty matrix.</summary>
    /// <param name="bands">How many bands; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 band.</exception>
    public MigrationMatrix(int bands)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bands, 1);
        Bands = bands;
        _counts = new long[bands * bands];
    }

    /// <summary>How many bands.</summary>
    public int Bands { get; }

    /// <summary>All rows.</summary>
    public long Rows => _counts.Sum();

    /// <summary>Rows in the same band both times.</summary>
    public long Stayed => Sum((before, after) => before == after);

    /// <summary>Rows that came into a riskier band.</summary>
    public long Riskier => Sum((before, after) => after > before);

    /// <summary>Rows that came into a safer band.</summary>
    public long Safer => Sum((before, after) => after < before);

    /// <summary>Rows that were in one band and are in another.</summary>
    public long this[int before, int after] => _counts[(before * Bands) + after];

    /// <summary>Counts rows in.</summary>
    /// <param name="before">Their band then, from 0.</param>
    /// <param name="after">Their band now, from 0.</param>
    /// <param name="times">How many rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such band.</exception>
    public void Add(int before, int after, long times = 1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)before, (uint)Bands, nameof(before));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)after, (uint)Bands, nameof(after));
        _counts[(before * Bands) + after] += times;
    }

    /// <summary>Rows per band before.</summary>
    public long[] Before() => [.. Enumerable.Range(0, Bands).Select(band => Sum((before, _) => before == band))];

    /// <summary>Rows per band after.</summary>
    public long[] After() => [.. Enumerable.Range(0, Bands).Select(band => Sum((_, after) => after == band))];

    private long Sum(Func<int, int, bool> counts)
    {
        long sum = 0;
        for (int cell = 0; cell < _counts.Length; cell++)
            if (counts(cell / Bands, cell % Bands)) sum += _counts[cell];
        return sum;
    }
}
