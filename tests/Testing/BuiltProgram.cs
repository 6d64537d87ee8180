using System.Diagnostics;

namespace BatchScoring.Tests.Testing;

/// <summary>One of our programs as the build left it, run as a user would: a child process with a clean environment of its own.</summary>
public sealed class BuiltProgram
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private readonly string _name;

    private BuiltProgram(string path) => (Path, _name) = (path, System.IO.Path.GetFileName(path));

    private BuiltProgram(string folder, string name)
        : this(System.IO.Path.Combine(Repository.Root, folder, "bin", Configuration, "net10.0", name))
    {
    }

    public static BuiltProgram BatchScore { get; } = new("SparkJobs", "batch-score");

    public static BuiltProgram ModelRunner { get; } = new("ModelRunner", "model-runner");

    public static BuiltProgram DataGen { get; } = new("DataGen", "datagen");

    public static BuiltProgram Dispatcher { get; } = new("Dispatcher", "dispatcher");

    /// <summary>Runs scenarios against libs/Spark; only spark-submit can start it to some purpose.</summary>
    public static BuiltProgram SparkProbe { get; } = new("tests/SparkProbe", "BatchScoring.Tests.SparkProbe");

    public string Path { get; }

    /// <summary>One that lies elsewhere, such as a published one.</summary>
    public static BuiltProgram At(string path) => new(path);

    public ProgramResult Run(string workingFolder, IReadOnlyDictionary<string, string> environment, params IReadOnlyList<string> arguments)
    {
        using Process process = Start(workingFolder, environment, arguments);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{_name} {string.Join(' ', arguments)} did not end within {Limit}.");
        }

        return new ProgramResult(process.ExitCode, output.Result, errors.Result);
    }

    public Process Start(string workingFolder, IReadOnlyDictionary<string, string> environment, params IReadOnlyList<string> arguments)
    {
        // A shell that runs tests in the background leaves SIGINT ignored, and children inherit that: they start as from a terminal.
        var start = new ProcessStartInfo("env", ["--default-signal=INT,TERM", Path, .. arguments])
        {
            WorkingDirectory = workingFolder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string variable in start.Environment.Keys.Where(variable =>
            variable.StartsWith("BATCHSCORING_") || variable.StartsWith("AWS_")).ToList())
            start.Environment.Remove(variable);
        foreach ((string variable, string value) in environment) start.Environment[variable] = value;
        return Process.Start(start)!;
    }
}
