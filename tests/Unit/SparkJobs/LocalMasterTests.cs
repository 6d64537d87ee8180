using BatchScoring.SparkJobs.Submit;

namespace BatchScoring.Tests.Unit.SparkJobs;

public sealed class LocalMasterTests
{
    [Theory]
    [InlineData("local", "local[1,4]")]
    [InlineData("local[2]", "local[2,4]")]
    [InlineData("local[*]", "local[*,4]")]
    [InlineData("local[2,1]", "local[2,1]")]
    [InlineData("yarn", "yarn")]
    [InlineData("spark://local[2]:7077", "spark://local[2]:7077")]
    [InlineData(null, null)]
    public void WithRetries_Master_TriesAsOftenAsAClusterUnlessToldOtherwise(string? master, string? expected) =>
        LocalMaster.WithRetries(master).ShouldBe(expected);
}
