using BatchScoring.SparkJobs.Submit;

namespace BatchScoring.Tests.Unit.SparkJobs;

/// <summary>What Spark 3.5 and 4 say in their own words, stack and all: the case "nc-submit-failed-tail".</summary>
public sealed class SubmitCauseTests
{
    [Theory]
    [InlineData("""
        26/11/21 10:00:00 INFO Client: Uploading resource file:/x/model.cbm
        Exception in thread "main" java.lang.IllegalArgumentException: Attempt to add (file:/x/model.cbm) multiple times to the distributed cache.
        	at org.apache.spark.deploy.yarn.Client.$anonfun$prepareLocalResources$23(Client.scala:703)
        	at org.apache.spark.deploy.SparkSubmit.main(SparkSubmit.scala)
        26/11/21 10:00:01 INFO ShutdownHookManager: Shutdown hook called
        """, "Attempt to add (file:/x/model.cbm) multiple times to the distributed cache.")]
    [InlineData("""
        Exception in thread "main" org.apache.spark.SparkException: Job aborted
        	at org.apache.spark.deploy.SparkSubmit.main(SparkSubmit.scala)
        Caused by: java.io.FileNotFoundException: File file:/x/nope.txt does not exist
        	at org.apache.hadoop.fs.RawLocalFileSystem.deprecatedGetFileStatus(RawLocalFileSystem.java:832)
        	... 12 more
        """, "File file:/x/nope.txt does not exist.")]
    [InlineData("Error: Master must either be yarn or start with spark, k8s, or local\nRun with --help for usage help or --verbose for " +
        "debug output",
        "Master must either be yarn or start with spark, k8s, or local.")]
    [InlineData("""
        26/11/21 10:00:09 INFO Client:
        	 client token: N/A
        	 diagnostics: Application application_1_1 failed 1 times due to AM Container exited with exitCode: 143
        	 final status: FAILED
        """, "Application application_1_1 failed 1 times due to AM Container exited with exitCode: 143.")]
    [InlineData("26/11/21 10:00:09 ERROR StandaloneSchedulerBackend: Application has been killed. Reason: All masters are unresponsive! " +
        "Giving up.",
        "Application has been killed. Reason: All masters are unresponsive! Giving up.")]
    public void Text_OfALog_IsTheInnermostCause(string log, string cause) => Of(log).Text.ShouldBe(cause);

    [Theory]
    [InlineData("")]
    [InlineData("26/11/21 10:00:00 INFO Client: Submitting application\n\tat a.b.C.d(C.java:1)\n\t diagnostics: N/A")]
    public void Text_OfALogThatTellsNoCause_IsNull(string log) => Of(log).Text.ShouldBeNull();

    [Theory]
    [InlineData("26/11/21 10:00:09 INFO Client: Application report for application_1_1 (state: KILLED)", true)]
    [InlineData("26/11/21 10:00:09 ERROR YarnClientSchedulerBackend: YARN application has exited unexpectedly with state KILLED! Check " +
        "the YARN application logs for more details.", true)]
    [InlineData("Exception in thread \"main\" org.apache.spark.SparkException: Application application_1_1 is killed", true)]
    [InlineData("26/11/21 10:00:09 INFO Client: Application report for application_1_1 (state: FINISHED)", false)]
    public void Killed_IsWhatYarnSays(string log, bool killed) => Of(log).Killed.ShouldBe(killed);

    private static SubmitCause Of(string log)
    {
        var cause = new SubmitCause();
        foreach (string line in log.Split('\n')) cause.Read(line.TrimEnd('\r'));
        return cause;
    }
}
