using BatchScoring.Core;
using BatchScoring.Engines;
using BatchScoring.Runs;
using BatchScoring.Spark;
using BatchScoring.Storage;
using BatchScoring.Tables;
using Microsoft.Extensions.Logging;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>What a job works with; made once per command.</summary>
internal sealed class JobContext(
    Settings settings, IProgressDisplay progress, ILogger log, TimeProvider time, Func<string, string?> environment) : IRunContext,
        IAsyncDisposable
{
    private IObjectStore? _store;
    private IEngine? _engine;
    private LocalCopies? _copies;
    private Task<SparkSession>? _session;

    public Settings Settings => settings;

    public IProgressDisplay Progress => progress;

    public StoreOptions StoreOptions => settings.Store;

    public int Threads => settings.Threads;

    public int MemoryMib => settings.MemoryMiB;

    public string Program => ProgramVersion.Text;

    public TaskError? Explain(Exception error) =>
        JobErrorText.Of(error) is { } known ? TaskError.Of(known.Error, known.Message) : null;

    public ILogger Log => log;

    public TimeProvider Time => time;

    /// <summary>When the command began; what comes before the work is planning.</summary>
    public DateTimeOffset Started { get; private set; } = time.GetUtcNow();

    /// <summary>A command that does several jobs says when the next one begins.</summary>
    public void Begin() => Started = time.GetUtcNow();

    public Func<string, string?> Environment => environment;

    public StoreCredentials? Credentials => EnvironmentCredentials.Read(environment)
        ?? (settings.Engine == EngineKind.Spark && ObjectStores.IsS3(settings.Store.Root) ? SparkDriver.Credentials(Session) : null);

    /// <summary>The store under the root; opened when first asked for, so that commands without a root need none.</summary>
    public IObjectStore Store => _store ??= settings.Store.Root.Length > 0
        ? ObjectStores.Open(settings.Store, CredentialsSource(), time, progress.Say)
        : throw new BatchScoringException(JobErrors.RootMissing,
            "No root is given. Name the folder or bucket that holds the data: --root ./bank, or export " +
            "BATCHSCORING_ROOT=s3://bucket/prefix.");

    /// <summary>A local path for a file or folder that a person names by path or address; copies go when the command ends.</summary>
    public Task<string> LocalAsync(string name, CancellationToken cancellation) => Copies.OfAsync(name, cancellation);

    /// <summary>Opens a folder of a bucket and copies what counts of it; null for a name of anything else.</summary>
    public async Task<FolderTable?> FolderAsync(string name, FolderRequest wanted, CancellationToken cancellation)
    {
        if (await Copies.FolderOfBucketAsync(name, cancellation) is not var (bucket, folder)) return null;
        using IObjectStore opened = bucket;
        FolderTable table = await TableFolder.OpenAsync(bucket, folder, wanted, cancellation);
        if (table is { HasLog: false, Files: [] }) throw new StoreException(StorageErrors.NotFound,
            $"'{name}' is not there: no object has that key, and none that is data lies below it.");
        return table.At(await Copies.OfObjectsAsync(bucket, [.. table.Files.Select(file => file.File.Key)], cancellation));
    }

    private LocalCopies Copies => _copies ??= new LocalCopies(settings.Store, CredentialsSource(), time);

    public IEngine Engine =>
        _engine ??= settings.Engine == EngineKind.Spark ? EngineFactory.OnSpark(this, Session) : EngineFactory.Embedded(this);

    private Func<CancellationToken, Task<StoreCredentials>>? CredentialsSource() =>
        Credentials is { } credentials ? _ => Task.FromResult(credentials) : null;

    private SparkSession Session
    {
        get
        {
            BeginEngine();
            return _session!.GetAwaiter().GetResult();
        }
    }

    /// <summary>
    /// Starts what the engine needs and does not wait for it: Spark takes seconds, in which a job can look at its input. What goes wrong
    /// shows when <see cref="Engine"/> is asked for.
    /// </summary>
    public void BeginEngine()
    {
        // A thread of its own: the connection to the JVM belongs to a thread, and blocks it.
        if (settings.Engine == EngineKind.Spark)
            _session ??= Task.Factory.StartNew(StartSession, CancellationToken.None, TaskCreationOptions.LongRunning,
                TaskScheduler.Default);
    }

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null) await _engine.DisposeAsync();
        _store?.Dispose();
        _copies?.Dispose();
        try
        {
            if (_session is not null) (await _session).Stop();
        }
        catch (Exception e) when (e is SparkException or BatchScoringException)
        {
            // Gone already, or never there: the cluster ended it, and whoever looks sees that.
        }
    }

    private SparkSession StartSession()
    {
        SparkSession session = SparkDriver.Start(settings);
        progress.Say(SparkDriver.Introduction(session));
        return session;
    }
}
