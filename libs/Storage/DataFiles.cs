namespace BatchScoring.Storage;

/// <summary>
/// Which keys of a folder are data: no step of the name below the folder starts with <c>_</c> or <c>.</c>, as Spark and Hive do (but
/// <c>_batch=1</c> is a partition); none ends in <c>_$folder$</c>, by which Hadoop marks folders on object stores, or in <c>._COPYING_</c>,
/// as what it is still copying.
/// </summary>
public static class DataFiles
{
    private const string FolderMark = "_$folder$", Copying = "._COPYING_";

    /// <summary>
    /// Whether <paramref name="key"/> is a data file below <paramref name="folder"/> (which ends in a slash, or is empty).
    /// </summary>
    public static bool IsDataFile(string key, string folder)
    {
        if (key.Length == folder.Length || !key.StartsWith(folder, StringComparison.Ordinal)) return false;
        ReadOnlySpan<char> rest = key.AsSpan(folder.Length);
        foreach (Range range in rest.Split('/'))
        {
            ReadOnlySpan<char> step = rest[range];
            if (step.Length == 0 || step[0] == '.' || (step[0] == '_' && !step.Contains('='))) return false;
            if (step.EndsWith(FolderMark) || step.EndsWith(Copying)) return false;
        }
        return true;
    }
}
