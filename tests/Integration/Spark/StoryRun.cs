using BatchScoring.Core;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Spark;

/// <summary>Import, sample, score and evaluate on a cluster with the data in S3, and what is to be known of it afterwards.</summary>
internal sealed class StoryRun : IDisposable
{
    /// <summary>Keys that stand nowhere else, so that they can be looked for.</summary>
    public static readonly StoreCredentials Canaries = new() { AccessKey = "CANARYKEY4711", SecretKey = "canary-secret-0815" };

    private readonly S3Server _server = S3Server.StartOwn(Canaries);
    private readonly ProcessSpy _spy;

    private StoryRun(SparkSite site)
    {
        Root = _server.NewRoot();
        Directory.CreateDirectory(EventLog);
        Story = new SparkStory(site, Root, Folder.Path, Canaries)
        {
            Flags = ["--conf", "spark.eventLog.enabled=true", "--conf", $"spark.eventLog.dir=file://{EventLog}"],
        };
        _spy = new ProcessSpy(() => site.Hosts.Prepend(Environment.ProcessId).SelectMany(LinuxProcess.Descendants));
    }

    public TemporaryFolder Folder { get; } = new();

    public string EventLog => Folder.File("events");

    public StoreOptions Root { get; }

    public SparkStory Story { get; }

    /// <summary>What each command said, by its name.</summary>
    public Dictionary<string, ProgramResult> Said { get; } = [];

    /// <summary>The datasets and the hashes of their rows at the end of it.</summary>
    public string[] Contents { get; private set; } = [];

    /// <summary>Every process of ours and of the cluster's that was seen while it ran.</summary>
    public IReadOnlyList<SeenProcess> Seen { get; private set; } = [];

    /// <summary>All commands in turn, whatever comes of them.</summary>
    /// <param name="site">Where they run.</param>
    /// <param name="importThere">False: the import runs here, which is quicker.</param>
    public static StoryRun OnS3(SparkSite site, bool importThere)
    {
        StoryRun run = new(site);
        run.Said["import"] = importThere ? run.Story.Import() : run.Story.Here.Import();
        run.Said["sample"] = run.Story.Sample();
        run.Said["score"] = run.Story.Score();
        run.Said["evaluate"] = run.Story.Evaluate();
        run.Seen = run._spy.Stop();
        run.Contents = run.Story.Contents();
        return run;
    }

    public void Dispose()
    {
        _spy.Dispose();
        _server.Dispose();
        Folder.Dispose();
    }
}
