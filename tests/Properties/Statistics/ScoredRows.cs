using FsCheck;
using FsCheck.Fluent;

namespace BatchScoring.Tests.Properties.Statistics;

/// <summary>Rows with at least one good and one bad.</summary>
internal sealed record ScoredRows(double[] Scores, byte[] Labels)
{
    private static readonly double[] Awkward =
        [0.0, -0.0, double.Epsilon, -double.Epsilon, double.MaxValue, double.MinValue, double.PositiveInfinity, double.NegativeInfinity];

    /// <summary>Many ties, few ties, or extremes; one to 120 rows more than the two that must be there.</summary>
    public static Gen<ScoredRows> Any { get; } = Rows(Gen.OneOf(
        Gen.Choose(-3, 3).Select(i => (double)i),
        Gen.Choose(-1_000_000, 1_000_000).Select(i => i / 997.0),
        Gen.Elements(Awkward)));

    /// <summary>Scores from 0 to 1, both ends included.</summary>
    public static Gen<ScoredRows> Probabilities { get; } = Rows(Gen.OneOf(
        Gen.Choose(0, 4).Select(i => i / 4.0),
        Gen.Choose(1, 999_999).Select(i => i / 1_000_000.0)));

    public ScoredRows Reordered(int seed)
    {
        int[] order = [.. Enumerable.Range(0, Scores.Length)];
        new System.Random(seed).Shuffle(order);
        return new([.. order.Select(i => Scores[i])], [.. order.Select(i => Labels[i])]);
    }

    public override string ToString() => string.Join("  ", Scores.Zip(Labels, (s, l) => FormattableString.Invariant($"{s:R}:{l}")));

    private static Gen<ScoredRows> Rows(Gen<double> score) =>
        from pairs in score.Zip(Gen.Choose(0, 1)).ListOf()
        from good in score
        from bad in score
        select new ScoredRows([good, bad, .. pairs.Select(p => p.Item1)], [0, 1, .. pairs.Select(p => (byte)p.Item2)]);
}
