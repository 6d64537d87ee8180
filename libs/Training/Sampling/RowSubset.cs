using BatchScoring.Training.Random;

namespace BatchScoring.Training.Sampling;

/// <summary>Random rows of a large table, as CatBoost draws them.</summary>
internal static class RowSubset
{
    private const int BorderRows = 200_000, FoldRows = 100_000;

    /// <summary>The rows that borders are chosen by, ascending; null: all.</summary>
    public static int[]? OfBorders(CatBoostRandom random, int rows)
    {
        if (rows <= BorderRows) return null;
        int[] drawn = Draw(random, rows, BorderRows);
        Array.Sort(drawn);
        return drawn;
    }

    /// <summary>Draws that CatBoost makes for every fold of large tables and does not use.</summary>
    public static void SkipFold(CatBoostRandom random, int rows)
    {
        if (rows <= FoldRows) return;
        if (Exchanges(rows, FoldRows)) for (int i = 0; i < FoldRows; i++) random.NextBelow((ulong)(rows - i));
        else Draw(random, rows, FoldRows);
    }

    /// <summary>All rows in a random order.</summary>
    public static int[] Shuffle(CatBoostRandom random, int rows)
    {
        int[] order = [.. Enumerable.Range(0, rows)];
        for (int i = 1; i < rows; i++)
        {
            int other = (int)random.NextBelow((ulong)(i + 1));
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }

    /// <summary>So many different rows.</summary>
    public static int[] Draw(CatBoostRandom random, int rows, int count)
    {
        if (Exchanges(rows, count)) return Exchange(random, rows, count);
        HashSet<int> drawn = [];
        while (drawn.Count < count) drawn.Add((int)random.NextBelow((ulong)rows));
        return [.. drawn];
    }

    private static bool Exchanges(int rows, int count) => count > rows / Math.Log2(count);

    private static int[] Exchange(CatBoostRandom random, int rows, int count)
    {
        int[] all = [.. Enumerable.Range(0, rows)];
        for (int i = 0; i < count; i++)
        {
            int other = i + (int)random.NextBelow((ulong)(rows - i));
            (all[i], all[other]) = (all[other], all[i]);
        }

        return all[..count];
    }
}
