using BatchScoring.Core;
using BatchScoring.Engines;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>What a job works with; made once per command.</summary>
internal sealed class JobContext(Settings settings, IProgressDisplay progress, TimeProvider time, Func<string, string?> environment)
    : IAsyncDisposable
{
    private IObjectStore? _store;
    private IEngine? _engine;

    public Settings Settings => settings;

    public IProgressDisplay Progress => progress;

    public TimeProvider Time => time;

    public StoreCredentials? Credentials => EnvironmentCredentials.Read(environment);

    /// <summary>The store under the root; opened when first asked for, so that commands without a root need none.</summary>
    public IObjectStore Store => _store ??= settings.Store.Root.Length > 0
        ? ObjectStores.Open(settings.Store, Credentials is { } credentials ? _ => Task.FromResult(credentials) : null, time)
        : throw new BatchScoringException("ROOT_MISSING", ExitCode.Usage,
            "No root is given. Name the folder or bucket that holds the data: --root ./bank, or export BATCHSCORING_ROOT=s3://bucket/prefix.");

    public IEngine Engine => _engine ??= EngineFactory.Embedded(this);

    public async ValueTask DisposeAsync()
    {
        if (_engine is not null) await _engine.DisposeAsync();
        _store?.Dispose();
    }
}
