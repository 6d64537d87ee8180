using System.Globalization;
using System.Text;
using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Dispatcher.Web;

/// <summary>Fetches logs from where steps ran.</summary>
internal sealed class StepLogs(HostRegistry hosts, PageReader reader, TimeProvider time)
{
    private const int TailLines = 500;
    private const int TailBytes = 256 * 1024;

    /// <summary>A host that does not answer must not keep a page waiting.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>The last lines of a step's last attempt.</summary>
    public async Task<StepLog> TailAsync(RunRow run, StepRow step, Pipeline definition, CancellationToken cancellation)
    {
        string host = HostOf(definition, step.Name);
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            (DetachedJobs jobs, JobLook look) = await FindAsync(run, step.Name, step.Attempt, host, both.Token);
            if (look.Folder.Length == 0) return new StepLog(step.Name, step.Attempt, host, "It left no log there.", "");
            long from = Math.Max(0, look.LogBytes - TailBytes);
            string text = Encoding.UTF8.GetString(await jobs.ReadLogAsync(look, from, TailBytes, both.Token));
            string[] lines = text.TrimEnd('\n').Split('\n');
            string note = from > 0 || lines.Length > TailLines
                ? string.Create(
                    CultureInfo.InvariantCulture, $"The last {Math.Min(lines.Length, TailLines)} lines of {look.LogBytes:N0} bytes.")
                : "All of it.";
            return new StepLog(step.Name, step.Attempt, host, note, string.Join('\n', lines.TakeLast(TailLines)));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new StepLog(step.Name, step.Attempt, host, $"{host} did not answer within {Shown.Span(Patience)}.", "");
        }
        catch (Core.BatchScoringException e)
        {
            return new StepLog(step.Name, step.Attempt, host, e.Message, "");
        }
    }

    /// <summary>A part of the log as bytes; the end of it where it is shorter.</summary>
    public async Task<byte[]> RangeAsync(
        RunRow run, string step, int attempt, Pipeline definition, long from, int bytes, CancellationToken cancellation)
    {
        (DetachedJobs jobs, JobLook look) = await FindAsync(run, step, attempt, HostOf(definition, step), cancellation);
        return look.Folder.Length == 0 || from >= look.LogBytes ? [] : await jobs.ReadLogAsync(look, from, bytes, cancellation);
    }

    public static string HostOf(Pipeline definition, string step) =>
        definition.Steps.FirstOrDefault(other => other.Name == step)?.Settings["host"]?.ToString() ?? HostRegistry.Here;

    private async Task<(DetachedJobs Jobs, JobLook Look)> FindAsync(
        RunRow run, string step, int attempt, string host, CancellationToken cancellation)
    {
        var jobs = new DetachedJobs(hosts.Of(host));
        long fence = reader.Read(sql => (long)sql.Scalar("SELECT fence FROM lease")!);
        string name = string.Create(CultureInfo.InvariantCulture, $"{run.Id}.{step}.{attempt}");
        return (jobs, await jobs.LookAsync(new JobName(run.Id, name, fence), cancellation));
    }
}

/// <summary>The end of what an attempt printed.</summary>
/// <param name="Note">How much of it this is.</param>
internal sealed record StepLog(string Step, int Attempt, string Host, string Note, string Text);
