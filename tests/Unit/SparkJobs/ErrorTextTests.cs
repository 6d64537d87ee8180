using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Hosting;
using BatchScoring.SparkJobs.CommandLine;
using DuckDB.NET.Native;

namespace BatchScoring.Tests.Unit.SparkJobs;

public sealed class ErrorTextTests
{
    [Theory]
    [InlineData(DuckDBErrorType.Io, "IO Error: Could not write file \"/x\": No space left on device", ExitCode.Io, "room")]
    [InlineData(DuckDBErrorType.Fatal, "FATAL Error: Could not write file \"/x\": No space left on device", ExitCode.Io, "room")]
    [InlineData(DuckDBErrorType.Io, "IO Error: Cannot open file \"/x\": No such file or directory", ExitCode.Io, "/x")]
    [InlineData(DuckDBErrorType.Io, "IO Error: Cannot open file \"/x\": Permission denied", ExitCode.NotAllowed, "right")]
    [InlineData(DuckDBErrorType.Permission, "Permission Error: not here", ExitCode.NotAllowed, "right")]
    [InlineData(DuckDBErrorType.OutOfMemory, "Out of Memory Error: could not allocate block", ExitCode.Failed, "Raise --memory")]
    [InlineData(DuckDBErrorType.Conversion, "Conversion Error: 'x' is no INT32\n\nLINE 1: SELECT secret\n        ^", ExitCode.InputUnusable,
        "'x'")]
    public void Of_DuckDbError_HasTheExitStatusOfItsCauseAndNoSql(DuckDBErrorType type, string text, ExitCode exit, string says)
    {
        ErrorText error = JobErrorText.Of(new DuckDbException(type, text, "SELECT secret FROM nowhere"))!;

        error.ExitCode.ShouldBe(exit);
        error.Message.ShouldContain(says);
        error.Message.ShouldNotContain("SELECT");
    }

    [Theory]
    [InlineData("SELECT * FROM nowhere", "nowhere")]
    [InlineData("SELECT count(*) FRM x", "syntax error")]
    [InlineData("SELECT CAST('seven' AS INTEGER) AS number", "seven")]
    public void Of_WhatDuckDbItselfSays_KeepsTheReasonWithoutTheCitedSql(string sql, string says)
    {
        using var database = DuckDatabase.Open();
        using DuckConnection duck = database.Connect();

        ErrorText error = JobErrorText.Of(Should.Throw<DuckDbException>(() => duck.Execute(sql)))!;

        error.Message.ShouldContain(says);
        error.Message.ShouldNotContain("SELECT");
    }

    [Fact]
    public void Of_Interruption_PromisesNothingThatMayBeFalse()
    {
        ErrorText error = JobErrorText.Of(new OperationCanceledException())!;

        error.ExitCode.ShouldBe(ExitCode.Interrupted);
        error.Message.ShouldNotContain("nothing was published");
        error.Message.ShouldContain("Repeat the command");
    }
}
