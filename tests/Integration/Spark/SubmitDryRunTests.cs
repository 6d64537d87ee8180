using System.Text.Json.Nodes;
using BatchScoring.Tests.Integration.Story;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Spark;

/// <summary>What <c>submit --dry-run</c> prints is what would run, and holds no secrets.</summary>
public sealed class SubmitDryRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void DryRun_OfAClusterJob_ShowsTheCommandWithEverythingInItsPlace()
    {
        foreach (string sent in new[] { "a.txt", "b.txt", "c.zip" }) File.WriteAllText(_folder.File(sent), "");
        string command = Command("--master", "yarn", "--deploy-mode", "cluster", "--queue", "night", "--conf", "spark.x=1", "--files",
            "a.txt,b.txt",
            "--num-executors", "4", "--archives", "c.zip#c", "--", "score", "--date", CreditCardStory.Date, "--model",
                CreditCardStory.Model);

        command.ShouldMatch(@"^\S+/bin/spark-submit --master yarn --deploy-mode cluster --name 'batch-score score' --archives \S+/batch-scoring\.tar\.gz#app,c\.zip#c "
            + @"--files \S+/model\.cbm,a\.txt,b\.txt ");
        command.ShouldContain(" --queue night --conf spark.x=1 --num-executors 4 --class org.apache.spark.deploy.PythonRunner " +
            "spark-internal batch-score x arguments:");
        command.ShouldContain("--conf spark.yarn.maxAppAttempts=1");
        command.ShouldContain("--conf spark.pyspark.driver.python=./app/launch");
        Directory.Exists(_folder.File("bank")).ShouldBeFalse();
    }

    [SkippableFact]
    public void DryRun_UsersOwnNumberOfAttempts_IsTheOnlyOne()
    {
        string command = Command("--master", "yarn", "--conf", "spark.yarn.maxAppAttempts=3", "--", "sample", "--date",
            CreditCardStory.Date);

        command.ShouldContain("spark.yarn.maxAppAttempts=3");
        command.ShouldNotContain("spark.yarn.maxAppAttempts=1");
    }

    [SkippableFact]
    public void DryRun_WithCredentials_ShowsNone()
    {
        ProgramResult result = Run("s3://bank/root", "--master", "yarn", "--dry-run", "--", "sample", "--date", CreditCardStory.Date)
            .ShouldExitWith(0);

        (result.Output + result.Errors).ShouldNotContain(StoryRun.Canaries.SecretKey);
        (result.Output + result.Errors).ShouldNotContain(StoryRun.Canaries.AccessKey);
        result.Output.ShouldContain("s3://bank/root");
    }

    [SkippableFact]
    public void Submit_WithoutSpark_SaysWhereItLooked() =>
        Run(_folder.File("bank"), "--spark-home", _folder.File("nowhere"), "--master", "local[2]", "--", "sample", "--date",
            CreditCardStory.Date)
            .ShouldExitWith(78).Errors.ShouldContain("SUBMIT_SPARK_NOT_FOUND");

    private string Command(params string[] arguments) =>
        (string)JsonNode.Parse(Run(_folder.File("bank"), ["--dry-run", "--format", "json", .. arguments])
            .ShouldExitWith(0).Output)!["command"]!;

    private ProgramResult Run(string root, params string[] arguments) =>
        PublishedProgram.Require().Run(_folder.Path, new Dictionary<string, string>
        {
            ["BATCHSCORING_ROOT"] = root,
            ["SPARK_HOME"] = TestCluster.Require("spark-4.3.0"),
            ["AWS_ACCESS_KEY_ID"] = StoryRun.Canaries.AccessKey,
            ["AWS_SECRET_ACCESS_KEY"] = StoryRun.Canaries.SecretKey,
        }, ["submit", .. arguments]);
}
