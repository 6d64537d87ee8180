using System.Text.RegularExpressions;

namespace BatchScoring.SparkJobs.Submit;

/// <summary>Spark on one machine tries a task only once unless its address says otherwise; a cluster tries four times.</summary>
internal static partial class LocalMaster
{
    private const int Tries = 4;

    /// <summary><c>local[2]</c> becomes <c>local[2,4]</c>; every other master stays.</summary>
    public static string? WithRetries(string? master) => master switch
    {
        "local" => $"local[1,{Tries}]",
        not null when Cores().Match(master) is { Success: true } found => $"local[{found.Groups["cores"].Value},{Tries}]",
        _ => master,
    };

    [GeneratedRegex(@"^local\[(?<cores>[0-9]+|\*)\]$", RegexOptions.None, 1000)]
    private static partial Regex Cores();
}
