using System.Diagnostics;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Spark;

/// <summary>A <c>batch-score submit</c> that is under way, and the processes that belong to it.</summary>
internal sealed class SubmittedJob : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private readonly SparkSite _site;
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    /// <param name="site">Where it runs.</param>
    /// <param name="folder">Where submit starts, and its scratch.</param>
    /// <param name="environment">Root and credentials.</param>
    /// <param name="flags">For submit and Spark, beside the site's own.</param>
    /// <param name="job">What stands after <c>--</c>.</param>
    public SubmittedJob(SparkSite site, string folder, IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> flags,
        params IReadOnlyList<string> job)
    {
        _site = site;
        var variables = new Dictionary<string, string>(site.Environment) { ["TMPDIR"] = folder };
        foreach ((string name, string value) in environment) variables[name] = value;
        _process = PublishedProgram.Require().Start(folder, variables, site.Submit(flags, job));
        _process.StandardInput.Close();
        (_output, _errors) = (_process.StandardOutput.ReadToEndAsync(), _process.StandardError.ReadToEndAsync());
    }

    /// <summary>submit itself.</summary>
    public LinuxProcess Submit =>
        LinuxProcess.Read(_process.Id) ?? throw new InvalidOperationException($"submit has ended.\n{_output.Result}\n{_errors.Result}");

    /// <summary>All processes that it, or the cluster for it, started.</summary>
    public IReadOnlyList<LinuxProcess> Processes => [.. _site.Hosts.Prepend(_process.Id).SelectMany(LinuxProcess.Descendants)];

    public IReadOnlyList<LinuxProcess> Runners => [.. Processes.Where(process => process.Name == "model-runner")];

    /// <summary>Our driver, below submit's spark-submit or in a container.</summary>
    public LinuxProcess? Driver => Processes.FirstOrDefault(process => process.Name == "batch-score");

    /// <summary>Waits for an event of the job's; its early end is the failure that it is.</summary>
    public async Task<T> WhileItRunsAsync<T>(Task<T> happens)
    {
        await Task.WhenAny(happens, _process.WaitForExitAsync()).WaitAsync(Limit);
        return happens.IsCompleted
            ? await happens
            : throw new InvalidOperationException($"submit ended with {_process.ExitCode} before that.\n{await _output}\n{await _errors}");
    }

    public async Task<ProgramResult> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Limit);
        return new ProgramResult(_process.ExitCode, await _output, await _errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
