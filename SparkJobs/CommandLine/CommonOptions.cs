using System.CommandLine;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>Options that every command understands, wherever they stand on the line.</summary>
internal static class CommonOptions
{
    public static Option<string?> Root { get; } = Recursive<string?>(
        "--root", "Folder or s3://bucket/prefix that holds all datasets. Environment: BATCHSCORING_ROOT.", "ROOT");

    public static Option<string?> Target { get; } = Recursive<string?>(
        "--target", "Named settings of batch-score.yaml. Environment: BATCHSCORING_TARGET.", "NAME");

    public static Option<string?> S3Endpoint { get; } = Recursive<string?>(
        "--s3-endpoint", "S3 endpoint that is not AWS, for example http://127.0.0.1:9000. Environment: BATCHSCORING_S3_ENDPOINT.", "URL");

    public static Option<string?> S3Region { get; } = Recursive<string?>(
        "--s3-region", "S3 region; by default that of AWS_REGION, AWS_DEFAULT_REGION or the profile, else us-east-1. Environment: " +
        "BATCHSCORING_S3_REGION.", "REGION");

    public static Option<string?> S3Encryption { get; } = Recursive<string?>(
        "--s3-encryption", "Encryption that a bucket's policy demands of every object. Environment: BATCHSCORING_S3_ENCRYPTION.",
            "AES256|aws:kms|aws:kms=KEY");

    public static Option<bool?> S3PathStyle { get; } = Recursive<bool?>(
        "--s3-path-style", "Bucket in the path, not in the host name; on by default with an endpoint. Environment: " +
        "BATCHSCORING_S3_PATH_STYLE.", "true|false");

    public static Option<int?> Threads { get; } = Recursive<int?>(
        "--threads", "Threads to use, all cores by default. Environment: BATCHSCORING_THREADS.", "N");

    public static Option<int?> MemoryMiB { get; } = Recursive<int?>(
        "--memory", "Memory for DuckDB in MiB, 2048 by default; on Spark of one runner, 768. Environment: BATCHSCORING_MEMORY.", "MIB");

    public static Option<string?> Engine { get; } = Recursive<string?>(
        "--engine", "embedded (this machine) or spark (only as a driver under spark-submit: see submit). Environment: BATCHSCORING_ENGINE.",
            "embedded|spark");

    /// <summary>What <c>submit</c> tells its driver; not for people.</summary>
    public static Option<string?> Submission { get; } = new("--submission") { Recursive = true, Hidden = true };

    public static Option<string?> Format { get; } = Recursive<string?>(
        "--format", "text or json. Environment: BATCHSCORING_FORMAT.", "text|json");

    public static Option<bool> Quiet { get; } = Recursive<bool>("--quiet", "No progress.", null);

    public static Option<bool> Progress { get; } =
        Recursive<bool>("--progress", "Progress also with --format json, on standard error.", null);

    public static Option<bool> Verbose { get; } =
        Recursive<bool>("--verbose", "Log messages on standard error, down to single splits.", null);

    public static Option<string?> LogFormat { get; } = Recursive<string?>(
        "--log-format", "Log messages on standard error, as text or json (one object per line). Environment: BATCHSCORING_LOG_FORMAT.",
            "text|json");

    public static IEnumerable<Option> All => [Root, Target, S3Endpoint, S3Region, S3Encryption, S3PathStyle, Threads, MemoryMiB, Engine,
        Submission, Format, Quiet, Progress, Verbose, LogFormat];

    private static Option<T> Recursive<T>(string name, string description, string? value) =>
        new(name) { Description = description, HelpName = value, Recursive = true };
}
