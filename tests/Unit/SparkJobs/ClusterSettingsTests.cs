using BatchScoring.Core;
using BatchScoring.SparkJobs.Submit;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.SparkJobs;

public sealed class ClusterSettingsTests
{
    [Fact]
    public void Of_Yarn_OneAttemptAndRoomForDriverAndRunners() =>
        Of("yarn", "cluster").ShouldBe(
            ["spark.yarn.maxAppAttempts=1", "spark.driver.memoryOverhead=2048m", "spark.executor.memoryOverhead=2048m"]);

    [Fact]
    public void Of_YarnWithTheDriverHere_LeavesTheDriverAloneAndGivesYarnsMasterRoom() =>
        Of("yarn", "client").ShouldBe(
            ["spark.yarn.maxAppAttempts=1", "spark.yarn.am.memoryOverhead=768m", "spark.executor.memoryOverhead=2048m"]);

    [Theory]
    [InlineData("--executor-cores", "3")]
    [InlineData("--conf", "spark.executor.cores=3")]
    public void Of_SeveralCores_RoomForARunnerEach(params string[] flags) =>
        Of("yarn", "client", flags).ShouldContain("spark.executor.memoryOverhead=4096m");

    [Theory]
    [InlineData("--conf", "spark.yarn.maxAppAttempts=3")]
    [InlineData("--conf=spark.yarn.maxAppAttempts=3")]
    public void Of_WhatTheUserSays_IsLeftToHim(params string[] flags) =>
        Of("yarn", "client", flags).ShouldNotContain(setting => setting.StartsWith("spark.yarn.maxAppAttempts", StringComparison.Ordinal));

    [Fact]
    public void Of_Standalone_Nothing() => Of("spark://host:7077", "client").ShouldBeEmpty();

    [Fact]
    public void Of_ThisMachine_TheJvmLeavesTheCoresToTheRunners()
    {
        Of("local[2]", "client").ShouldBe(["spark.driver.extraJavaOptions=-XX:TieredStopAtLevel=1"]);
        Of("local[2]", "client", "--driver-java-options", "-Xss2m").ShouldBeEmpty();
        Of("local[2]", "client", [], properties: null, job: "evaluate").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("spark.yarn.maxAppAttempts 3")]
    [InlineData("  spark.yarn.maxAppAttempts = 3")]
    [InlineData("spark.yarn.maxAppAttempts:3 ")]
    public void Of_WhatAPropertiesFileSays_IsLeftToIt(string line) =>
        Of("yarn", "client", [], $"# comment\n\n{line}\nspark.executor.cores 2\n")
            .ShouldBe(["spark.yarn.am.memoryOverhead=768m", "spark.executor.memoryOverhead=3072m"]);

    [Fact]
    public void Of_FlagAndPropertiesFile_TheFlagWins() =>
        Of("yarn", "client", ["--executor-cores=1"], "spark.executor.cores=4").ShouldContain("spark.executor.memoryOverhead=2048m");

    [Fact]
    public void Of_CommentedProperty_IsNotSaid() =>
        Of("yarn", "client", [], "#spark.yarn.maxAppAttempts 3\n").ShouldContain("spark.yarn.maxAppAttempts=1");

    [Fact]
    public void New_PropertiesFileIsMissing_SaysSo() =>
        Should.Throw<BatchScoringException>(() => new SaidSettings([], "/no/such.properties")).Message.ShouldContain("/no/such.properties");

    private static string[] Of(string master, string mode, params string[] flags) => Of(master, mode, flags, properties: null);

    private static string[] Of(string master, string mode, string[] flags, string? properties, string job = "score")
    {
        using var folder = new TemporaryFolder();
        string? file = properties is null ? null : folder.File("spark.properties");
        if (file is not null) File.WriteAllText(file, properties);
        SubmitOptions options = new()
        {
            Master = master,
            DeployMode = mode,
            Files = [],
            Archives = [],
            SparkFlags = flags,
            Job = [job],
            DryRun = false
        };
        return [.. ClusterSettings.Of(options, new SaidSettings(flags, file)).Select(pair => $"{pair.Key}={pair.Value}")];
    }
}
