using System.Diagnostics;
using System.Text.RegularExpressions;
using BatchScoring.DuckDb;
using BatchScoring.Parquet;
using BatchScoring.Tests.Testing;
using BatchScoring.Tests.Testing.Parquet;

namespace BatchScoring.Tests.Unit.Parquet;

/// <summary>
/// What must hold for any bytes taken as a Parquet file: unsupported, or refused for a damaged page, or read; what is read is what DuckDB
/// reads.
/// Neither a crash nor a hang, nor memory beyond the cap.
/// </summary>
internal sealed partial class HostileParquet : IDisposable
{
    private const long Cap = 16 << 20;

    private readonly TemporaryFolder _folder = new();
    private readonly DuckDatabase _database = DuckDatabase.Open(new DuckOptions { Threads = 1, MemoryLimitMiB = 512 });
    private readonly ReadMemory _memory = new(Cap);

    /// <summary>Mutants that were read, and equal to what DuckDB reads.</summary>
    public int Equal { get; private set; }

    /// <summary>Mutants that were read, and DuckDB does not read them: how many, by its reason without numbers and paths.</summary>
    public SortedDictionary<string, int> RefusedByDuckDb { get; } = new(StringComparer.Ordinal);

    /// <summary>Mutants that are unsupported, in the footer, at load or while decoding.</summary>
    public int Unsupported { get; private set; }

    /// <summary>Mutants with a page that is not what its header promises.</summary>
    public int Damaged { get; private set; }

    /// <summary>Mutants that were read, to other values than DuckDB reads.</summary>
    public List<string> Different { get; } = [];

    public override string ToString() =>
        $"equal {Equal}, unsupported {Unsupported}, damaged {Damaged}, read here and refused by DuckDB {RefusedByDuckDb.Values.Sum()}, " +
        $"different {Different.Count}"
        + string.Concat(RefusedByDuckDb.Select(reason => $"\n  {reason.Value} {reason.Key}"));

    public void Check(byte[] bytes, Func<string> what)
    {
        var clock = Stopwatch.StartNew();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Dictionary<string, List<uint>>? read;
        try
        {
            read = Read(bytes);
        }
        catch (DamagedPageException)
        {
            Damaged++;
            return;
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"{what()}: {error}", error);
        }
        finally
        {
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30), what());
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan((4L * bytes.Length) + Cap, what());
            _memory.HeldBytes.ShouldBeLessThan(Cap + (1 << 20), what());
        }

        if (read is null) Unsupported++;
        else Compare(bytes, read, what);
    }

    public void Dispose()
    {
        _memory.Dispose();
        _database.Dispose();
        _folder.Dispose();
    }

    private unsafe Dictionary<string, List<uint>>? Read(byte[] bytes)
    {
        if (ParquetFile.TryOpen(new MemorySource(bytes), out _) is not { } file) return null;
        var columns = file.Columns.Where(column => column.Kind != NumberKind.None).ToList();
        if (columns.Select(column => column.Name.ToUpperInvariant()).Distinct().Count() != columns.Count) return null;
        var result = columns.ToDictionary(column => column.Name, _ => new List<uint>());
        using var reader = new RowGroupReader(file, columns, key: null, _memory);
        for (int group = 0; group < file.RowGroups.Count; group++)
        {
            if (reader.Load(group) is not null) return null;
            while (reader.RowsLeft > 0)
            {
                int rows = Math.Min(RowGroupReader.MaxRows, reader.RowsLeft);
                if (reader.Read(rows) is not null) return null;
                for (int i = 0; i < columns.Count; i++) result[columns[i].Name].AddRange(new ReadOnlySpan<uint>(reader.Floats(i), rows));
            }
        }

        return result;
    }

    private void Compare(byte[] bytes, Dictionary<string, List<uint>> read, Func<string> what)
    {
        string path = _folder.File("mutant.parquet");
        File.WriteAllBytes(path, bytes);
        try
        {
            using DuckConnection connection = _database.Connect();
            foreach ((string? name, List<uint>? values) in read)
            {
                using DuckResult result = connection.Query($"SELECT {DuckSql.Identifier(name)} FROM read_parquet({DuckSql.Literal(path)})");
                List<uint> expected = Floats(result);
                if (expected.SequenceEqual(values)) continue;
                Different.Add($"{what()}, column {name}");
                return;
            }

            Equal++;
        }
        catch (DuckDbException e)
        {
            string reason = Changing().Replace(e.DuckText, "#");
            RefusedByDuckDb[reason] = RefusedByDuckDb.GetValueOrDefault(reason) + 1;
        }
    }

    [GeneratedRegex("""(["'].*?["']|\d+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Changing();

    private static List<uint> Floats(DuckResult result)
    {
        var floats = new List<uint>();
        while (result.NextChunk() is { } chunk)
        {
            for (int row = 0; row < chunk.Rows; row++)
            {
                float value = chunk.Value(0, row) switch
                {
                    null => float.NaN,
                    float it => it,
                    double it => (float)it,
                    bool it => it ? 1 : 0,
                    IConvertible it => (float)Convert.ToDecimal(it),
                    var other => throw new InvalidOperationException($"{other} is no number"),
                };
                floats.Add(BitConverter.SingleToUInt32Bits(value));
            }
        }

        return floats;
    }
}
