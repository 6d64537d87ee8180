using BatchScoring.Spark;

namespace BatchScoring.Tests.Unit.Spark;

public sealed class SparkSubmissionTests
{
    private static readonly SparkSubmission Least =
        new() { Name = "score", Driver = "/opt/launch", FirstArgument = "batch-score", Arguments = ["word"] };

    [Fact]
    public void ToArguments_Least_IsTheClassFormWithNoJar() => Least.ToArguments().ShouldBe(
        ["--name", "score", "--conf", "spark.pyspark.driver.python=/opt/launch", "--class", "org.apache.spark.deploy.PythonRunner",
            "spark-internal", "batch-score", "x", "word"]);

    [Fact]
    public void ToArguments_Everything_StandsInSparkSubmitsOrder()
    {
        SparkSubmission submission = Least with
        {
            Master = "yarn",
            DeployMode = "cluster",
            PropertiesFile = "/tmp/p",
            Archives = ["/a.tar.gz#app", "b.zip"],
            Files = ["/m.cbm", "c.csv"],
            Settings = [new("spark.a", "1"), new("spark.b", "two words")],
            PassedThrough = ["--queue", "night", "--conf", "spark.a=2"],
            Arguments = ["one", "two"],
        };

        submission.ToArguments().ShouldBe(
        [
            "--master", "yarn", "--deploy-mode", "cluster", "--name", "score", "--properties-file", "/tmp/p", "--archives",
                "/a.tar.gz#app,b.zip",
            "--files", "/m.cbm,c.csv", "--conf", "spark.a=1", "--conf", "spark.b=two words", "--conf",
                "spark.pyspark.driver.python=/opt/launch",
            "--queue", "night", "--conf", "spark.a=2", "--class", "org.apache.spark.deploy.PythonRunner", "spark-internal", "batch-score",
                "x", "one", "two",
        ]);
    }

    [Fact]
    public void ToArguments_SecondArgument_IsNeverEmpty() =>
        Least.ToArguments().ShouldNotContain("", "YARN drops empty arguments, and PythonRunner drops its second one");
}
