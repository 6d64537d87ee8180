using System.Diagnostics;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>A program of this machine that gets bytes and answers bytes, within a time.</summary>
internal static class ChildProgram
{
    /// <summary>Runs it. When the time is over or somebody cancels, it is killed, but not what it has started.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; the deadline instead gives an answer without exit code.</exception>
    public static async Task<ProgramAnswer> RunAsync(
        ProcessStartInfo start, byte[] input, TimeSpan deadline, TimeProvider time, CancellationToken cancellation)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        using Process process = Process.Start(start)!;
        using var late = new CancellationTokenSource(deadline, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        using CancellationTokenRegistration killing = stop.Token.Register(process.Kill);
        var output = new SaidBytes();
        var errors = new SaidBytes(onlyEnd: true);
        try
        {
            // A pipe ends with its last holder, and something that the program has started may hold it for ever: not beyond the stop.
            await Task.WhenAll(
                WriteAsync(process, input, stop.Token),
                output.FillAsync(process.StandardOutput.BaseStream, stop.Token),
                errors.FillAsync(process.StandardError.BaseStream, stop.Token),
                process.WaitForExitAsync(stop.Token));
        }
        catch (OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return new ProgramAnswer(null, output.All, errors.Text);
        }

        return new ProgramAnswer(process.ExitCode, output.All, errors.Text);
    }

    private static async Task WriteAsync(Process process, byte[] input, CancellationToken cancellation)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, cancellation);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read all: its exit code and what it said tell more.
        }
    }
}

/// <summary>How a program ended; without an exit code it was too late.</summary>
internal sealed record ProgramAnswer(int? ExitCode, byte[] Output, string Errors);
