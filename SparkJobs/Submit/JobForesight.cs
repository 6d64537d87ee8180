using BatchScoring.Core;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Submit;

/// <summary>
/// Finds here what the driver would find after the cluster was asked: a wrong date, a model that is none, a store that refuses.
/// </summary>
internal static class JobForesight
{
    /// <summary>Options whose value is a model file, in whichever job.</summary>
    private static readonly string[] Models = ["--model", "--like"];

    /// <param name="context">Store and clock.</param>
    /// <param name="job">The job's words.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BatchScoringException">What the job itself would say.</exception>
    public static async Task CheckAsync(JobContext context, IReadOnlyList<string> job, CancellationToken cancellation)
    {
        foreach ((string option, string value) in Values(job))
        {
            if (option is "--date" or "--first-date") _ = RunDate.Parse(value, context.Time);
            if (Models.Contains(option, StringComparer.Ordinal)) _ = ModelFile.Load(await context.LocalAsync(value, cancellation));
        }

        // Any answer will do: rights, credentials, bucket and endpoint show with the first request.
        _ = await context.Store.HeadAsync(FolderLayout.Test + FolderLayout.Success, cancellation);
    }

    private static IEnumerable<(string Option, string Value)> Values(IReadOnlyList<string> job)
    {
        for (int i = 0; i < job.Count; i++)
        {
            int at = job[i].AsSpan().IndexOfAny('=', ':');
            if (job[i].StartsWith("--", StringComparison.Ordinal) && at > 0) yield return (job[i][..at], job[i][(at + 1)..]);
            else if (i + 1 < job.Count) yield return (job[i], job[i + 1]);
        }
    }
}
