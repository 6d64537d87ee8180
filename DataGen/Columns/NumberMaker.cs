using BatchScoring.DataGen.Random;

namespace BatchScoring.DataGen.Columns;

/// <summary>Decides what a numeric column is: half of them discrete, half continuous.</summary>
internal static class NumberMaker
{
    private static readonly Shape[] Shapes =
    [
        Shape.Bell, Shape.Bell, Shape.Bell, Shape.Heavy, Shape.Share, Shape.Share, Shape.Amount, Shape.Amount, Shape.Amount,
            Shape.SparseAmount,
    ];

    private static readonly double[] Sizes = [0.01, 0.1, 1, 1, 10, 10, 100, 1_000, 10_000, 100_000];
    private static readonly int[] FewLevels = [2, 2, 2, 3, 4, 5, 6, 7, 8, 9];

    public static FeatureColumn Make(Sequence random, string name, int position) =>
        random.Chance(0.5) ? Discrete(random, name, position) : Continuous(random, name, position);

    private static FeatureColumn Discrete(Sequence random, string name, int position)
    {
        bool large = random.Chance(0.04);
        return new FeatureColumn
        {
            Name = name,
            Position = position,
            Kind = ColumnKind.Discrete,
            SqlType = large ? "BIGINT" : "INTEGER",
            Levels = random.Chance(0.35) ? random.Of<int>(FewLevels) : 10 + random.Below(191),
            Offset = large ? 1_000_000L * (1 + random.Below(5_000)) : random.Below(2),
            Scale = large ? 5_000 : 1,
            Skew = 1 + random.Below(3),
        };
    }

    private static FeatureColumn Continuous(Sequence random, string name, int position)
    {
        Shape shape = random.Of<Shape>(Shapes);
        bool amount = shape is Shape.Amount or Shape.SparseAmount;
        double size = random.Of<double>(Sizes) * (1 + random.Below(9)) * (amount ? 100 : 1);
        return new FeatureColumn
        {
            Name = name,
            Position = position,
            Kind = ColumnKind.Continuous,
            Shape = shape,
            // Large amounts of money do not fit 24 bits; such columns are doubles in real tables too.
            SqlType = amount && size >= 1_000_000 ? "DOUBLE" : "FLOAT",
            Offset = shape is Shape.Bell or Shape.Heavy ? size * random.Of<double>([0, 0, 0.5, 2, 5]) : 0,
            Scale = shape == Shape.Share ? 1 : random.Chance(0.2) && shape is Shape.Bell or Shape.Heavy ? -size : size,
            Skew = 3 + random.Below(6),
        };
    }
}
