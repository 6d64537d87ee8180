using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using BatchScoring.Core;
using BatchScoring.Storage;
using BatchScoring.Tables;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Properties.Tables;

/// <summary>
/// Logs of other people's tables, damaged: entries dropped, doubled, put into another order, torn; hostile sizes, paths, nesting. Whatever
/// comes out of that is an error, or the rows that were right before; nothing outside of the table is looked at, and memory is bounded: what
/// the whole process allocates is counted, so no other test may run meanwhile.
/// </summary>
[Collection(Name)]
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MutatedLogProperties
{
    private const string Name = nameof(MutatedLogProperties);
    private const int Seed = 20261129;
    private const long MostBytes = 256 << 20;

    private static readonly string[] HostilePaths =
    [
        "../outside.parquet", "..%2Foutside.parquet", "%2e%2e/outside.parquet", "/etc/passwd", "%2Fetc%2Fpasswd", "file:///etc/passwd",
        "s3://other/part.parquet", "a/../../outside.parquet", "a\\\\..\\\\b.parquet", "a\\u0000b.parquet", "", ".", "a//b.parquet",
        "\\ud800.parquet",
    ];

    private static readonly string[] HostileNumbers =
        ["-1", "9223372036854775807", "92233720368547758070", "1e300", "0.5", "\"12\"", "null", "[]", "2147483647"];

    private static int Count => Environment.GetEnvironmentVariable("BATCHSCORING_FULL") == "1" ? 2000 : 150;

    [Fact]
    public async Task Open_DamagedLog_IsRightOrAnError()
    {
        string[] tables = [.. DeltaInput.Names().Where(name => Directory.Exists(Path.Combine(DeltaInput.Open(name).Table, "_delta_log"))
            && DeltaInput.Open(name).Expected.GetProperty("right").GetString() == "rows")];
        Dictionary<string, string> right = [];
        int errors = 0, same = 0;
        for (int i = 0; i < Count; i++)
        {
            Random random = new(Seed + i);
            string name = tables[random.Next(tables.Length)];
            if (!right.TryGetValue(name, out string? expected)) right[name] = expected = await StateAsync(DeltaInput.Open(name).Table);
            using TemporaryFolder folder = new();
            string table = folder.File("outer", "table");
            Copy(DeltaInput.Open(name).Table, table);
            File.WriteAllText(folder.File("outer", "outside.parquet"), "secret");
            string done = Mutate(random, Path.Combine(table, "_delta_log"));
            string what = $"case {i} (seed {Seed + i}), {name}: {done}";
            long before = GC.GetTotalAllocatedBytes();
            try
            {
                string state = await StateAsync(table);
                state.ShouldBe(expected, what);
                same++;
            }
            catch (BatchScoringException e)
            {
                e.ExitCode.ShouldBe(ExitCode.InputUnusable, what);
                errors++;
            }

            (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(MostBytes, what);
        }

        // Damage that is never seen, and damage that always is, would both say that the test breaks nothing of importance.
        errors.ShouldBeGreaterThan(Count / 3);
        same.ShouldBeGreaterThan(Count / 50);
    }

    /// <summary>All that decides which rows come out: version apart, which a doubled hint may not change either.</summary>
    private static async Task<string> StateAsync(string table)
    {
        using WatchingStore store = new(ObjectStores.Open(new StoreOptions { Root = Path.GetDirectoryName(table)! }));
        FolderTable read = await TableFolder.OpenAsync(store, "table/", new FolderRequest(), default);
        store.Asked.Where(key => !key.StartsWith("table/", StringComparison.Ordinal) && key != "_delta_log" && key != "metadata").ShouldBeEmpty();
        return string.Join('\n', read.Files
            .Select(file => $"{file.File.Key} {file.File.Size} {file.Deletions} {string.Join(',', file.RemovedRows)} "
                + string.Join(',', file.Partitions.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}")))
            .Order(StringComparer.Ordinal)
            .Concat(read.Columns.Select(column => $"{column.Name} {column.Type} {column.InFiles} {column.FieldId} {column.IsPartition}")));
    }

    private static string Mutate(Random random, string log)
    {
        string[] entries = [.. Directory.GetFiles(log, "*.json").Where(file => Path.GetFileName(file).Length == 25).Order(StringComparer.Ordinal)];
        string[] checkpoints = [.. Directory.GetFiles(log, "*checkpoint*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith("_last_checkpoint", StringComparison.Ordinal))];
        string entry = entries[random.Next(entries.Length)], shown = Path.GetFileName(entry);
        switch (random.Next(12))
        {
            case 0 when entries.Length > 1:
                // The last one gone is an older version of the table, and no damage.
                entry = entries[random.Next(entries.Length - 1)];
                File.Delete(entry);
                return "dropped " + Path.GetFileName(entry);
            case 1:
                long next = long.Parse(Path.GetFileName(entries[^1])[..20], CultureInfo.InvariantCulture) + 1;
                File.Copy(entry, Path.Combine(log, string.Create(CultureInfo.InvariantCulture, $"{next:D20}.json")));
                return $"doubled {shown} as the last";
            case 2 when entries.Length > 1:
                // Entries before a checkpoint are not read, and one of them that came later looks like a restore.
                string[] read = [.. entries.Where(file => checkpoints.All(it =>
                    string.CompareOrdinal(Path.GetFileName(file)[..20], Path.GetFileName(it)[..20]) > 0))];
                if (read.Length < 2) goto default;
                (entry, string other) = (read[random.Next(read.Length)], read[random.Next(read.Length)]);
                shown = Path.GetFileName(entry);
                (byte[] one, byte[] two) = (File.ReadAllBytes(entry), File.ReadAllBytes(other));
                File.WriteAllBytes(entry, two);
                File.WriteAllBytes(other, one);
                return $"changed places: {shown} and {Path.GetFileName(other)}";
            case 3:
                byte[] bytes = File.ReadAllBytes(entry);
                // Within a line: one that ends with a line is an entry of fewer actions, and nobody can see that.
                int cut = random.Next(bytes.Length);
                while (cut > 0 && (bytes[cut] == '\n' || bytes[cut - 1] == '\n')) cut--;
                File.WriteAllBytes(entry, bytes[..cut]);
                return $"torn {shown}";
            case 4:
                File.WriteAllBytes(entry, []);
                return $"emptied {shown}";
            case 5: return Replace(random, entry, "\"path\":\"", "\"", HostilePaths);
            case 6: return Replace(random, entry, "\"size\":", ",}", HostileNumbers);
            case 7: return Replace(random, entry, "\"cardinality\":", ",}", HostileNumbers);
            case 8: return Replace(random, entry, "\"sizeInBytes\":", ",}", HostileNumbers);
            case 9:
                string deep = string.Concat(Enumerable.Repeat("{\"a\":", 20_000)) + "1" + new string('}', 20_000);
                File.AppendAllText(entry, deep + "\n");
                return $"nested deeply {shown}";
            case 10 when checkpoints.Length > 0:
                string checkpoint = checkpoints[random.Next(checkpoints.Length)];
                byte[] held = File.ReadAllBytes(checkpoint);
                File.WriteAllBytes(checkpoint, held[..random.Next(held.Length)]);
                return "torn " + Path.GetFileName(checkpoint);
            default:
                File.WriteAllText(Path.Combine(log, "_last_checkpoint"), "{\"version\":99,\"parts\":7");
                File.WriteAllText(Path.Combine(log, "99999999999999999999.json"), "no number of a version");
                File.WriteAllText(Path.Combine(log, "." + shown + ".tmp"), "half");
                return "lies beside the log";
        }
    }

    /// <summary>Puts something hostile in the place of a value, the first or a later one.</summary>
    private static string Replace(Random random, string file, string before, string ends, string[] values)
    {
        string text = File.ReadAllText(file), value = values[random.Next(values.Length)];
        List<int> places = [];
        for (int at = text.IndexOf(before, StringComparison.Ordinal); at >= 0; at = text.IndexOf(before, at + 1, StringComparison.Ordinal))
            places.Add(at + before.Length);
        if (places.Count == 0) return "nothing";
        int start = places[random.Next(places.Count)], end = text.AsSpan(start).IndexOfAny(ends) + start;
        File.WriteAllText(file, text[..start] + value + text[end..], new UTF8Encoding(false));
        return $"{before}{value} in {Path.GetFileName(file)}";
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    /// <summary>Remembers every key that it is asked for.</summary>
    private sealed class WatchingStore(IObjectStore inner) : StoreDecorator(inner)
    {
        public ConcurrentBag<string> Asked { get; } = [];

        public override IAsyncEnumerable<StoredObject> ListAsync(string prefix, CancellationToken cancellation)
        {
            Asked.Add(prefix);
            return base.ListAsync(prefix, cancellation);
        }

        public override Task<StoredObject?> HeadAsync(string key, CancellationToken cancellation)
        {
            Asked.Add(key);
            return base.HeadAsync(key, cancellation);
        }

        public override Task<byte[]?> GetAsync(string key, CancellationToken cancellation)
        {
            Asked.Add(key);
            return base.GetAsync(key, cancellation);
        }

        public override Task ReadRangeAsync(
            string key, string? version, long offset, Memory<byte> destination, CancellationToken cancellation)
        {
            Asked.Add(key);
            return base.ReadRangeAsync(key, version, offset, destination, cancellation);
        }

        public override string? LocalPath(string key)
        {
            Asked.Add(key);
            return base.LocalPath(key);
        }
    }
}
