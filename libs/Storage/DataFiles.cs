namespace BatchScoring.Storage;

/// <summary>
/// Which keys of a folder are data: no step of the name below the folder starts with <c>_</c> or <c>.</c>, as Spark and Hive do, and none
/// ends in <c>_$folder$</c>, by which Hadoop marks folders on object stores.
/// </summary>
public static class DataFiles
{
    private const string FolderMark = "_$folder$";

    /// <summary>
    /// Whether <paramref name="key"/> is a data file below <paramref name="folder"/> (which ends in a slash, or is empty).
    /// </summary>
    public static bool IsDataFile(string key, string folder)
    {
        if (key.Length == folder.Length || !key.StartsWith(folder, StringComparison.Ordinal)) return false;
        ReadOnlySpan<char> rest = key.AsSpan(folder.Length);
        foreach (Range range in rest.Split('/'))
        {
            if (rest[range].Length == 0 || rest[range][0] is '_' or '.' || rest[range].EndsWith(FolderMark)) return false;
        }
        return true;
    }
}
