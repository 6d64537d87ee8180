using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Storage;
using BatchScoring.Tasks;

namespace BatchScoring.Tests.Testing;

/// <summary>A root in a temporary folder with Parquet files in it, and the lines to run tasks over them.</summary>
public sealed class TaskBench : IDisposable
{
    private readonly DuckDatabase _database = DuckDatabase.Open(new DuckOptions { Threads = 1 });

    public TaskBench()
    {
        Store = ObjectStores.Open(new StoreOptions { Root = Folder.Path });
        Duck = _database.Connect();
        var attempt = AttemptId.New();
        Header = new HeaderLine
        {
            Attempt = attempt.Text,
            AttemptFolder = $"artifacts/runs/test-r1/{attempt}/",
            Store = Store.Options,
            MemoryMib = 512,
        };
    }

    public TemporaryFolder Folder { get; } = new();

    public IObjectStore Store { get; }

    public DuckConnection Duck { get; }

    public HeaderLine Header { get; set; }

    /// <summary>Writes what a query yields under a key.</summary>
    public InputFile Write(string key, string select, int rowGroupRows = 2048, string compression = "zstd")
    {
        string path = Store.LocalPath(key)!;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        Duck.Execute(string.Create(CultureInfo.InvariantCulture,
            $"COPY ({select}) TO {DuckSql.Literal(path)} (FORMAT parquet, COMPRESSION {compression}, ROW_GROUP_SIZE {rowGroupRows})"));
        return Pin(key);
    }

    /// <summary>Puts a copy of a file under a key.</summary>
    public InputFile Copy(string key, string file)
    {
        string path = Store.LocalPath(key)!;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Copy(file, path, overwrite: true);
        return Pin(key);
    }

    public InputFile Pin(string key)
    {
        StoredObject found = Store.HeadAsync(key, CancellationToken.None).GetAwaiter().GetResult()
            ?? throw new FileNotFoundException(key);
        return new InputFile { Key = key, Size = found.Size, Version = found.Version };
    }

    public static TaskSpec Split<T>(
        string kind, T work, JsonTypeInfo<T> type, InputFile file, long firstRow, long rows, int split = 0,
            IReadOnlyList<long>? duplicates = null) => new()
            {
                Kind = kind,
                Split = split,
                Input = new SplitInput { File = file, FirstRow = firstRow, Rows = rows, DuplicateRows = duplicates ?? [] },
                Work = JsonSerializer.SerializeToElement(work, type),
            };

    public async Task<TaskResult> RunAsync(ITaskKind kind, TaskSpec split, CancellationToken cancellation = default)
    {
        using TaskRunner runner = new(header => ObjectStores.Open(header.Store), [kind], TimeProvider.System);
        return await runner.RunAsync(Header, split, cancellation);
    }

    /// <summary>Every row of a pending part, or of any object, as objects.</summary>
    public IReadOnlyList<object?[]> Rows(string key, string select = "*")
    {
        using DuckResult result =
            Duck.Query($"SELECT {select} FROM read_parquet({DuckSql.Literal(Store.LocalPath(key)!)}, hive_partitioning = false)");
        return result.Rows();
    }

    public async Task<IReadOnlyList<string>> PendingAsync()
    {
        List<string> keys = [];
        await foreach (PendingUpload upload in Store.ListPendingAsync("", CancellationToken.None)) keys.Add(upload.Key);
        return keys;
    }

    public void Dispose()
    {
        Duck.Dispose();
        _database.Dispose();
        Store.Dispose();
        Folder.Dispose();
    }
}
