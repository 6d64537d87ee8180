using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Tests.Testing;
using BatchScoring.Tests.Unit.Storage;

namespace BatchScoring.Tests.Unit.Fit;

/// <summary>Files that <c>fit</c> cannot write: it says so, before it trains where that can be known, and leaves no half of one.</summary>
public sealed class FitFilesTests : IDisposable
{
    private const int DiskBytes = 64 << 10;

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _errors = new();

    public FitFilesTests() => File.WriteAllLines(_folder.File("rows.csv"),
        ["a,b,y", .. Enumerable.Range(0, 400).Select(i => $"{i * 37 % 101},{i * 53 % 97},{((i * 37 % 101) + (i * 53 % 97 / 3) > 60 ? 1 : 0)}")]);

    private string Disk => _folder.File("disk");

    public void Dispose()
    {
        SmallFileSystem.Unmount(Disk);
        _folder.Dispose();
    }

    [SkippableFact]
    public async Task Fit_DiskOfTheModelThatGetsFull_IsSaidAndLeavesNoModel()
    {
        Skip.IfNot(SmallFileSystem.TryMount(Disk, DiskBytes, out string why), why);

        (await RunAsync("disk/model.cbm", "--set", "iterations=2000")).ShouldBe(74);

        _errors.ToString().ShouldContain("error OUTPUT_FAILED: ");
        _errors.ToString().ShouldContain("No space left on device");
        Models().ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData("The snapshot ", "--snapshot", "disk/state", "--snapshot-interval", "0")]
    [InlineData("The snapshot ", "--snapshot", "disk/state")] // only in the end
    [InlineData("The log files in ", "--train-dir", "disk/logs")]
    public async Task Fit_DiskOfOtherFilesThatGetsFull_IsSaidOnceAndTheModelIsMade(string says, params string[] more)
    {
        Skip.IfNot(SmallFileSystem.TryMount(Disk, DiskBytes, out string why), why);
        (await RunAsync("whole.cbm", "--set", "iterations=800")).ShouldBe(0, _errors.ToString());

        (await RunAsync("model.cbm", ["--set", "iterations=800", .. more])).ShouldBe(0, _errors.ToString());

        _errors.ToString().Split('\n').Count(line => line.Contains(says, StringComparison.Ordinal)
            && line.EndsWith("The training goes on without it.", StringComparison.Ordinal)).ShouldBe(1);
        File.ReadAllBytes(_folder.File("model.cbm")).ShouldBe(File.ReadAllBytes(_folder.File("whole.cbm")));
    }

    [Theory]
    [InlineData("OUTPUT_FAILED", "There is no folder ", "nowhere/model.cbm")]
    [InlineData("OUTPUT_FAILED", "There is no folder ", "rows.csv/model.cbm")]
    [InlineData("TRAINING_FILES", "There is no folder ", "model.cbm", "--snapshot", "nowhere/state")]
    [InlineData("TRAINING_FILES", "It is a folder.", "model.cbm", "--snapshot", ".")]
    [InlineData("TRAINING_FILES", "The log files in ", "model.cbm", "--train-dir", "rows.csv/logs")]
    public async Task Fit_PlaceThatIsNone_IsSaidBeforeItTrains(string code, string says, string output, params string[] more)
    {
        (await RunAsync(output, more)).ShouldBe(74);

        _errors.ToString().ShouldContain($"error {code}: ");
        _errors.ToString().ShouldContain(says);
        _errors.ToString().ShouldNotContain("learn:");
        Models().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("of other rows", "--where", "a > 10")]
    [InlineData("of other rows", "--ignore", "b")]
    [InlineData("was made with depth = 6, this training has 3", "--set", "depth=3")]
    [InlineData("was made with loss_function = Logloss, this training has CrossEntropy", "--set", "loss_function=CrossEntropy")]
    [InlineData("Where it is not given it follows from iterations and eval sets: give it as 0.", "--set", "iterations=150")]
    public async Task Fit_SnapshotOfAnotherTraining_SaysWhatDiffers(string says, params string[] more)
    {
        (await RunAsync("first.cbm", "--set", "iterations=3", "--snapshot", "state")).ShouldBe(0, _errors.ToString());

        (await RunAsync("model.cbm", ["--snapshot", "state", .. more.Contains("iterations=150") ? [] : new[] { "--set", "iterations=3" }, .. more]))
            .ShouldBe(65);

        _errors.ToString().ShouldContain("error TRAINING_START: ");
        _errors.ToString().ShouldContain(says);
        Models().ShouldBe(["first.cbm"]);
    }

    /// <summary>Also those whose name says that they are not finished.</summary>
    private IEnumerable<string?> Models() => Directory.GetFiles(_folder.Path, "*", new EnumerationOptions
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.None,
    }).Select(Path.GetFileName).Where(name => name!.Contains(".cbm", StringComparison.Ordinal));

    /// <param name="more">Words; those after options of files are below the test's folder.</param>
    private Task<int> RunAsync(string output, params string[] more)
    {
        string[] words = [.. more.Select((word, at) => at > 0 && more[at - 1] is "--snapshot" or "--train-dir" ? _folder.File(word) : word)];
        return BatchScoreCommand.RunAsync(
            ["fit", "--input", _folder.File("rows.csv"), "--label", "y", "--output", _folder.File(output), .. words],
            TextWriter.Null, _errors, TimeProvider.System, _ => null);
    }
}
