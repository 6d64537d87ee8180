using BatchScoring.SparkJobs.Submit;

namespace BatchScoring.Tests.Unit.SparkJobs;

public sealed class ClusterSettingsTests
{
    [Fact]
    public void Of_Yarn_OneAttemptAndRoomForDriverAndRunners() =>
        Of("yarn", "cluster").ShouldBe(["spark.yarn.maxAppAttempts=1", "spark.driver.memoryOverhead=2048m", "spark.executor.memoryOverhead=2048m"]);

    [Fact]
    public void Of_YarnWithTheDriverHere_LeavesTheDriverAlone() =>
        Of("yarn", "client").ShouldBe(["spark.yarn.maxAppAttempts=1", "spark.executor.memoryOverhead=2048m"]);

    [Theory]
    [InlineData("--executor-cores", "3")]
    [InlineData("--conf", "spark.executor.cores=3")]
    public void Of_SeveralCores_RoomForARunnerEach(params string[] flags) => Of("yarn", "client", flags).ShouldContain("spark.executor.memoryOverhead=4096m");

    [Theory]
    [InlineData("--conf", "spark.yarn.maxAppAttempts=3")]
    [InlineData("--conf=spark.yarn.maxAppAttempts=3")]
    public void Of_WhatTheUserSays_IsLeftToHim(params string[] flags) =>
        Of("yarn", "client", flags).ShouldNotContain(setting => setting.StartsWith("spark.yarn.maxAppAttempts", StringComparison.Ordinal));

    [Theory]
    [InlineData("local[2]")]
    [InlineData("spark://host:7077")]
    public void Of_OtherMasters_Nothing(string master) => Of(master, "client").ShouldBeEmpty();

    private static string[] Of(string master, string mode, params string[] flags) =>
    [
        .. ClusterSettings.Of(new SubmitOptions { Master = master, DeployMode = mode, Files = [], Archives = [], SparkFlags = flags, Job = ["score"], DryRun = false })
            .Select(pair => $"{pair.Key}={pair.Value}"),
    ];
}
