namespace BatchScoring.Core;

/// <summary>Cuts a list into pieces of neighbours, each as large as the others as far as whole items allow.</summary>
public static class EvenCut
{
    /// <summary>Cuts; no piece is empty.</summary>
    /// <param name="items">In their order.</param>
    /// <param name="size">How much an item counts; 0 or more.</param>
    /// <param name="most">The number of pieces wanted; fewer when there are fewer items, or when large ones leave no room.</param>
    public static IReadOnlyList<IReadOnlyList<T>> Of<T>(IReadOnlyCollection<T> items, Func<T, long> size, int most)
    {
        int count = Math.Clamp(most, 1, Math.Max(1, items.Count));
        Int128 total = 0, before = 0;
        foreach (T item in items) total += size(item);
        List<T>[] pieces = [.. Enumerable.Range(0, count).Select(_ => new List<T>())];
        foreach (T item in items)
        {
            // The middle of an item decides, so that neither the first nor the last piece is favoured.
            Int128 middle = before + (size(item) / 2);
            pieces[(int)Int128.Min(count - 1, middle * count / Int128.Max(1, total))].Add(item);
            before += size(item);
        }

        return [.. pieces.Where(piece => piece.Count > 0)];
    }
}
