using BatchScoring.Core;

namespace BatchScoring.SparkJobs.Runs;

/// <summary>One attempt: its id and its folder.</summary>
internal sealed record AttemptScope(RunId Run, AttemptId Id)
{
    public string Folder => FolderLayout.Attempt(Run, Id);

    public string Key(string file) => Folder + file;
}
