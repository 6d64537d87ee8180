using System.Diagnostics;
using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.ModelRunner;

/// <summary>A model-runner process with real pipes and a TMPDIR of its own.</summary>
internal sealed class RunnerProgram : IDisposable
{
    /// <summary>The promise is one second; a machine that builds and tests at the same time gets some more.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("CI") == "true" ? 10 : 4);

    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _error;

    private RunnerProgram(ProcessStartInfo start, string temporary)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["TMPDIR"] = temporary;
        _process = Process.Start(start)!;
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>The program that was built along; MODEL_RUNNER names another one, for example the published one.</summary>
    public static string Path { get; } = Environment.GetEnvironmentVariable("MODEL_RUNNER") ?? System.IO.Path.Combine(
        Repository.Root, "ModelRunner", "bin", new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name, "net10.0", "model-runner");

    public int Id => _process.Id;

    public StreamReader Output => _process.StandardOutput;

    public static RunnerProgram Start(string temporary, params string[] arguments) =>
        new(new ProcessStartInfo("env", ["--default-signal=INT,TERM", Path, .. arguments]), temporary);

    /// <summary>With a shell as parent, whose death can be tried. The runner's id is the first line of the output.</summary>
    public static RunnerProgram StartUnderShell(string temporary) =>
        new(new ProcessStartInfo("/bin/sh", ["-c", "exec 3<&0; \"$0\" <&3 & echo $!; wait", Path]), temporary);

    public void Send(string line)
    {
        _process.StandardInput.Write(line + "\n");
        _process.StandardInput.Flush();
    }

    /// <summary>A piece of a line.</summary>
    public void SendPiece(string piece)
    {
        _process.StandardInput.Write(piece);
        _process.StandardInput.Flush();
    }

    public void Send(HeaderLine header) => Send(JsonSerializer.Serialize(header, CoreJson.Default.HeaderLine));

    public void Send(TaskSpec split) => Send(JsonSerializer.Serialize(split, CoreJson.Default.TaskSpec));

    public void EndInput() => _process.StandardInput.Close();

    public async Task<TaskResult?> AnswerAsync() => await Output.ReadLineAsync().WaitAsync(Long) is { } line
        ? JsonSerializer.Deserialize(line, CoreJson.Default.TaskResult)
        : null;

    public void Kill() => _process.Kill();

    public async Task<(int Exit, string Error)> ExitAsync(TimeSpan? within = null)
    {
        await _process.WaitForExitAsync().WaitAsync(within ?? Long);
        return (_process.ExitCode, await _error.WaitAsync(Long));
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
