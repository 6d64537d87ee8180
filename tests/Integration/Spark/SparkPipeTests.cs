using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Spark;

/// <summary>Runners on the executors, seen from libs/Spark.</summary>
public sealed class SparkPipeTests
{
    public static TheoryData<string> Versions { get; } = [.. SparkLauncher.Versions];

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public void Pipe_Texts_ComeBackAsTheyWere(string version)
    {
        var run = SparkProbeRun.Of(version);
        run["pipe", "partitions"].ShouldBe("4");
        run["pipe", "elements"].ShouldBe("True");
        run["pipe", "cat"].ShouldBe("první|second line|🐎 \\ \"q\" \u001f||last");
        run["pipe", "shell"].ShouldBe("2|value of it|1|value of it|1|value of it|1|value of it");
        run["pipe", "empty"].ShouldBe("0");
        run["many", "same"].ShouldBe("True");
    }

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public void Pipe_CommandFails_ExceptionTellsItsStatus(string version)
    {
        var run = SparkProbeRun.Of(version);
        run["pipe-fails", "code"].ShouldBe("SPARK_FAILED");
        run["pipe-fails", "class"].ShouldBe("org.apache.spark.SparkException");
        run["pipe-fails", "reason"].ShouldContain("Subprocess exited with status 3");
        run["pipe-fails", "reason"].ShouldNotContain("\tat ");
        run["pipe-fails", "trace"].ShouldBe("True");
        run["pipe-fails", "usable"].ShouldBe("still there");
    }

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public void CancelJobGroup_FromAnotherThread_EndsTheWaitingCall(string version)
    {
        var run = SparkProbeRun.Of(version);
        run["cancel", "job"].ShouldBe("Running");
        run["cancel", "stage"].ShouldBe("2 1 1 0");
        run["cancel", "unknown"].ShouldBe("True");
        run["cancel", "class"].ShouldBe("JavaException");
        run["cancel", "reason"].ShouldContain("cancelled");
        run["cancel", "after"].ShouldBe("Failed");
        run["cancel", "other"].ShouldBe("unharmed");
        run["cancel", "other-jobs"].ShouldBe("1");
    }

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public void Dispose_WhileACallWaits_EndsItWithATypedError(string version)
    {
        var run = SparkProbeRun.Of(version);
        run["dispose", "code"].ShouldBe("SPARK_GATEWAY_CLOSED");
        run["dispose", "afterwards"].ShouldBe("SPARK_GATEWAY_CLOSED");
    }
}
