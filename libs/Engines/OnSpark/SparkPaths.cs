using BatchScoring.Storage;

namespace BatchScoring.Engines;

/// <summary>The paths by which Spark reaches what we call by keys.</summary>
internal static class SparkPaths
{
    /// <summary>Hadoop takes these for patterns.</summary>
    private const string Pattern = "*?[]{}\\";

    /// <param name="root">A folder or <c>s3://bucket/prefix</c>.</param>
    /// <param name="key">A file or folder below it, or an absolute path.</param>
    public static string Of(string root, string key)
    {
        string full = Path.IsPathRooted(key) ? key : $"{root.TrimEnd('/')}/{key}";
        string path = ObjectStores.IsS3(full) ? "s3a" + full["s3".Length..] : "file://" + full;
        return string.Concat(path.Select(c => Pattern.Contains(c, StringComparison.Ordinal) ? "\\" + c : c.ToString()));
    }
}
