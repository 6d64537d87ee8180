using BatchScoring.Core;
using BatchScoring.Runs;

namespace BatchScoring.SparkJobs.Import;

/// <summary>All that is known before the first row is written.</summary>
/// <param name="Identity">The files' content.</param>
/// <param name="Columns">What every column becomes.</param>
/// <param name="Early">The bad rows.</param>
/// <param name="Train">The splits with rows of train/.</param>
/// <param name="Test">The splits with rows of test/.</param>
/// <param name="TestRows">Rows of test/.</param>
/// <param name="Notes">What people should know.</param>
internal sealed record ImportPlan(
    string Identity, IReadOnlyList<ImportColumn> Columns, EarlyQuarantine Early, IReadOnlyList<SplitInput> Train,
        IReadOnlyList<SplitInput> Test,
    long TestRows, IReadOnlyList<string> Notes);
