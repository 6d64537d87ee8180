using System.Diagnostics;
using System.Globalization;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Fit;

/// <summary><c>fit</c> as a process that is stopped in the middle.</summary>
internal sealed class FitProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly List<string> _errors = [];

    private FitProcess(Process process) => (_process, _output) = (process, process.StandardOutput.ReadToEndAsync());

    public string Output => _output.Result;

    /// <summary>What was read of it so far.</summary>
    public string Errors => string.Join('\n', _errors);

    public static FitProcess Start(string folder, params IReadOnlyList<string> words) =>
        new(BuiltProgram.BatchScore.Start(folder, new Dictionary<string, string>(), ["fit", .. words]));

    /// <summary>Rows whose label hangs on three numbers and a category.</summary>
    public static void WriteRows(string file, int rows) => File.WriteAllLines(file,
    [
        "a,b,c,kind,part,y",
        .. Enumerable.Range(0, rows).Select(i => string.Create(CultureInfo.InvariantCulture,
            $"{i * 37 % 101},{i * 53 % 97},{i * 29 % 89},k{i * 31 % 17},{i % 5},{((i * 37 % 101) + (i * 53 % 97) + (i * 7919 % 83) > 140 ? 1 : 0)}")),
    ]);

    /// <summary>Reads lines of progress until there were so many; false if it ended before.</summary>
    public bool WaitForProgress(int lines)
    {
        int seen = 0;
        while (seen < lines && _process.StandardError.ReadLine() is { } line)
        {
            _errors.Add(line);
            if (line.Contains("\tlearn: ", StringComparison.Ordinal)) seen++;
        }

        return seen == lines;
    }

    public void Kill() => _process.Kill();

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Reads the rest; its exit status.</summary>
    public int WaitForEnd()
    {
        while (_process.StandardError.ReadLine() is { } line) _errors.Add(line);
        _process.WaitForExit();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
