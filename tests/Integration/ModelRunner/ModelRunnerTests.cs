using BatchScoring.Core;
using BatchScoring.Tests.Testing;
using BatchScoring.Tests.Testing.Models;

namespace BatchScoring.Tests.Integration.ModelRunner;

/// <summary>What the program answers to what it is given.</summary>
public sealed class ModelRunnerTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData("catboost/numeric-binary", 2)]
    [InlineData("catboost-770", 3)]
    public async Task Splits_AreScoredToCatBoostsBits(string golden, int splits)
    {
        using ScoreBench bench = new(golden);
        double[] expected = GoldenCase.Load(golden).ExpectedRaw[0];
        InputFile file = bench.Input();
        using var runner = RunnerProgram.Start(_temporary.Path);
        runner.Send(bench.Tasks.Header);
        long rows = (expected.Length + splits - 1) / splits;
        for (int split = 0; split < splits; split++)
            runner.Send(bench.Split(file, split * rows, Math.Min(rows, expected.Length - (split * rows)), split));
        runner.EndInput();

        List<double> raw = [];
        for (int split = 0; split < splits; split++)
        {
            TaskResult? answer = await runner.AnswerAsync();
            answer!.Status.ShouldBe(TaskResultStatus.Done, answer.Error?.Message);
            answer.Split.ShouldBe(split);
            raw.AddRange(bench.Tasks.Rows(answer.Part!.PendingId, "RawFormulaVal").Select(row => (double)row[0]!));
        }

        (await runner.AnswerAsync()).ShouldBeNull();
        (await runner.ExitAsync()).ShouldBe((0, ""));
        raw.Select(BitConverter.DoubleToInt64Bits).ShouldBe(expected.Select(BitConverter.DoubleToInt64Bits));
        Directory.EnumerateDirectories(_temporary.Path, "batch-scoring-*").ShouldBeEmpty();
    }

    [Fact]
    public async Task BadData_IsAnAnswerAndTheNextSplitIsDone()
    {
        using ScoreBench bench = new("catboost/numeric-binary");
        InputFile file = bench.Input();
        using var runner = RunnerProgram.Start(_temporary.Path);
        runner.Send(bench.Tasks.Header);
        runner.Send(bench.Split(file with { Version = "another" }, 0, 1000));
        runner.Send(bench.Split(file, 0, 1000, split: 1) with { Kind = "dance" });
        runner.Send(bench.Split(file, 0, 1000, split: 2));
        runner.EndInput();

        (await runner.AnswerAsync())!.Error!.Code.ShouldBe("INPUT_CHANGED");
        (await runner.AnswerAsync())!.Error!.Code.ShouldBe("TASK_KIND_UNKNOWN");
        (await runner.AnswerAsync())!.Status.ShouldBe(TaskResultStatus.Done);
        (await runner.ExitAsync()).Exit.ShouldBe(0);
    }

    [Fact]
    public async Task Lines_BlankOnesCarriageReturnsAndUnknownFields_AreTaken()
    {
        using ScoreBench bench = new("catboost/numeric-binary");
        string header = System.Text.Json.JsonSerializer.Serialize(bench.Tasks.Header, CoreJson.Default.HeaderLine);
        string split = System.Text.Json.JsonSerializer.Serialize(bench.Split(bench.Input(), 0, 1000), CoreJson.Default.TaskSpec);
        using var runner = RunnerProgram.Start(_temporary.Path);
        runner.Send("\r\n");
        runner.Send(header[..^1] + ",\"from_the_future\":{\"a\":[1]}}\r");
        runner.Send(split[..^1] + ",\"from_the_future\":1}");
        runner.EndInput();

        (await runner.AnswerAsync())!.Status.ShouldBe(TaskResultStatus.Done);
        (await runner.ExitAsync()).Exit.ShouldBe(0);
    }

    [Theory]
    [InlineData("garbage", "LINE_INVALID")]
    [InlineData("[1,2,3]", "LINE_INVALID")]
    [InlineData("{}", "LINE_INVALID")]
    [InlineData("null", "LINE_INVALID")]
    [InlineData("{\"attempt\":7}", "LINE_INVALID")]
    [InlineData("{\"format\":2,\"attempt\":\"a\",\"attempt_folder\":\"b/\",\"store\":{\"root\":\"/x\"}}", "LINE_FORMAT_UNKNOWN")]
    [InlineData("{\"format\":1,\"attempt\":\"a\",\"attempt_folder\":\"b/\",\"store\":{\"root\":\"/x\"},\"threads\":0,\"memory_mib\":9}",
        "LINE_INVALID")]
    [InlineData("{\"format\":1,\"attempt\":\"a\",\"attempt_folder\":\"b/\",\"store\":{\"root\":\"not a " +
        "root\"},\"threads\":1,\"memory_mib\":9}", "STORE_ROOT_INVALID")]
    public async Task Header_ThatCannotBeUsed_EndsWithTheReason(string header, string code)
    {
        using var runner = RunnerProgram.Start(_temporary.Path);
        runner.Send(header);
        runner.EndInput();

        (await runner.AnswerAsync()).ShouldBeNull();
        (int exit, string error) = await runner.ExitAsync();
        exit.ShouldNotBe(0);
        error.ShouldContain(code);
        error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task Input_WithoutAnyLine_IsNoWorkAndNoFailure()
    {
        using var runner = RunnerProgram.Start(_temporary.Path);
        runner.EndInput();

        (await runner.AnswerAsync()).ShouldBeNull();
        (await runner.ExitAsync()).ShouldBe((0, ""));
    }

    [Fact]
    public async Task StopSign_NobodyCanLookForIt_IsNoStop()
    {
        using ScoreBench bench = new("catboost/numeric-binary");
        // No file system takes a name of 300 characters: every look at it fails.
        bench.Tasks.Header = bench.Tasks.Header with { StopKey = bench.Tasks.Header.AttemptFolder + new string('x', 300) };
        using var runner = RunnerProgram.Start(_temporary.Path);
        runner.Send(bench.Tasks.Header);
        runner.Send(bench.Split(bench.Input(), 0, 1000));
        (await runner.AnswerAsync())!.Status.ShouldBe(TaskResultStatus.Done);

        // Longer than the pause between two looks while nothing comes.
        await Should.ThrowAsync<TimeoutException>(() => runner.ExitAsync(TimeSpan.FromSeconds(1)));
        runner.EndInput();

        (await runner.ExitAsync()).ShouldBe((0, ""));
    }

    [Fact]
    public async Task Line_WithoutEnd_IsRefusedBeforeItFillsTheMemory()
    {
        using var runner = RunnerProgram.Start(_temporary.Path);
        string piece = new('x', 1024 * 1024);
        await Should.ThrowAsync<IOException>(async () =>
        {
            for (int i = 0; i < 64; i++)
            {
                runner.SendPiece(piece);
                await Task.Yield();
            }
        });

        (int exit, string error) = await runner.ExitAsync();
        exit.ShouldBe(64);
        error.ShouldContain("LINE_TOO_LONG");
    }

    [Fact]
    public async Task Secrets_AreNeverPrintedOrStored()
    {
        using ScoreBench bench = new("catboost/numeric-binary");
        StoreCredentials credentials = new() { AccessKey = "CANARY-ACCESS", SecretKey = "CANARY-SECRET", SessionToken = "CANARY-TOKEN" };
        string header = System.Text.Json.JsonSerializer.Serialize(bench.Tasks.Header with { Credentials = credentials },
            CoreJson.Default.HeaderLine);
        foreach (string spoiled in new[] { header, header[..^1], header.Replace("\"CANARY-TOKEN\"", "CANARY-TOKEN"),
            header.Replace("\"attempt\"", "\"attemp\"") })
        {
            using var runner = RunnerProgram.Start(_temporary.File("missing"));
            try
            {
                runner.Send(spoiled);
                runner.Send(bench.Split(bench.Input(), 0, 1000));
                runner.EndInput();
            }
            catch (IOException)
            {
                // The header line was enough for it to end.
            }

            string output = await runner.Output.ReadToEndAsync();
            (int exit, string error) = await runner.ExitAsync();
            exit.ShouldNotBe(0);
            (output + error).ShouldNotContain("CANARY");
        }

        foreach (string file in Directory.GetFiles(bench.Tasks.Store.LocalPath("artifacts/runs")!, "*", SearchOption.AllDirectories))
            (await File.ReadAllTextAsync(file)).ShouldNotContain("CANARY");
    }

    [Fact]
    public async Task TransientFailure_ExitsWithItsCodeAndLeavesTheReasonInTheAttemptsFolder()
    {
        using ScoreBench bench = new("catboost/numeric-binary");
        using var runner = RunnerProgram.Start(_temporary.File("missing"));
        runner.Send(bench.Tasks.Header);
        runner.Send(bench.Split(bench.Input(), 0, 1000));
        runner.EndInput();

        (int exit, string error) = await runner.ExitAsync();
        exit.ShouldBe((int)ExitCode.Io);
        error.ShouldContain("SCRATCH_FAILED");
        string folder = bench.Tasks.Store.LocalPath(bench.Tasks.Header.AttemptFolder + "errors/x")!;
        string stored = await File.ReadAllTextAsync(Directory.GetFiles(Path.GetDirectoryName(folder)!).ShouldHaveSingleItem());
        TaskError? reason = System.Text.Json.JsonSerializer.Deserialize(stored, CoreJson.Default.TaskError);
        (reason!.Code, reason.Transient).ShouldBe(("SCRATCH_FAILED", true));
    }

    [Theory]
    [InlineData("--version", 0)]
    [InlineData("--help", 0)]
    [InlineData("--wrong", 64)]
    public async Task Arguments(string argument, int exit)
    {
        using var runner = RunnerProgram.Start(_temporary.Path, argument);
        (await runner.Output.ReadToEndAsync()).Length.ShouldBeGreaterThan(exit == 0 ? 10 : -1);
        (await runner.ExitAsync()).Exit.ShouldBe(exit);
    }
}
