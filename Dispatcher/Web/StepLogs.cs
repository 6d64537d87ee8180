using System.Globalization;
using System.Text;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Dispatcher.Web;

/// <summary>Fetches logs from where steps ran, a piece at a time: however large a log is, no more than one piece is ever held.</summary>
internal sealed class StepLogs(HostRegistry hosts, PageReader reader, TimeProvider time)
{
    /// <summary>What a page shows at once.</summary>
    public const int PageBytes = 64 * 1024;

    /// <summary>A host that does not answer must not keep a page waiting.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>Where an attempt's log lies; null where the attempt left none.</summary>
    /// <exception cref="BatchScoringException">The host cannot be asked.</exception>
    public async Task<LogFile?> FindAsync(RunRow run, string step, int attempt, CancellationToken cancellation)
    {
        string host = HostOf(reader.DefinitionOf(run), step);
        var jobs = new DetachedJobs(hosts.Of(host));
        long fence = reader.Read(sql => (long)sql.Scalar("SELECT fence FROM lease")!);
        string name = string.Create(CultureInfo.InvariantCulture, $"{run.Id}.{step}.{attempt}");
        JobLook look = await jobs.LookAsync(new JobName(run.Id, name, fence), cancellation);
        return look.Folder.Length == 0 ? null : new LogFile(jobs.Host, look.Folder + "/log", look.LogBytes);
    }

    /// <summary>What a page shows of an attempt's log; what is wrong stands in its note.</summary>
    /// <param name="from">Where it begins; null: the end of the log.</param>
    /// <param name="find">A text to look for, or null.</param>
    public async Task<StepLog> LookAsync(
        RunRow run, StepRow step, int attempt, long? from, string? find, CancellationToken cancellation)
    {
        var log = new StepLog(step.Name, attempt, HostOf(reader.DefinitionOf(run), step.Name));
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            if (await FindAsync(run, step.Name, attempt, both.Token) is not { } file) return log with { Note = "It left no log there." };
            long begin = Math.Clamp(from ?? file.Bytes - PageBytes, 0, file.Bytes);
            byte[] bytes = await HostFiles.ReadAsync(file.Host, file.Path, begin, PageBytes, both.Token);
            int whole = begin + bytes.Length < file.Bytes ? LogText.WholeLines(bytes) : LogText.WholeLetters(bytes);
            return log with
            {
                Text = LogText.Shown(bytes.AsSpan(0, whole)),
                From = begin,
                Until = begin + whole,
                Size = file.Bytes,
                Hits = find is { Length: > 0 } ? await FindAsync(file, find, both.Token) : null,
            };
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return log with { Note = $"{log.Host} did not answer within {Shown.Span(Patience)}." };
        }
        catch (BatchScoringException e)
        {
            return log with { Note = e.Message };
        }
    }

    public static string HostOf(Pipeline definition, string step) =>
        definition.Steps.FirstOrDefault(other => other.Name == step)?.Settings["host"]?.ToString() ?? HostRegistry.Here;

    private static async Task<IReadOnlyList<LogHit>> FindAsync(LogFile file, string text, CancellationToken cancellation)
    {
        string found = Encoding.UTF8.GetString(await HostFiles.FindAsync(file.Host, file.Path, text, StepLog.MostHits, cancellation));
        return
        [
            .. found.Split('\n').Select(line => line.Split(':', 3)).Where(parts => parts.Length == 3)
                .Select(parts => new LogHit(
                    long.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture),
                    LogText.Shown(Encoding.UTF8.GetBytes(parts[2])))),
        ];
    }
}

/// <summary>A log where it lies.</summary>
/// <param name="Bytes">How long it was when it was looked at.</param>
internal sealed record LogFile(IHost Host, string Path, long Bytes);

/// <summary>A piece of what an attempt printed.</summary>
internal sealed record StepLog(string Step, int Attempt, string Host)
{
    /// <summary>Lines that a search gives.</summary>
    public const int MostHits = 200;

    /// <summary>Why there is nothing to see, or null.</summary>
    public string? Note { get; init; }

    public string Text { get; init; } = "";

    /// <summary>The first byte that is shown.</summary>
    public long From { get; init; }

    /// <summary>The first byte that is no longer shown.</summary>
    public long Until { get; init; }

    public long Size { get; init; }

    /// <summary>What was looked for; null: nothing was.</summary>
    public IReadOnlyList<LogHit>? Hits { get; init; }
}

/// <summary>A line that holds what was looked for.</summary>
/// <param name="Line">1 for the first.</param>
/// <param name="Offset">Where it begins, in bytes.</param>
internal sealed record LogHit(long Line, long Offset, string Text);
