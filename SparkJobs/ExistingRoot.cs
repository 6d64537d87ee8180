using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs;

/// <summary>Commands that look at a root need one: of a mistyped one they would say that all is well.</summary>
internal static class ExistingRoot
{
    private const string Layout = "layout.json";

    /// <summary>
    /// A bucket has no empty folders, so a prefix without objects may be a root of tomorrow; a folder is there or it is not.
    /// </summary>
    /// <exception cref="BatchScoringException"><c>ROOT_NOT_FOUND</c>.</exception>
    public static void Require(IObjectStore store)
    {
        if (store.LocalPath(Layout) is { } file && Path.GetDirectoryName(file) is { } folder && !Directory.Exists(folder))
            throw NotFound(store, "there is no such folder");
    }

    /// <summary>As <see cref="Require"/>; and where no dataset was found, the root must at least say that it is one.</summary>
    /// <exception cref="BatchScoringException"><c>ROOT_NOT_FOUND</c>.</exception>
    public static async Task RequireLayoutAsync(IObjectStore store, CancellationToken cancellation)
    {
        if (await store.HeadAsync(Layout, cancellation) is null) throw NotFound(store, $"there is no {Layout} here, and no dataset");
    }

    private static BatchScoringException NotFound(IObjectStore store, string why) => new(JobErrors.RootNotFound,
        $"{store.Options.Root} is no root: {why}. Correct --root (BATCHSCORING_ROOT), or prepare it: batch-score layout init.");
}
