using System.Diagnostics;
using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>
/// A host reached by the <c>ssh</c> and <c>sftp</c> programs, for what SSH.NET lacks: ssh_config, ProxyJump, agents, hardware keys, GSSAPI.
/// One master connection, over which each command and each upload goes by a program of its own.
/// </summary>
internal sealed class OpenSshHost(HostSettings settings, TimeProvider time) : IHost
{
    /// <summary>Servers allow ten on one connection; one is left for whoever looks by hand.</summary>
    private readonly SemaphoreSlim _sessions = new(9);

    private readonly SemaphoreSlim _gate = new(1);
    private readonly OpenSshOptions _options = new(settings);
    private OpenSshMaster? _master;

    public HostSettings Settings => settings;

    public async Task<ShellAnswer> RunAsync(ShellScript script, TimeSpan deadline, CancellationToken cancellation)
    {
        await _sessions.WaitAsync(cancellation);
        try
        {
            await MasterAsync(cancellation);
            SentScript sent = script.ToSend();
            ProgramAnswer answer = await ChildProgram.RunAsync(
                _options.Program("ssh", ["/bin/sh -s"]), sent.Bytes, deadline, time, cancellation);
            return sent.Read(answer.Output, answer.Errors, answer.ExitCode, settings.Where);
        }
        finally
        {
            _sessions.Release();
        }
    }

    public async Task SendAsync(string file, string path, long offset, Action<long> sent, CancellationToken cancellation)
    {
        await _sessions.WaitAsync(cancellation);
        string link = _options.LinkTo(file);
        try
        {
            OpenSshMaster master = await MasterAsync(cancellation);
            ProcessStartInfo start = _options.Program("sftp", []);
            byte[] batch = System.Text.Encoding.UTF8.GetBytes($"{(offset > 0 ? "reput" : "put")} {link} {OpenSshOptions.SftpWord(path)}\n");
            // No deadline: a master whose host is silent ends, and with it all that goes over it.
            ProgramAnswer answer = await ChildProgram.RunAsync(start, batch, Timeout.InfiniteTimeSpan, time, cancellation);
            if (answer.ExitCode == 0)
                sent(new FileInfo(file).Length);
            else if (answer.ExitCode == OpenSshOptions.ConnectionFailed || !master.IsUp)
                throw new BatchScoringException(RemoteErrors.LinkLost,
                    $"The link to {settings.Where} was lost while {file} was sent. {answer.Errors}");
            else
                throw new BatchScoringException(RemoteErrors.FileFailed, $"{settings.Where}: {path} cannot be written: {answer.Errors}");
        }
        finally
        {
            File.Delete(link);
            _sessions.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        _master?.Dispose();
        _options.Dispose();
        _gate.Dispose();
        _sessions.Dispose();
    }

    private async Task<OpenSshMaster> MasterAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (_master is { IsUp: true } master) return master;
            _master?.Dispose();
            _master = null;
            return _master = await OpenSshMaster.StartAsync(_options, settings, time, cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }
}
