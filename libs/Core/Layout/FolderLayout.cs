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

    /// <summary>Beside a manifest whose parts were removed on purpose: when, and which revision had replaced it.</summary>
    public const string Retired = "_retired.json";

    /// <summary>The samples, by date. Others may deliver their own files there.</summary>
    public const string TestSamples = "test_sample/";

    /// <summary>The enriched learning tables, by date.</summary>
    public const string TrainSups = "train_sup/";

    /// <summary>The scores, by date and revision.</summary>
    public const string Inferences = "test_sample_inference/";

    /// <summary>The Delta log of the scores: an index for readers, derived from the manifests.</summary>
    public const string DeltaLog = Inferences + DeltaNames.Log;

    /// <summary>What runs leave beside their datasets: attempts, models, evaluations.</summary>
    public const string Artifacts = "artifacts/";

    /// <summary>What submitters and their drivers tell each other; nobody asks for it once a run is over.</summary>
    public const string Submissions = Artifacts + "submissions/";

    /// <summary>All attempts of all runs.</summary>
    public const string Runs = Artifacts + "runs/";

    /// <summary>The evaluations, by date and revision of the scores.</summary>
    public const string Evaluations = Artifacts + "evaluations/";

    /// <summary>Every top-level folder, in the order in which data flows through them.</summary>
    public static IReadOnlyList<string> TopLevel { get; } = [Train, Test, TestSamples, TrainSups, Inferences, Artifacts];

    /// <summary>Every folder that holds published datasets, at whatever depth.</summary>
    public static IReadOnlyList<string> Published { get; } = [Train, Test, TestSamples, TrainSups, Inferences, Evaluations];

    /// <summary>The new rows of a date.</summary>
    public static string TestSample(RunDate date) => $"{TestSamples}run_date={date}/";

    /// <summary>The enriched learning table of a date.</summary>
    public static string TrainSup(RunDate date) => $"{TrainSups}run_date={date}/";

    /// <summary>The folder of a date that holds its revisions.</summary>
    public static string Inference(RunDate date) => $"{Inferences}run_date={date}/";

    /// <summary>The scores of one revision of a date.</summary>
    public static string Inference(RunDate date, int revision) =>
        string.Create(CultureInfo.InvariantCulture, $"{Inferences}run_date={date}/revision={revision}/");

    /// <summary>The folder of a date that holds the evaluations of its revisions.</summary>
    public static string Evaluation(RunDate date) => $"{Evaluations}run_date={date}/";

    /// <summary>The evaluation of one revision of a date's scores.</summary>
    public static string Evaluation(RunDate date, int revision) =>
        string.Create(CultureInfo.InvariantCulture, $"{Evaluations}run_date={date}/revision={revision}/");

    /// <summary>All attempts of a run.</summary>
    public static string Run(RunId run) => $"{Runs}{run}/";

    /// <summary>What the folders of all revisions of a job's date begin with.</summary>
    public static string RevisionsOf(string job, RunDate date) => $"{Runs}{job}-{date}-r";

    /// <summary>Everything that belongs to one attempt: plan, results, quarantine, staging, report, record.</summary>
    public static string Attempt(RunId run, AttemptId attempt) => $"{Runs}{run}/{attempt}/";

    /// <summary>What a submitter and its driver in a cluster tell each other.</summary>
    public static string Submission(string submission) => $"{Submissions}{submission}/";

    /// <summary>A model by the SHA-256 of its file; what a plan pins.</summary>
    public static string PinnedModel(string sha256, string extension) => $"{Artifacts}models/by-hash/{sha256}{extension}";
}
