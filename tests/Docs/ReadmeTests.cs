using System.Diagnostics;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Docs;

/// <summary>
/// The README's commands do what it says. Blocks marked <c>```sh run</c> are run one after another by one shell in an empty folder that has
/// the example data; each line of a block marked <c>```text output</c> must then stand somewhere in what the commands print.
/// </summary>
public sealed class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    [Fact]
    public async Task Commands_RunInAnEmptyFolder_SucceedAndPrintWhatTheReadmeShows()
    {
        IReadOnlyList<FencedBlock> blocks = FencedBlock.Read(Readme);
        string script = string.Join('\n', blocks.Where(block => block.Info == "sh run").Select(block => block.Text));
        script.ShouldNotBeEmpty("README.md has no block marked ```sh run");

        using var folder = new TemporaryFolder();
        Link(folder, "UCI_Credit_Card.csv", Repository.Data("UCI_Credit_Card.csv"));
        Link(folder, "model.cbm", Repository.Data("golden", "training", "logloss-onehot", "model.cbm"));
        (int code, string? output) = await RunAsync(script, folder.Path);

        code.ShouldBe(0, output);
        foreach (string? expected in blocks.Where(block => block.Info == "text output").SelectMany(block => block.Text.Split('\n')))
            output.ShouldContain(expected.Trim());
    }

    [Fact]
    public void Length_OfTheReadme_FitsItsPromise() => Readme.Split('\n').Length.ShouldBeLessThanOrEqualTo(200);

    private static void Link(TemporaryFolder folder, string name, string target)
    {
        File.Exists(target).ShouldBeTrue($"{target} is not there");
        File.CreateSymbolicLink(folder.File(name), target);
    }

    private static async Task<(int Code, string Output)> RunAsync(string script, string folder)
    {
        var start = new ProcessStartInfo("bash", ["-c", $"exec 2>&1\nset -euxo pipefail\n{script}"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        foreach (string? name in start.Environment.Keys.Where(name => name.StartsWith("BATCHSCORING_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["PATH"] = $"{AppContext.BaseDirectory.TrimEnd('/')}:{Environment.GetEnvironmentVariable("PATH")}";
        // No window opens on the machine that runs the tests.
        start.Environment["BROWSER"] = "true";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
