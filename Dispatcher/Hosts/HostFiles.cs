using System.Globalization;
using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>Files of a host.</summary>
internal static class HostFiles
{
    private const string ReadScript = """
        [ -r "$1" ] || { printf '%s' "$1 is not there or may not be read"; exit 90; }
        tail -c "+$2" -- "$1" | head -c "$3"
        """;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>A piece of a file; shorter than asked where the file ends.</summary>
    /// <exception cref="BatchScoringException"><c>REMOTE_FILE_FAILED</c>: it cannot be read.</exception>
    public static async Task<byte[]> ReadAsync(IHost host, string path, long offset, int max, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, SaidBytes.Limit / 2);
        var script = new ShellScript(ReadScript, path, Text(offset + 1), Text(max));
        ShellAnswer answer = await host.RunAsync(script, Deadline, cancellation);
        return answer.ExitCode == 0
            ? answer.Output
            : throw new BatchScoringException(RemoteErrors.FileFailed, $"{host.Settings.Where}: {answer.Text} {answer.Errors}".Trim());
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
