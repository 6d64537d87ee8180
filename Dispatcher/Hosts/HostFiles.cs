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

    private const string FollowScript = """
        [ -r "$1" ] || { printf '%s' "$1 is not there or may not be read"; exit 90; }
        from=$2 size=$(stat -c %s -- "$1")
        [ $((size - from)) -le "$3" ] || from=$((size - $3))
        echo "$from"
        [ "$from" -ge "$size" ] || tail -c "+$((from + 1))" -- "$1" | head -c $((size - from))
        """;

    /// <summary>No line longer than a screen comes over: what prints without line breaks must not fill the answer.</summary>
    private const string FindScript = """
        [ -r "$1" ] || { printf '%s' "$1 is not there or may not be read"; exit 90; }
        LC_ALL=C grep -abniF -m "$3" -e "$2" -- "$1" | LC_ALL=C cut -c 1-400
        """;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>A piece of a file; shorter than asked where the file ends.</summary>
    /// <exception cref="BatchScoringException"><c>REMOTE_FILE_FAILED</c>: it cannot be read.</exception>
    public static Task<byte[]> ReadAsync(IHost host, string path, long offset, int max, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, SaidBytes.Limit / 2);
        return host.Settings.Transport == HostTransport.Local
            ? ReadHereAsync(host, path, _ => offset, max, cancellation)
            : AskAsync(host, new ShellScript(ReadScript, path, Text(offset + 1), Text(max)), cancellation);
    }

    /// <summary>What a file has grown by; only the end of it where that is more than the bound.</summary>
    /// <returns>Where the bytes begin, and the bytes.</returns>
    /// <exception cref="BatchScoringException"><c>REMOTE_FILE_FAILED</c>: it cannot be read.</exception>
    public static async Task<(long From, byte[] Bytes)> FollowAsync(
        IHost host, string path, long offset, int max, CancellationToken cancellation)
    {
        long from = offset;
        if (host.Settings.Transport == HostTransport.Local)
        {
            byte[] bytes = await ReadHereAsync(host, path, size => from = Math.Max(offset, size - max), max, cancellation);
            return (from, bytes);
        }

        byte[] answer = await AskAsync(host, new ShellScript(FollowScript, path, Text(offset), Text(max)), cancellation);
        int end = Array.IndexOf(answer, (byte)'\n');
        return (long.Parse(answer.AsSpan(0, end), CultureInfo.InvariantCulture), answer[(end + 1)..]);
    }

    /// <summary>
    /// The first lines that hold a text, whatever its case: <c>line:offset:text</c>. The host searches, so a large file stays there.
    /// </summary>
    /// <exception cref="BatchScoringException"><c>REMOTE_FILE_FAILED</c>: it cannot be read.</exception>
    public static Task<byte[]> FindAsync(IHost host, string path, string text, int most, CancellationToken cancellation) =>
        AskAsync(host, new ShellScript(FindScript, path, text, Text(most)), cancellation);

    private static async Task<byte[]> AskAsync(IHost host, ShellScript script, CancellationToken cancellation)
    {
        ShellAnswer answer = await host.RunAsync(script, Deadline, cancellation);
        return answer.ExitCode == 0
            ? answer.Output
            : throw new BatchScoringException(RemoteErrors.FileFailed, $"{host.Settings.Where}: {answer.Text} {answer.Errors}".Trim());
    }

    /// <summary>Without a shell: readers of a live log ask every second.</summary>
    private static async Task<byte[]> ReadHereAsync(
        IHost host, string path, Func<long, long> from, int max, CancellationToken cancellation)
    {
        try
        {
            await using var file = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: true);
            long size = file.Length;
            file.Position = from(size);
            byte[] bytes = new byte[Math.Clamp(size - file.Position, 0, max)];
            int count = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
            return count == bytes.Length ? bytes : bytes[..count];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BatchScoringException(
                RemoteErrors.FileFailed, $"{host.Settings.Where}: {path} cannot be read: {e.Message}", inner: e);
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
