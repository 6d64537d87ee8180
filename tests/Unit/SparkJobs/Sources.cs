using BatchScoring.SparkJobs.Import;
using BatchScoring.Tables;

namespace BatchScoring.Tests.Unit.SparkJobs;

internal static class Sources
{
    /// <summary>What <c>import</c> finds under these names.</summary>
    public static ImportFiles Find(params string[] names) =>
        ImportFiles.FindAsync([.. names.Select(name => new ImportSource(name))], new FolderRequest(), default).GetAwaiter().GetResult();
}
