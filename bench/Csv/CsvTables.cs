using System.Globalization;
using System.Text;

namespace BatchScoring.Bench.Csv;

/// <summary>The tables that are read: made once, the same bytes everywhere.</summary>
internal static class CsvTables
{
    private const int Seed = 20261128;

    /// <summary>The credit card table without its key, twenty times: 600,000 × 24 whole numbers, most of few digits.</summary>
    public static string Credit(string cache, string repository) => Make(Path.Combine(cache, "credit-600000.csv"), writer =>
    {
        string[] lines = [.. File.ReadLines(Path.Combine(repository, "tests", "data", "UCI_Credit_Card.csv"))
            .Select(line => line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..])];
        writer.Write(lines[0] + "\n");
        for (int i = 0; i < 20; i++)
        {
            foreach (string line in lines.Skip(1)) writer.Write(line + "\n");
        }
    });

    /// <summary>50,000 × 100 numbers with three decimals.</summary>
    public static string ThreeDecimals(string cache) => Random(Path.Combine(cache, "three-decimals.csv"), 50_000, 100,
        random => (60 * (random.NextDouble() + random.NextDouble() - 1)).ToString("F3", CultureInfo.InvariantCulture));

    /// <summary>20,000 × 200 doubles of 16 to 18 digits.</summary>
    public static string ManyDigits(string cache) => Random(Path.Combine(cache, "many-digits.csv"), 20_000, 200,
        random => random.NextDouble().ToString("R", CultureInfo.InvariantCulture));

    private static string Random(string path, int rows, int columns, Func<Random, string> cell) => Make(path, writer =>
    {
        var random = new Random(Seed);
        writer.Write(string.Join(',', Enumerable.Range(0, columns).Select(column => $"f{column}")) + "\n");
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                if (column > 0) writer.Write(',');
                writer.Write(cell(random));
            }

            writer.Write('\n');
        }
    });

    private static string Make(string path, Action<StreamWriter> write)
    {
        if (File.Exists(path)) return path;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using (var writer = new StreamWriter(path + ".tmp", append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            1 << 20)) write(writer);
        File.Move(path + ".tmp", path);
        return path;
    }
}
