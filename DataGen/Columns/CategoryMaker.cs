using System.Collections.Immutable;
using System.Globalization;
using BatchScoring.DataGen.Random;

namespace BatchScoring.DataGen.Columns;

/// <summary>
/// Decides what a categorical column is: 2 to 200 categories, a few frequent ones and a long tail, as regions or branches are.
/// </summary>
internal static class CategoryMaker
{
    private static readonly int[] Counts = [2, 2, 3, 3, 4, 5, 6, 6, 8, 8, 10, 10, 12, 15, 15, 20, 25, 26, 40, 60, 85, 120, 200];

    // Quotes, commas and letters beyond ASCII are what breaks programs that read tables.
    private static readonly string[] Regions =
    [
        "North", "South-East", "West", "Île-de-France", "Kärnten", "Zürich (city)", "São Paulo", "Korea, Republic of", "\"Old Town\"", "東京",
            "Łódź", "other / n.s.",
    ];

    public static FeatureColumn Make(Sequence random, int number, string name, int position)
    {
        // Column 0 is the regions; every sixth is a code without letters.
        ImmutableArray<string> texts = number == 0 ? [.. Regions] : Codes(Counts[number - 1], number % 6 == 5, 100 + random.Below(800));
        return new FeatureColumn
        {
            Name = name,
            Position = position,
            Kind = ColumnKind.Category,
            SqlType = number % 6 == 5 ? "INTEGER" : "VARCHAR",
            Categories = texts,
            CategoryEnds = Ends(texts.Length),
        };
    }

    private static ImmutableArray<string> Codes(int count, bool digits, int first) =>
        [.. Enumerable.Range(0, count).Select(i => digits ? (first + (7 * i)).ToString(CultureInfo.InvariantCulture)
            : count <= 26 ? ((char)('A' + i)).ToString()
                : string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + (first % 26))}{i + 1:000}"))];

    /// <summary>The k-th category is 1/(k + 2) as frequent as the sum of all: Zipf's law with a flatter head.</summary>
    private static ImmutableArray<double> Ends(int count)
    {
        double[] ends = new double[count];
        double sum = 0.0;
        for (int i = 0; i < count; i++) ends[i] = sum += 1.0 / (i + 2);
        for (int i = 0; i < count; i++) ends[i] /= sum;
        return [.. ends];
    }
}
