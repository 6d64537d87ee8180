using BatchScoring.Core;
using BatchScoring.Datasets;

namespace BatchScoring.Runs;

/// <summary>What is wrong with a dataset as it stands.</summary>
public static class DatasetProblem
{
    /// <summary>Says what is wrong.</summary>
    /// <returns>One or two sentences for people; null when nothing is wrong, which a publish under way is not either.</returns>
    public static string? Of(Dataset dataset)
    {
        if (dataset.Problem is { } problem) return problem.Message;
        // Only here others may deliver files of their own; everywhere else what has no manifest was not published, or lost it.
        if (dataset.Folder.StartsWith(FolderLayout.TestSamples, StringComparison.Ordinal)) return null;
        return dataset.Condition switch
        {
            DatasetCondition.SealedElsewhere =>
                $"'{dataset.Folder}' has a {FolderLayout.Success} but no {FolderLayout.Manifest}: it cannot be told whether its files " +
                $"are what was published. Restore the manifest, or {Advice(dataset)}.",
            DatasetCondition.Unsealed when dataset.Files.Count > 0 =>
                $"'{dataset.Folder}' has {dataset.Files.Count} file(s) but neither {FolderLayout.Manifest} nor " +
                $"{FolderLayout.Success}: nothing was published there, or both are gone. Restore them, or move the files away.",
            _ => null,
        };
    }

    private static string Advice(Dataset dataset) => dataset.Revision is null ? "begin in a new root" : "publish the next revision";
}
