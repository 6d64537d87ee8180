using System.Text;
using BatchScoring.DataGen.Columns;
using BatchScoring.DataGen.Random;
using BatchScoring.DataGen.Rows;
using BatchScoring.Models;

namespace BatchScoring.DataGen.Labels;

/// <summary>Chooses the columns that the hidden model reads and what it asks of them.</summary>
internal static class UsedColumns
{
    private const int Numeric = 64;
    private const int Categorical = 10;
    private const int BordersPerColumn = 8;

    /// <summary>In the order of the model's binary features: numeric by position, then categorical by position.</summary>
    public static UsedColumn[] Choose(TableSchema schema, BlockMaker maker, Sequence random)
    {
        int[] order = random.Permutation(schema.Features.Length);
        IEnumerable<FeatureColumn> Some(Func<FeatureColumn, bool> wanted, int count) =>
            order.Select(position => schema.Features[position]).Where(wanted).Take(count);

        FeatureColumn[] chosen =
        [
            .. Some(column => column.Kind is ColumnKind.Discrete or ColumnKind.Continuous, Numeric).OrderBy(column => column.Position),
            .. Some(column => column.IsCategory, Categorical).OrderBy(column => column.Position),
        ];
        // A few columns matter much, most of them little.
        int[] ranks = random.Permutation(chosen.Length);
        var used = new UsedColumn[chosen.Length];
        for (int i = 0, number = 0; i < used.Length; i++)
        {
            var column = new UsedColumn(chosen[i], 1 / (1 + (0.15 * ranks[i])), random.Chance(0.5) ? 1 : -1);
            column = chosen[i].IsCategory
                ? column with { Values = Values(random, chosen[i]) }
                : column with { Borders = Borders(random, PilotRows.Numbers(maker, chosen[i])) };
            used[i] = column with { Questions = Ask(random, column, ref number) };
        }

        return used;
    }

    /// <summary>
    /// Midpoints between neighbouring values at random shares of the rows, and a question for "is missing" where values are missing.
    /// </summary>
    private static float[] Borders(Sequence random, float[] values)
    {
        float[] present = [.. values.Where(value => !float.IsNaN(value)).Order()];
        var borders = new SortedSet<float>();
        for (int i = 0; i < BordersPerColumn; i++)
        {
            float low = present[random.Below(present.Length)];
            int next = present.AsSpan().BinarySearch(float.BitIncrement(low));
            if (next < 0) next = ~next;
            if (next < present.Length) borders.Add((0.5f * low) + (0.5f * present[next]));
        }

        // The border that CatBoost gives to columns with missing values: "is there a value at all?"
        if (present.Length < values.Length) borders.Add(float.MinValue);
        return [.. borders];
    }

    private static int[] Values(Sequence random, FeatureColumn column)
    {
        int count = Math.Min(1 + random.Below(4), column.Categories.Length);
        return [.. Enumerable.Range(0, count).Select(i => CategoryHash.Of(Encoding.UTF8.GetBytes(column.Categories[i])))];
    }

    private static Question[] Ask(Sequence random, UsedColumn column, ref int number)
    {
        var questions = new Question[column.Borders.Length + column.Values.Length];
        for (int i = 0; i < questions.Length; i++)
        {
            bool missing = i < column.Borders.Length && column.Borders[i] == float.MinValue;
            // Larger values push one way all along the column; categories and "is missing" push either way.
            int direction = missing || column.Column.IsCategory ? (random.Chance(0.5) ? 1 : -1) : column.Direction;
            questions[i] = new Question(number++, direction * column.Weight * (0.5 + random.Unit()));
        }

        return questions;
    }
}
