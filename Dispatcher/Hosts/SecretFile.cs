namespace BatchScoring.Dispatcher.Hosts;

/// <summary>Files with secrets: their owner alone may read them.</summary>
internal static class SecretFile
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>What is wrong with its rights, and what to do; null: nothing.</summary>
    public static string? Problem(string path)
    {
        if (OperatingSystem.IsWindows()) return null;
        UnixFileMode mode = File.GetUnixFileMode(path);
        return (mode & Others) == UnixFileMode.None
            ? null
            : $"{path} may be used by others than its owner (its rights are {Convert.ToString((int)mode, 8)}). Run: chmod 600 {path}";
    }
}
