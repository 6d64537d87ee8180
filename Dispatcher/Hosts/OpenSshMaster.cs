using System.Diagnostics;
using System.Text.RegularExpressions;
using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>A connection that other programs share; a child of ours, so it ends with us and can always be ended.</summary>
internal sealed partial class OpenSshMaster : IDisposable
{
    /// <summary>
    /// Becomes the program; a child beside it ends it when our end of the pipe closes, however we came to an end. It does so only while the
    /// program is still its parent: the number of one that ended may be another's by now.
    /// </summary>
    private const string Leash =
        "exec 3<&0; { cat <&3; read -r self name state parent more </proc/self/stat; [ \"$parent\" != $$ ] || kill $$; } >/dev/null 2>&1 & "
        + "exec \"$@\" </dev/null 3<&-";

    private const int NoSuchProgram = 127;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15), Look = TimeSpan.FromMilliseconds(10);

    private readonly Process _process;
    private readonly SaidBytes _said = new(onlyEnd: true);
    private readonly Task _reading;

    private OpenSshMaster(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(
            _said.FillAsync(process.StandardError.BaseStream, CancellationToken.None),
            process.StandardOutput.BaseStream.CopyToAsync(Stream.Null));
    }

    public bool IsUp => !_process.HasExited;

    public static async Task<OpenSshMaster> StartAsync(
        OpenSshOptions options, HostSettings settings, TimeProvider time, CancellationToken cancellation)
    {
        if (settings.Key is { } key) KeyFile.Require(key);
        _ = KeyFile.Passphrase(settings);
        _ = KnownHosts.Read(settings.KnownHosts);
        // A socket that a dead master left behind would turn the sharing off without a word.
        File.Delete(options.ControlSocket);
        var master = new OpenSshMaster(Start(options.Master()));
        long began = time.GetTimestamp();
        try
        {
            while (!File.Exists(options.ControlSocket) && master.IsUp && time.GetElapsedTime(began) < Limit)
                await Task.Delay(Look, time, cancellation);
        }
        catch (OperationCanceledException)
        {
            master.Dispose();
            throw;
        }

        if (master.IsUp && File.Exists(options.ControlSocket)) return master;
        master.Dispose();
        await master._reading;
        throw master._process.ExitCode == NoSuchProgram
            ? new BatchScoringException(RemoteErrors.HostInvalid,
                $"{settings.Where} is reached by `transport: openssh`, and there is no program 'ssh' here. Install openssh-client, or use "
                + "`transport: ssh.net`.")
            : Failure(settings, master._said.Text);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.StandardInput.Close();
    }

    private static Process Start(ProcessStartInfo ssh)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Leash, "sh", ssh.FileName, .. ssh.ArgumentList])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach ((string variable, string? value) in ssh.Environment) start.Environment[variable] = value;
        return Process.Start(start)!;
    }

    /// <summary>The program's words are no interface, so what they do not tell for certain is a link that may come back.</summary>
    private static BatchScoringException Failure(HostSettings settings, string said)
    {
        if (Verdict(said) is { } verdict)
        {
            Match key = ShownKey().Match(said);
            return HostKeyRefusal.Of(verdict, settings, key.Groups["type"].Value, key.Groups["fingerprint"].Value);
        }

        string why = string.Join(' ', said.Split('\n').Select(line => line.Trim('\r', ' '))
            .Where(line => line.Length > 0 && !line.StartsWith("debug1:", StringComparison.Ordinal)
                && !line.StartsWith("OpenSSH_", StringComparison.Ordinal)));
        if (said.Contains("incorrect passphrase", StringComparison.Ordinal)
            || said.Contains("error in libcrypto", StringComparison.Ordinal))
            return KeyFile.Invalid($"{settings.Key}: {why}");
        return said.Contains("Permission denied (", StringComparison.Ordinal)
            || said.Contains("Too many authentication failures", StringComparison.Ordinal)
            ? new BatchScoringException(RemoteErrors.LoginRefused,
                $"{settings.Where} refuses the login: {why} Look whether the key's public half is in the user's authorized_keys there.")
            : new BatchScoringException(RemoteErrors.Unreachable, $"{settings.Where} cannot be reached: {why}");
    }

    private static HostKeyVerdict? Verdict(string said) =>
        said.Contains("REVOKED HOST KEY", StringComparison.Ordinal) || said.Contains("marked as revoked", StringComparison.Ordinal)
            ? HostKeyVerdict.Revoked
        : said.Contains("IDENTIFICATION HAS CHANGED", StringComparison.Ordinal) ? HostKeyVerdict.Changed
        : said.Contains("Host key verification failed", StringComparison.Ordinal) ? HostKeyVerdict.Unknown
        : null;

    [GeneratedRegex(@"Server host (key|certificate): (?<type>\S+) (?<fingerprint>SHA256:[^\s,]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ShownKey();
}
