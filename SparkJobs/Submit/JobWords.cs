using System.Globalization;
using BatchScoring.Core;
using BatchScoring.Runs;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Submit;

/// <summary>
/// The words that the driver gets: the job's own, what they share with this command, and the names that local files have there.
/// </summary>
/// <param name="Words">Arguments of the driver.</param>
/// <param name="Files">Local files that must travel, as spark-submit takes them.</param>
internal sealed record JobWords(IReadOnlyList<string> Words, IReadOnlyList<string> Files)
{
    public static JobWords Of(SubmitOptions options, Settings settings, string submission)
    {
        if (options.Job.Count == 0)
            throw Usage("no job is named. Put it after --, for example: batch-score submit --master local[2] -- score --date 2026-11-21 " +
            "--model model.cbm");
        if (!JobDefinition.Of(options.Job[0]).OnCluster)
            throw Usage($"'{options.Job[0]}' needs no cluster: it works with this machine's files. Run it without submit.");
        string[] shared = [.. CommonOptions.All.Select(option => option.Name)];
        if (options.Job.FirstOrDefault(word => shared.Contains(word.Split('=', ':')[0], StringComparer.Ordinal)) is { } misplaced)
            throw Usage($"{misplaced} stands after --. It decides for submit as well as for the job: put it before --.");
        var files = new List<string>();
        string[] job = [.. options.InCluster ? options.Job.Select((word, i) => i == 0 ? word : Travelling(word, files)) : options.Job];
        return new JobWords([.. job, .. Shared(settings), "--engine", "spark", "--submission", submission], files);
    }

    private static IEnumerable<string> Shared(Settings settings) => new (string Name, string? Value)[]
    {
        ("--root", settings.Store.Root),
        ("--s3-endpoint", settings.Store.Endpoint),
        ("--s3-region", settings.Store.Region),
        ("--s3-encryption", settings.Store.Encryption),
        ("--s3-path-style", settings.Store.PathStyle ? "true" : "false"),
        ("--verbose", settings.Verbose ? "true" : null),
        ("--log-format", settings.LogFormat is { } log ? log.ToString().ToLowerInvariant() : null),
        ("--memory", settings.MemoryGiven ? settings.MemoryMiB.ToString(CultureInfo.InvariantCulture) : null),
    }.Where(option => option.Value is not null).SelectMany(option => new[] { option.Name, option.Value! });

    /// <summary>A container has the files that were sent, under their bare names.</summary>
    private static string Travelling(string word, List<string> files)
    {
        // An option may carry its value with it: --model=FILE.
        int value = word.StartsWith('-') ? word.AsSpan().IndexOfAny('=', ':') + 1 : 0;
        if ((word.StartsWith('-') && value == 0) || !File.Exists(word[value..])) return word;
        string path = Path.GetFullPath(word[value..]), name = Path.GetFileName(path);
        if (name.AsSpan().IndexOfAny(",#") >= 0)
            throw Usage($"{word} cannot be sent: its name holds a comma or a #, which spark-submit takes for its own.");
        if (files.FirstOrDefault(known => known != path && Path.GetFileName(known) == name) is { } other)
            throw Usage($"{path} and {other} have one name and would meet in one folder. Rename one.");
        if (!files.Contains(path)) files.Add(path);
        return word[..value] + name;
    }

    internal static BatchScoringException Usage(string why) => new(SubmitErrors.SubmitUsage, $"Nothing was submitted: {why}");
}
