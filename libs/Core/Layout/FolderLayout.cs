using System.Globalization;

namespace BatchScoring.Core;

/// <summary>
/// Where everything lies under a root: keys with forward slashes, folders end in one. The top-level names are the user's words.
/// s3-layout/layout.json states the same for other programs; a test holds both equal.
/// </summary>
public static class FolderLayout
{
    /// <summary>The labelled learning table.</summary>
    public const string Train = "train/";

    /// <summary>The held-out pool that stands for the future.</summary>
    public const string Test = "test/";

    /// <summary>The commit marker: holds the manifest's SHA-256.</summary>
    public const string Success = "_SUCCESS";

    /// <summary>The manifest's file name in a dataset's folder.</summary>
    public const string Manifest = "_manifest.json";

    /// <summary>Every top-level folder, in the order in which data flows through them.</summary>
    public static IReadOnlyList<string> TopLevel { get; } =
        [Train, Test, "test_sample/", "train_sup/", "test_sample_inference/", "artifacts/"];

    /// <summary>The new rows of a date.</summary>
    public static string TestSample(RunDate date) => $"test_sample/run_date={date}/";

    /// <summary>The enriched learning table of a date.</summary>
    public static string TrainSup(RunDate date) => $"train_sup/run_date={date}/";

    /// <summary>The folder of a date that holds its revisions.</summary>
    public static string Inference(RunDate date) => $"test_sample_inference/run_date={date}/";

    /// <summary>The scores of one revision of a date.</summary>
    public static string Inference(RunDate date, int revision) =>
        string.Create(CultureInfo.InvariantCulture, $"test_sample_inference/run_date={date}/revision={revision}/");

    /// <summary>All attempts of a run.</summary>
    public static string Run(RunId run) => $"artifacts/runs/{run}/";

    /// <summary>Everything that belongs to one attempt: plan, results, quarantine, staging, report, record.</summary>
    public static string Attempt(RunId run, AttemptId attempt) => $"artifacts/runs/{run}/{attempt}/";

    /// <summary>What a submitter and its driver in a cluster tell each other.</summary>
    public static string Submission(string submission) => $"artifacts/submissions/{submission}/";

    /// <summary>A model by the SHA-256 of its file; what a plan pins.</summary>
    public static string PinnedModel(string sha256, string extension) => $"artifacts/models/by-hash/{sha256}{extension}";
}
