using BatchScoring.Core;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Story;

/// <summary>Published scores of any rows, and the program to collect them with.</summary>
internal sealed class ScoresBench : IDisposable
{
    public const string Date = "2026-11-21";

    /// <summary>When manifests are made, unless a test says otherwise.</summary>
    public static readonly DateTimeOffset Created = new(2026, 11, 21, 6, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly StoreOptions _options;
    private readonly ScoreRoot _root;

    /// <param name="remote">Where the scores lie; null: in a folder.</param>
    public ScoresBench(StoreOptions? remote = null)
    {
        Directory.CreateDirectory(_folder.File("bank"));
        _options = remote ?? new StoreOptions { Root = _folder.File("bank") };
        Store = ObjectStores.Open(_options, remote is null ? null : S3Server.Credentials);
        _root = new ScoreRoot(Store);
    }

    public IObjectStore Store { get; }

    /// <summary>Keys that a spreadsheet may take for something else.</summary>
    public static string[] OddKeys { get; } =
    [
        "007", "=1+1", "+49 170", "-5", "@SUM(1)", "\tx", "\rx", "\nx", "'quoted", "＝1+1", " lead", "trail ", "a\rb", "a\nb", "a\r\nb", "a\tb",
        "a\u0001b", "\u007f", "\u0085", "_x0041_", "_x000d_", "_x", "a&<>\"'b", "]]>", "ü😀", "\ufffe", "\ufffd", "\ufeffbom", "1e5", "1/2", "TRUE", "#N/A",
        "123456789012345678", "a;b", "a,b", "a\"b", "\"", "$=1+1", "=cmd|' /C calc'!A0", "NULL", "NaN", "00", new('x', 32_767),
    ];

    public string File(string name) => _folder.File(name);

    public Task PublishAsync(string date, int revision, params string[] selects) => _root.PublishAsync(date, revision, Created, selects);

    public Task PublishAsync(string date, int revision, DateTimeOffset created, params string[] selects) =>
        _root.PublishAsync(date, revision, created, selects);

    public Task UnsealAsync(string date, int revision) => _root.UnsealAsync(date, revision);

    public ProgramResult Run(params string[] arguments) => BuiltProgram.BatchScore.Run(_folder.Path, Environment, arguments);

    public IReadOnlyDictionary<string, string> Environment
    {
        get
        {
            var all = new Dictionary<string, string> { ["BATCHSCORING_ROOT"] = _options.Root };
            if (_options.Endpoint is not { } endpoint) return all;
            (all["BATCHSCORING_S3_ENDPOINT"], all["AWS_ACCESS_KEY_ID"], all["AWS_SECRET_ACCESS_KEY"]) = (endpoint, "test-key", "test-secret");
            return all;
        }
    }

    public void Dispose()
    {
        _root.Dispose();
        Store.Dispose();
        _folder.Dispose();
    }
}
