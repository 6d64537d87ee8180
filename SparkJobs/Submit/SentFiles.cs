using BatchScoring.Core;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Submit;

/// <summary>
/// What travels with a job, checked before anything is sent: spark-submit would find out after ten seconds, and say so in the middle of a
/// Java stack. Files and archives meet in one folder, under their last names or what follows a <c>#</c>.
/// </summary>
/// <param name="Files">As spark-submit takes them, each once.</param>
/// <param name="Archives">As spark-submit takes them, each once.</param>
internal sealed record SentFiles(IReadOnlyList<string> Files, IReadOnlyList<string> Archives)
{
    /// <param name="needed">Files that the job itself names.</param>
    /// <param name="ownArchive">Our programs; null where they lie on this machine already.</param>
    /// <param name="options">The user's own files and archives.</param>
    /// <exception cref="BatchScoringException"><c>SUBMIT_USAGE</c>: one is missing, or two have one name.</exception>
    public static SentFiles Of(IReadOnlyList<string> needed, string? ownArchive, SubmitOptions options)
    {
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        string[] own = ownArchive is null ? [] : [$"{ownArchive}#{ClusterPrograms.Folder}"];
        return new SentFiles(Once([.. needed, .. options.Files], "--files", names),
            Once([.. own, .. options.Archives], "--archives", names));
    }

    private static List<string> Once(IEnumerable<string> files, string option, Dictionary<string, string> names)
    {
        List<string> sent = [];
        foreach (string file in files)
        {
            (string path, string name) = PathAndName(file, option);
            if (names.TryAdd(name, path)) sent.Add(file);
            else if (names[name] != path) throw JobWords.Usage(
                $"{names[name]} and {path} would both be '{name}' in the job's folder. Rename one, or write {option} {path}#OTHER-NAME.");
        }

        return sent;
    }

    private static (string Path, string Name) PathAndName(string file, string option)
    {
        int alias = file.IndexOf('#', StringComparison.Ordinal);
        string path = alias < 0 ? file : file[..alias], name = alias < 0 ? Path.GetFileName(path.TrimEnd('/')) : file[(alias + 1)..];
        if (path.StartsWith("file:", StringComparison.Ordinal)) path = "/" + path["file:".Length..].TrimStart('/');
        // A scheme: it lies where the cluster finds it, and this machine perhaps does not.
        if (path.Contains("://", StringComparison.Ordinal) || path.StartsWith("hdfs:", StringComparison.Ordinal)) return (path, name);
        path = Path.GetFullPath(path);
        if (!File.Exists(path) && !Directory.Exists(path))
            throw JobWords.Usage($"{option} names {path}, which is not there. Check the path.");
        return (path, name);
    }
}
