using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.ModelRunner;

/// <summary>One header line, its splits one after the other, and what was made pending on the way.</summary>
/// <remarks>Answers count only when the process then ends with 0: every other end gives the parts up.</remarks>
internal sealed class RunnerSession(ITaskRunner runner, Func<HeaderLine, IObjectStore> openStore, LineReader input, TimeProvider time)
{
    private static readonly TimeSpan LookForSign = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(10);

    private readonly ConcurrentBag<PendingPart> _pending = [];
    private HeaderLine? _header;

    /// <summary>Answers every split of the input.</summary>
    /// <returns>False when the stop sign ended it.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        // Spark starts a runner for an empty partition, too: nothing asked, nothing to answer.
        if (await NextLineAsync(cancellation) is not { } first) return true;
        _header = Lines.Header(first.Span);
        using IObjectStore store = openStore(_header);
        while (true)
        {
            Task<ReadOnlyMemory<byte>?> next = NextLineAsync(cancellation);
            if (await StopsBeforeAsync(next, store, cancellation)) return false;
            if (await next is not { } line) return true;
            TaskResult answer = await runner.RunAsync(_header, Lines.Split(line.Span), cancellation);
            if (answer.Part is { } part) _pending.Add(part);
            cancellation.ThrowIfCancellationRequested();
            Write(answer);
            if (answer.Status == TaskResultStatus.Stopped) return false;
        }
    }

    /// <summary>
    /// Aborts everything that this process made pending: with this exit the whole partition is done again, in other names. Best effort:
    /// what stays costs space until the attempt's own clean-up, never rows. May run beside the work and again after it: a part that is gone
    /// is no error.
    /// </summary>
    public Task GiveUpAsync() => TryAsync(async (store, stop) =>
    {
        foreach (PendingPart part in _pending) await store.AbortAsync(part.Key, part.PendingId, stop);
    });

    /// <summary>Leaves the reason where the driver can read it; an executor's stderr it cannot.</summary>
    public Task ReportAsync(TaskError error) => TryAsync((store, stop) => store.PutAsync(
        $"{_header!.AttemptFolder}{AttemptFiles.Errors}{Guid.NewGuid():N}.json",
        JsonSerializer.SerializeToUtf8Bytes(error, CoreJson.Default.TaskError), PutCondition.Always, stop));

    private async Task TryAsync(Func<IObjectStore, CancellationToken, Task> action)
    {
        if (_header is null) return;
        try
        {
            using CancellationTokenSource late = new(LastWords);
            using IObjectStore store = openStore(_header);
            await action(store, late.Token);
        }
        catch (Exception e) when (e is BatchScoringException or OperationCanceledException)
        {
            Console.Error.WriteLine($"model-runner: while ending: {e.Message}");
        }
    }

    /// <summary>While a split is at work, the task runner looks for the sign; here we look while stdin is silent.</summary>
    private async Task<bool> StopsBeforeAsync(Task next, IObjectStore store, CancellationToken cancellation)
    {
        while (_header!.StopKey is { } key && await Task.WhenAny(next, Task.Delay(LookForSign, time, cancellation)) != next)
        {
            cancellation.ThrowIfCancellationRequested();
            if (await StopSign.IsRaisedAsync(store, key, cancellation)) return true;
        }

        return false;
    }

    /// <summary>The next line that is not blank.</summary>
    private async Task<ReadOnlyMemory<byte>?> NextLineAsync(CancellationToken cancellation)
    {
        ReadOnlyMemory<byte>? line;
        do line = await input.NextAsync(cancellation).AsTask().WaitAsync(cancellation);
        while (line is { Length: 0 });
        return line;
    }

    private static void Write(TaskResult answer)
    {
        ArrayBufferWriter<byte> line = new();
        using (Utf8JsonWriter json = new(line)) JsonSerializer.Serialize(json, answer, CoreJson.Default.TaskResult);
        line.Write("\n"u8);
        int error = Native.Write(Native.StdOut, line.WrittenSpan);
        if (error != 0)
            throw new BatchScoringException(RunnerErrors.RunnerOutputClosed,
                $"The answer of split {answer.Split} cannot be written to stdout (error {error}): nobody reads it any more.");
    }
}
