using BatchScoring.Training.Trees;

namespace BatchScoring.Training.Ctrs;

/// <summary>What a combination is made of: categories, and answers to splits in the order in which the tree asked them.</summary>
internal sealed class Projection : IEquatable<Projection>
{
    private readonly int[] _parts;
    private readonly int _hash;

    /// <param name="categories">Numbers of category columns, ascending.</param>
    /// <param name="floats">Splits of numbers, in the tree's order.</param>
    /// <param name="oneHots">Splits of categories, in the tree's order.</param>
    public Projection(int[] categories, Split[] floats, Split[] oneHots)
    {
        (Categories, Floats, OneHots, Splits) = (categories, floats, oneHots, [.. floats, .. oneHots]);
        _parts = [.. categories, -1, .. Numbers(floats), -1, .. Numbers(oneHots)];
        HashCode hash = default;
        foreach (int part in _parts) hash.Add(part);
        _hash = hash.ToHashCode();
    }

    public int[] Categories { get; }

    public Split[] Floats { get; }

    public Split[] OneHots { get; }

    public bool IsEmpty => Categories.Length + Floats.Length + OneHots.Length == 0;

    /// <summary>Categories; all splits together count as one.</summary>
    public int Length => Categories.Length + (Floats.Length + OneHots.Length > 0 ? 1 : 0);

    public bool IsSimple => Length == 1 && Categories.Length == 1;

    /// <summary>What it was made of by adding a part; null if it was made at once.</summary>
    public Projection? Start { get; private init; }

    /// <summary>The category that was added; null if it was a split.</summary>
    public int? Last { get; private init; }

    /// <summary>All splits, the added one last.</summary>
    public Split[] Splits { get; private init; }

    public Projection With(int category) =>
        new([.. Categories.Append(category).Order()], Floats, OneHots) { Start = this, Last = category };

    public Projection With(Split split, bool isOneHot)
    {
        Split[] floats = isOneHot ? Floats : [.. Floats, split], oneHots = isOneHot ? [.. OneHots, split] : OneHots;
        return new Projection(Categories, floats, oneHots) { Start = this, Splits = [.. Splits, split] };
    }

    public bool Equals(Projection? other) => other is not null && _hash == other._hash && _parts.AsSpan().SequenceEqual(other._parts);

    public override bool Equals(object? obj) => Equals(obj as Projection);

    public override int GetHashCode() => _hash;

    public override string ToString() => string.Join(',', _parts);

    private static int[] Numbers(Split[] splits)
    {
        int[] numbers = new int[2 * splits.Length];
        for (int i = 0; i < splits.Length; i++) (numbers[2 * i], numbers[(2 * i) + 1]) = (splits[i].Column, splits[i].Number);
        return numbers;
    }
}
