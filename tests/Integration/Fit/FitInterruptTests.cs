using BatchScoring.Models;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Fit;

/// <summary>A user who presses Ctrl-C, or a scheduler that sends SIGTERM, has the trees that grew until then.</summary>
public sealed class FitInterruptTests : IDisposable
{
    private const int Interrupted = 130;
    private readonly TemporaryFolder _folder = new();

    public FitInterruptTests() => FitProcess.WriteRows(_folder.File("rows.csv"), 600);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void Fit_Signal_EndsWithTheTreesSoFar(string signal)
    {
        using FitProcess process = Start("stopped.cbm", 1_000_000, "--snapshot", "state");
        process.WaitForProgress(5).ShouldBeTrue(process.Errors);

        process.Signal(signal);

        process.WaitForEnd().ShouldBe(Interrupted, process.Errors);
        process.Output.ShouldContain("the training was interrupted, and the model has the trees so far");
        (process.Output + process.Errors).ShouldContain("The same command with --overwrite goes on from state.");
        var stopped = CatBoostModel.LoadFile(_folder.File("stopped.cbm"));
        stopped.TreeCount.ShouldBeGreaterThanOrEqualTo(5);
        using FitProcess whole = Start("whole.cbm", stopped.TreeCount);
        whole.WaitForEnd().ShouldBe(0, whole.Errors);
        stopped.LeafValues.ShouldBe(CatBoostModel.LoadFile(_folder.File("whole.cbm")).LeafValues);
    }

    private FitProcess Start(string model, int iterations, params string[] more) => FitProcess.Start(_folder.Path,
        ["--input", "rows.csv", "--label", "y", "--ignore", "part,kind", "--set", $"iterations={iterations}", "--set", "learning_rate=0.05", "--set",
            "leaf_estimation_iterations=2", "--output", model, .. more]);
}
