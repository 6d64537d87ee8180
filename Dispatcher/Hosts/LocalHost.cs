using System.Diagnostics;
using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>This machine.</summary>
internal sealed class LocalHost(HostSettings settings, TimeProvider time) : IHost
{
    private const int BufferBytes = 1 << 20;

    public HostSettings Settings => settings;

    public async Task<ShellAnswer> RunAsync(ShellScript script, TimeSpan deadline, CancellationToken cancellation)
    {
        SentScript sent = script.ToSend();
        var start = new ProcessStartInfo("/bin/sh", ["-s"])
        {
            WorkingDirectory = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        };
        foreach (string variable in settings.Withheld) start.Environment.Remove(variable);
        ProgramAnswer answer = await ChildProgram.RunAsync(start, sent.Bytes, deadline, time, cancellation);
        return sent.Read(answer.Output, answer.Errors, answer.ExitCode, settings.Where);
    }

    public async Task SendAsync(string file, string path, long offset, Action<long> sent, CancellationToken cancellation)
    {
        try
        {
            await using FileStream source = File.OpenRead(file);
            await using var target = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, BufferBytes);
            source.Position = offset;
            target.Position = offset;
            byte[] buffer = new byte[BufferBytes];
            while (await source.ReadAsync(buffer, cancellation) is > 0 and int count)
            {
                await target.WriteAsync(buffer.AsMemory(0, count), cancellation);
                sent(offset += count);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BatchScoringException(RemoteErrors.FileFailed, $"{settings.Where}: {path} cannot be written: {e.Message}", inner: e);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
