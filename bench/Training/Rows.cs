using System.Globalization;

namespace BatchScoring.Bench.Training;

/// <summary>Columns × rows with labels 0 and 1.</summary>
/// <param name="Names">Of the columns.</param>
/// <param name="Columns">NaN is missing.</param>
/// <param name="Labels">One per row.</param>
internal sealed record Rows(string[] Names, float[][] Columns, float[] Labels)
{
    /// <summary>One column in three has a few whole numbers, as counts and codes have.</summary>
    private const int EveryDiscrete = 3;

    private const int Informative = 24;

    /// <summary>The rows that a shape learns from, and others to look at the model with.</summary>
    public static (Rows Learn, Rows Test) Of(Shape shape, string repository) =>
        shape.IsCredit ? Credit(repository) : Made(shape.Rows, shape.Columns);

    /// <summary>A fifth of the credit card table is kept back: every fifth ID, as in CatBoost's records.</summary>
    private static (Rows Learn, Rows Test) Credit(string repository)
    {
        string[] lines = File.ReadAllLines(Path.Combine(repository, "tests", "data", "UCI_Credit_Card.csv"));
        string[] header = [.. lines[0].Split(',').Select(name => name.Trim('"'))];
        string[] first = ["SEX", "EDUCATION", "MARRIAGE", "PAY_0", "PAY_2", "PAY_3", "PAY_4", "PAY_5", "PAY_6"];
        // As in CatBoost's records: what is a number for everybody, then what may be a category.
        string[] names = [.. header[1..^1].Except(first, StringComparer.Ordinal), .. first];
        float[][] rows = [.. lines.Skip(1).Select(line => line.Split(',').Select(Number).ToArray())];
        Rows Where(Func<float[], bool> isWanted)
        {
            float[][] wanted = [.. rows.Where(isWanted)];
            return new(names, [.. names.Select(name => wanted.Select(row => row[Array.IndexOf(header, name)]).ToArray())],
                [.. wanted.Select(row => row[^1])]);
        }

        return (Where(row => row[0] % 5 != 0), Where(row => row[0] % 5 == 0));
    }

    private static float Number(string text) => float.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Seeded: half skewed numbers, some whole ones, one value in twenty missing, a label that a few columns tell.</summary>
    public static (Rows Learn, Rows Test) Made(int count, int columnCount)
    {
        int all = count + Math.Min(count / 4, 20_000);
        float[] odds = new float[all];
        float[][] columns = new float[columnCount][];
        for (int column = 0; column < columnCount; column++)
        {
            columns[column] = Column(column, all, new Random(column));
            if (column < Informative) Tell(columns[column], column, odds);
        }

        Random random = new(columnCount);
        float[] labels = [.. odds.Select(odd => random.NextSingle() < 1 / (1 + MathF.Exp(1.2f - odd)) ? 1f : 0f)];
        string[] names = [.. Enumerable.Range(0, columnCount).Select(column => string.Create(CultureInfo.InvariantCulture, $"c{column}"))];
        return (new Rows(names, [.. columns.Select(values => values[..count])], labels[..count]),
            new Rows(names, [.. columns.Select(values => values[count..])], labels[count..]));
    }

    private static float[] Column(int column, int count, Random random)
    {
        int values = column % EveryDiscrete == 0 ? 2 + (column * 7 % 59) : 0;
        float[] made = new float[count];
        for (int row = 0; row < count; row++)
        {
            float draw = random.NextSingle();
            if (draw < 0.05f) made[row] = float.NaN;
            else if (values > 0) made[row] = MathF.Floor(draw * draw * values);
            else made[row] = -MathF.Log(1.0001f - draw) * (1 + column);
        }

        return made;
    }

    /// <summary>Each in its own way, some only on one side of a threshold.</summary>
    private static void Tell(float[] column, int number, float[] odds)
    {
        float largest = column.Where(value => !float.IsNaN(value)).Max();
        for (int row = 0; row < odds.Length; row++)
        {
            float value = column[row] / largest;
            if (float.IsNaN(value)) continue;
            odds[row] += number % 2 == 0 ? 3 * (MathF.Sqrt(value) - 0.5f) : value > 0.2f && odds[row] > 0 ? -1 : 0.2f;
        }
    }
}
