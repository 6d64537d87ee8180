using System.Collections.Immutable;
using System.Globalization;
using BatchScoring.DataGen.Random;

namespace BatchScoring.DataGen.Columns;

/// <summary>Decides what the columns are.</summary>
internal static class SchemaMaker
{
    private const int LastNumber = 778;
    private const int Categories = 24;
    private const int Constants = 18;
    private const int MissingGroups = 40;

    // The data that this one is like has 769 features up to f778: nine numbers are not used.
    private static readonly int[] Gaps = [24, 87, 183, 294, 402, 417, 588, 691, 745];
    private static readonly int[] GroupSizes = [1, 1, 1, 1, 2, 2, 2, 3, 3, 5];
    private static readonly double[] Likenesses = [1, 0.999, 0.99, 0.95, 0.9, 0.8, 0.7];
    private static readonly double[] Loadings = [0, 0.1, 0.2, 0.3, 0.45, 0.6];
    private static readonly double[] MissingRates = [0.002, 0.005, 0.01, 0.03, 0.08, 0.18];

    public static TableSchema Make(ulong seed)
    {
        var random = new Sequence(seed, Streams.Schema);
        string[] names = [.. Enumerable.Range(1, LastNumber).Except(Gaps)
            .Select(n => string.Create(CultureInfo.InvariantCulture, $"f{n}"))];
        int[] order = random.Permutation(names.Length);
        var features = new FeatureColumn[names.Length];
        ImmutableArray<ColumnGroup>.Builder groups = ImmutableArray.CreateBuilder<ColumnGroup>();
        for (int done = 0, left = 0; done < order.Length; done++)
        {
            int position = order[done];
            if (done >= Categories && done < Categories + Constants)
            {
                features[position] = Constant(random, names[position], position);
                continue;
            }

            bool leads = left == 0;
            if (leads)
            {
                groups.Add(Group(random));
                left = done < Categories ? 1 : random.Of<int>(GroupSizes);
            }

            left--;
            double likeness = leads ? 1 : random.Of<double>(Likenesses);
            features[position] = done < Categories
                ? CategoryMaker.Make(random, done, names[position], position)
                : NumberMaker.Make(random, names[position], position)
                    with
                { MissingGroup = random.Chance(0.45) ? random.Below(MissingGroups) : -1 };
            features[position] = features[position] with { Group = groups.Count - 1, Likeness = likeness };
        }

        return new TableSchema
        {
            Seed = seed,
            Features = [.. features],
            Groups = groups.ToImmutable(),
            MissingShares = [.. Enumerable.Range(0, MissingGroups).Select(_ => random.Of<double>(MissingRates))],
        };
    }

    private static FeatureColumn Constant(Sequence random, string name, int position) => new()
    {
        Name = name,
        Position = position,
        Kind = ColumnKind.Constant,
        SqlType = "INTEGER",
        Offset = random.Of<int>([0, 0, 0, 1, 1, 100]),
    };

    private static ColumnGroup Group(Sequence random)
    {
        (double first, double second) = (random.Of<double>(Loadings), random.Of<double>(Loadings));
        int firstFactor = random.Below(TableSchema.Factors);
        int secondFactor = (firstFactor + 1 + random.Below(TableSchema.Factors - 1)) % TableSchema.Factors;
        return new ColumnGroup(firstFactor, first, secondFactor, second, Math.Sqrt(1 - (first * first) - (second * second)));
    }
}
