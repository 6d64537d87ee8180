using System.Globalization;
using BatchScoring.Training.Trees;

namespace BatchScoring.Training.Ctrs;

/// <summary>What a combination is made of: categories, and answers to splits in the order in which the tree asked them.</summary>
internal sealed class Projection : IEquatable<Projection>
{
    private readonly string _text;

    /// <param name="categories">Numbers of category columns, ascending.</param>
    /// <param name="floats">Splits of numbers, in the tree's order.</param>
    /// <param name="oneHots">Splits of categories, in the tree's order.</param>
    public Projection(int[] categories, Split[] floats, Split[] oneHots)
    {
        (Categories, Floats, OneHots) = (categories, floats, oneHots);
        string Words(Split[] splits) => string.Join(',', splits.Select(split => $"{split.Column}:{split.Number}"));
        _text = string.Create(CultureInfo.InvariantCulture, $"{string.Join(',', categories)}|{Words(floats)}|{Words(oneHots)}");
    }

    public int[] Categories { get; }

    public Split[] Floats { get; }

    public Split[] OneHots { get; }

    public bool IsEmpty => Categories.Length + Floats.Length + OneHots.Length == 0;

    /// <summary>Categories; all splits together count as one.</summary>
    public int Length => Categories.Length + (Floats.Length + OneHots.Length > 0 ? 1 : 0);

    public bool IsSimple => Length == 1 && Categories.Length == 1;

    public Projection With(int category) => new([.. Categories.Append(category).Order()], Floats, OneHots);

    public bool Equals(Projection? other) => other is not null && _text == other._text;

    public override bool Equals(object? obj) => Equals(obj as Projection);

    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => _text;
}
