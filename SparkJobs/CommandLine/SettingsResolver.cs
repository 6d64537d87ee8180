using System.CommandLine;
using BatchScoring.Core;
using BatchScoring.Hosting;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>Flags over environment over file over defaults, each checked where it enters.</summary>
internal static class SettingsResolver
{
    private const int MachineMemoryMiB = 2048;

    /// <summary>A runner shares its container with others.</summary>
    private const int RunnerMemoryMiB = 768;

    private const string FileName = "batch-score.yaml";

    /// <summary>Each is <c>BATCHSCORING_</c> and its name in capitals in the environment, too.</summary>
    private static readonly string[] Known =
    [
        "root", "s3_endpoint", "s3_region", "s3_encryption", "s3_path_style",
        "threads", "memory", "engine", "format", "log_format",
    ];

    /// <param name="line">The command line.</param>
    /// <param name="folder">Where the settings file may lie.</param>
    /// <param name="environment">Reads variables.</param>
    public static Settings Resolve(ParseResult line, string folder, Func<string, string?> environment)
    {
        var source = SettingsSource.Load(Path.Combine(folder, FileName), Known, line.GetValue(CommonOptions.Target), environment);
        int? memory = line.GetValue(CommonOptions.MemoryMiB) ?? source.Integer("memory");
        EngineKind engine = Engine(line.GetValue(CommonOptions.Engine) ?? source.Find("engine")?.Text ?? "embedded");
        string? endpoint = line.GetValue(CommonOptions.S3Endpoint) ?? source.Find("s3_endpoint")?.Text;
        return new Settings
        {
            Store = new StoreOptions
            {
                Root = Root(line.GetValue(CommonOptions.Root) ?? source.Find("root")?.Text),
                Endpoint = endpoint,
                Region = line.GetValue(CommonOptions.S3Region) ?? source.Find("s3_region")?.Text,
                Encryption = line.GetValue(CommonOptions.S3Encryption) ?? source.Find("s3_encryption")?.Text,
                PathStyle = line.GetValue(CommonOptions.S3PathStyle) ?? source.Boolean("s3_path_style") ?? endpoint is not null,
            },
            Threads = Positive("--threads", line.GetValue(CommonOptions.Threads) ?? source.Integer("threads")
                ?? Environment.ProcessorCount),
            MemoryMiB = Positive("--memory", memory ?? (engine == EngineKind.Spark ? RunnerMemoryMiB : MachineMemoryMiB)),
            MemoryGiven = memory is not null,
            Engine = engine,
            Submission = line.GetValue(CommonOptions.Submission),
            Format = Format("--format", line.GetValue(CommonOptions.Format) ?? source.Find("format")?.Text ?? "text"),
            Quiet = line.GetValue(CommonOptions.Quiet),
            Progress = line.GetValue(CommonOptions.Progress),
            Verbose = line.GetValue(CommonOptions.Verbose),
            LogFormat = (line.GetValue(CommonOptions.LogFormat) ?? source.Find("log_format")?.Text) is { } log
                ? Format("--log-format", log)
                : null,
        };
    }

    private static string Root(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return "";
        var place = InputLocation.Parse(text);
        return place.Kind == LocationKind.Web
            ? throw new StoreException(StorageErrors.RootInvalid,
                $"The root '{text}' is a web address; a root is a folder or s3://bucket/prefix (with --s3-endpoint).")
            : place.Kind == LocationKind.S3 ? text.TrimEnd('/') : place.Text;
    }

    private static int Positive(string name, int value) => value >= 1
        ? value
        : throw new BatchScoringException(HostErrors.OptionInvalid, $"{name} is {value}; it must be at least 1.");

    private static EngineKind Engine(string text) => text switch
    {
        "embedded" => EngineKind.Embedded,
        "spark" => EngineKind.Spark,
        _ => throw new BatchScoringException(HostErrors.OptionInvalid,
            $"--engine is '{text}'; it must be embedded or spark.{Similar.Hint(text, ["embedded", "spark"])}"),
    };

    private static OutputFormat Format(string option, string text) => text switch
    {
        "text" => OutputFormat.Text,
        "json" => OutputFormat.Json,
        _ => throw new BatchScoringException(HostErrors.OptionInvalid,
            $"{option} is '{text}'; it must be text or json.{Similar.Hint(text, ["text", "json"])}"),
    };
}
