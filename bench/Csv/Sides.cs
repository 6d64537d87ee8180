using System.Diagnostics;
using BatchScoring.DuckDb;
using BatchScoring.Tables.Csv;

namespace BatchScoring.Bench.Csv;

/// <summary>Both sides: every number of the table is read and added up, column by column.</summary>
internal static class Sides
{
    /// <summary>DuckDB's own reader, one thread.</summary>
    /// <param name="path">The table.</param>
    /// <param name="isTold">Whether it is told names and types. Else it spends more on finding them than on reading.</param>
    public static double[] DuckDb(string path, bool isTold)
    {
        using var database = DuckDatabase.Open(new DuckOptions { Threads = 1 });
        using DuckConnection connection = database.Connect();
        string[] names = File.ReadLines(path).First().Replace("\"", "", StringComparison.Ordinal).Split(',');
        string columns = string.Join(", ", names.Select(name => $"{DuckSql.Literal(name)}: 'DOUBLE'"));
        string sums = string.Join(", ", names.Select(name => $"sum({DuckSql.Identifier(name)}::DOUBLE)"));
        string told = isTold ? $", auto_detect = false, header = true, columns = {{{columns}}}" : "";
        using DuckResult result = connection.Query($"SELECT {sums} FROM read_csv({DuckSql.File(path)}{told})");
        return [.. result.Rows().Single().Select(value => (double)value!)];
    }

    /// <summary>Ours: float32 columns, as models take them.</summary>
    public static unsafe double[] Own(string path, int threads)
    {
        using var reader = CsvReader.Open(path, CsvDialect.Of(path));
        double[] sums = new double[reader.Names.Count];
        reader.Want([.. sums.Select((_, column) => new CsvWanted(column, CsvColumnKind.Float))], threads);
        while (reader.Next())
        {
            if (reader.Block.BadCells.Count > 0) throw new InvalidOperationException($"{path} has cells that are no numbers.");
            for (int column = 0; column < sums.Length; column++)
                sums[column] += Sum(new ReadOnlySpan<float>(reader.Block.Floats(column), reader.Block.Rows));
        }

        return sums;
    }

    /// <summary>Runs a side.</summary>
    /// <returns>Processor seconds of the whole process, seconds by the clock, and the sums.</returns>
    public static (double Cpu, double Clock, double[] Sums) Measure(Func<double[]> side)
    {
        using var process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        long started = Stopwatch.GetTimestamp();
        double[] sums = side();
        double clock = Stopwatch.GetElapsedTime(started).TotalSeconds;
        process.Refresh();
        return ((process.TotalProcessorTime - before).TotalSeconds, clock, sums);
    }

    private static double Sum(ReadOnlySpan<float> values)
    {
        System.Runtime.Intrinsics.Vector256<double> sum = default;
        int i = 0;
        for (; i <= values.Length - 4; i += 4)
            sum += System.Runtime.Intrinsics.Vector256.Create((double)values[i], values[i + 1], values[i + 2], values[i + 3]);
        double all = System.Runtime.Intrinsics.Vector256.Sum(sum);
        for (; i < values.Length; i++) all += values[i];
        return all;
    }
}
