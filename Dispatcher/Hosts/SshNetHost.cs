using BatchScoring.Core;
using Renci.SshNet;
using Renci.SshNet.Common;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>A host reached by SSH.NET: one connection for all commands, and one more while a file is sent.</summary>
internal sealed class SshNetHost(HostSettings settings, TimeProvider time) : IHost
{
    private const int ChunkBytes = 1 << 18;

    private readonly SemaphoreSlim _gate = new(1);
    private SshNetLink<SshClient>? _link;

    public HostSettings Settings => settings;

    public async Task<ShellAnswer> RunAsync(ShellScript script, TimeSpan deadline, CancellationToken cancellation)
    {
        SshNetLink<SshClient> link = await LinkAsync(cancellation);
        SentScript sent = script.ToSend();
        using var late = new CancellationTokenSource(deadline, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        Task<ShellAnswer> answer = link.UseAsync(client => AskAsync(client, sent, stop.Token));
        try
        {
            // SSH.NET may take its time to notice; nobody waits for that.
            return await answer.WaitAsync(stop.Token);
        }
        catch (OperationCanceledException)
        {
            _ = answer.ContinueWith(static late => late.Exception, TaskScheduler.Default);
            cancellation.ThrowIfCancellationRequested();
            throw new BatchScoringException(RemoteErrors.LinkLost,
                $"{settings.Where} gave no answer within {deadline.TotalSeconds:0} s; whether the command ran is not known.");
        }
    }

    public async Task SendAsync(string file, string path, long offset, Action<long> sent, CancellationToken cancellation)
    {
        using SshNetLink<SftpClient> link = await SshNetLink<SftpClient>.OpenAsync(
            settings, info => new SftpClient(info), client => client.GetAttributes("."), time, cancellation);
        using CancellationTokenRegistration cutting = cancellation.Register(link.Cut);
        try
        {
            await link.UseAsync(async client =>
            {
                await using FileStream source = File.OpenRead(file);
                source.Position = offset;
                await using Stream target = await client.OpenAsync(path, FileMode.OpenOrCreate, FileAccess.Write, cancellation);
                target.Position = offset;
                byte[] buffer = new byte[ChunkBytes];
                while (await source.ReadAsync(buffer, cancellation) is > 0 and int count)
                {
                    await target.WriteAsync(buffer.AsMemory(0, count), cancellation);
                    sent(offset += count);
                }

                return true;
            });
        }
        catch (BatchScoringException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (SftpException e)
        {
            throw new BatchScoringException(RemoteErrors.FileFailed, $"{settings.Where}: {path} cannot be written: {e.Message}", inner: e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        _link?.Dispose();
        _gate.Dispose();
    }

    private async Task<ShellAnswer> AskAsync(SshClient client, SentScript sent, CancellationToken stop)
    {
        using SshCommand command = client.CreateCommand("/bin/sh -s");
        var output = new SaidBytes();
        var errors = new SaidBytes(onlyEnd: true);
        Task ended = command.ExecuteAsync(stop);
        // Read while it runs: SSH.NET keeps what nobody reads, without a bound.
        var reading = Task.WhenAll(output.FillAsync(command.OutputStream, stop), errors.FillAsync(command.ExtendedOutputStream, stop));
        try
        {
            await using Stream input = command.CreateInputStream();
            await input.WriteAsync(sent.Bytes, stop);
        }
        catch (InvalidOperationException e) when (e is not ObjectDisposedException)
        {
            // The host ended the command before it had taken anything; why, its answer tells.
        }

        await ended;
        await reading;
        return sent.Read(output.All, errors.Text, command.ExitStatus, settings.Where);
    }

    private async Task<SshNetLink<SshClient>> LinkAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (_link is { IsUp: true } link) return link;
            _link?.Dispose();
            _link = null;
            return _link = await SshNetLink<SshClient>.OpenAsync(
                settings, info => new SshClient(info), client => client.RunCommand(":"), time, cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }
}
