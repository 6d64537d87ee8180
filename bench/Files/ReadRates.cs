using System.Diagnostics;
using BatchScoring.DuckDb;
using BatchScoring.Models;
using BatchScoring.Scoring;
using BatchScoring.Tables;

namespace BatchScoring.Bench.Files;

/// <summary>Reads a table's files one after the other, with one thread, and keeps nothing.</summary>
internal sealed class ReadRates(BenchOptions options) : IDisposable
{
    private readonly IReadOnlyList<ColumnRequest> _columns = ModelColumns.Requests(CatBoostModel.LoadFile(options.Model).Inputs);
    private readonly SplitReaders _readers = new();

    public double Seconds(string folder, ReaderChoice choice)
    {
        long started = Stopwatch.GetTimestamp();
        foreach (string? file in Directory.GetFiles(folder, "*.parquet").Order(StringComparer.Ordinal)) Read(file, choice, _ => { });
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Reads the first file with both; it is in memory then, the code compiled, and their bits are the same.</summary>
    public void Prepare(string folder)
    {
        string file = Path.Combine(folder, "part-00.parquet");
        (ulong ours, ulong theirs) = (Sum(file, ReaderChoice.Native), Sum(file, ReaderChoice.DuckDb));
        if (ours != theirs) throw new InvalidOperationException($"{file}: both sides do not read the same bits.");
    }

    public void Dispose() => _readers.Dispose();

    private unsafe ulong Sum(string file, ReaderChoice choice)
    {
        ulong sum = 0ul;
        Read(file, choice, reader =>
        {
            for (int column = 0; column < _columns.Count; column++)
                for (int row = 0; row < reader.Rows; row++)
                    sum += (((uint*)reader.Block.Numbers(column))[row] + 1ul) * ((ulong)column + 1) * ((ulong)(reader.FirstRow + row) | 1);
        });
        return sum;
    }

    private void Read(string file, ReaderChoice choice, Action<ISplitReader> use)
    {
        using var database = new LazyDatabase(new DuckOptions { Threads = 1 });
        using ISplitReader reader = _readers.OpenParquet(database, new SplitReadRequest { Path = file, Columns = _columns }, choice);
        while (reader.Next()) use(reader);
    }
}
