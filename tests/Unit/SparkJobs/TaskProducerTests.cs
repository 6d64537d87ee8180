using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Runs;

namespace BatchScoring.Tests.Unit.SparkJobs;

public sealed class TaskProducerTests
{
    private static readonly TaskSpec Split = new()
    {
        Kind = "score",
        Split = 3,
        Input = new SplitInput { File = new InputFile { Key = "in.parquet", Size = 1, Version = "v" }, FirstRow = 10, Rows = 5 },
        Work = JsonDocument.Parse("{}").RootElement,
    };

    [Theory]
    [InlineData(ExitCode.Failed)]
    [InlineData(ExitCode.InputUnusable)]
    [InlineData(ExitCode.NotAllowed)]
    [InlineData(ExitCode.Configuration)]
    public void Failure_RejectedByAnotherProcess_KeepsTheTasksCodeAndExitStatus(ExitCode exit)
    {
        TaskResult answer = Rejected(TaskError.Of(new BatchScoringException(new ErrorCode("SOME_CODE", exit, "Planned."), "Some text.")));
        TaskResult read = JsonSerializer.Deserialize(JsonSerializer.Serialize(answer, CoreJson.Default.TaskResult),
            CoreJson.Default.TaskResult)!;

        BatchScoringException failure = TaskProducer.Failure("score-2026-11-21-r1", Split, read);

        failure.ExitCode.ShouldBe(exit);
        failure.Code.ShouldBe("SOME_CODE");
        failure.Message.ShouldContain("rows 10 to 14 of in.parquet");
    }

    [Fact]
    public void Failure_AnswerThatNamesNoExitStatus_IsFailed()
    {
        TaskError error = JsonSerializer.Deserialize("""{"code":"X_Y","message":"Z."}""", CoreJson.Default.TaskError)!;

        TaskProducer.Failure("import-train-r1", Split, Rejected(error)).ExitCode.ShouldBe(ExitCode.Failed);
    }

    private static TaskResult Rejected(TaskError error) => new() { Split = 3, Status = TaskResultStatus.Rejected, Error = error };
}
