using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Spark;

/// <summary>libs/Spark on real Spark, started by spark-submit; what the scenarios do stands in tests/SparkProbe.</summary>
public sealed class SparkFacadeTests
{
    public static TheoryData<string> Versions { get; } = [.. SparkLauncher.Versions];

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public void Run_EveryScenario_EndsWell(string version) => SparkProbeRun.Of(version).Result.ShouldExitWith(0);

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public void Session_Facts_AreSparks(string version)
    {
        var run = SparkProbeRun.Of(version);
        run["facts", "version"].ShouldBe(version);
        run["facts", "application"].ShouldStartWith("local-");
        run["facts", "ui"].ShouldStartWith("http://");
        run["facts", "parallelism"].ShouldBe("2");
        run["facts", "submitted"].ShouldBe("probe");
        run["facts", "built"].ShouldBe("from the builder");
        run["facts", "default"].ShouldBe("the default");
        run["facts", "hadoop"].ShouldBe("of Hadoop");
        run["facts", "hadoop-missing"].ShouldBe("True");
    }

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public void References_OfDroppedObjects_AreFreed(string version)
    {
        var run = SparkProbeRun.Of(version);
        run["references", "all-freed"].ShouldBe("True");
        run["references", "connections"].ShouldBe("True");
    }

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public void Call_OfNoSuchMethod_IsRejectedWithItsName(string version)
    {
        var run = SparkProbeRun.Of(version);
        run["rejected", "code"].ShouldBe("SPARK_CALL_REJECTED");
        run["rejected", "text"].ShouldContain("java.lang.String.noSuchMethod");
    }

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public void Collect_EveryType_IsExact(string version)
    {
        var run = SparkProbeRun.Of(version);
        run["rows", "columns"].ShouldBe(
            "l:long:True d:double:True b:boolean:True s:string:True i:integer:True m:decimal(13,2):True f:float:True " +
            "day:date:True x:binary:True a:array:True");
        string[] rows = [.. Enumerable.Range(0, 7).Select(i => run["rows", $"row{i}"])];
        rows.ShouldBe(
        [
            "1|FFF8000000000000|True|plain|1|1.50|3DCCCCCD|2026-11-21|00FF|[1,2]",
            "9223372036854775807|7FF0000000000000|False|tab\tlf\ncr\rback\\N \"quotes\" '|-1|-0.01|FFC00000|0001-01-01||[]",
            "-9223372036854775808|FFF0000000000000|True|žluťoučký 🐎 Привет|2147483647|12345678901.25|7F7FFFFF|9999-12-31|0A|null",
            "0|8000000000000000|False||0|0.00|00000001|null|null|[3]",
            "5|0000000000000001|null|\\N|null|null|null|null|null|null",
            "6|3FD3333333333334|null|null|null|null|null|null|null|null",
            "null|7FEFFFFFFFFFFFFF|null|last|null|null|null|null|null|null",
        ]);
        run["rows", "count"].ShouldBe("7");
        run["rows", "twice"].ShouldBe("1 two 3");
        run["rows", "none"].ShouldBe("0");
    }

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public void Stream_ManyDoubles_AreBitEqual(string version)
    {
        var run = SparkProbeRun.Of(version);
        run["stream", "rows"].ShouldBe("200000");
        run["stream", "wrong"].ShouldBe("0");
    }

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public void Collect_ManyColumns_KeepTheirOrder(string version)
    {
        var run = SparkProbeRun.Of(version);
        run["wide", "two"].ShouldBe("99,0 100,1 101,2");
        run["wide", "sum"].ShouldBe("15150");
    }

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public void View_MetadataUnderOwnNames_TellsFileAndRow(string version)
    {
        var run = SparkProbeRun.Of(version);
        run["metadata", "columns"].ShouldBe("id:long name:string");
        run["metadata", "paths"].ShouldBe("2");
        run["metadata", "uri"].ShouldBe("True");
        run["metadata", "rows"].ShouldBe("0r0 1r1 2r2 3r3 4r4 0r5 1r6 2r7 3r8 4r9");
        run["metadata", "exists"].ShouldBe("org.apache.spark.sql.AnalysisException");
        run["metadata", "several"].ShouldBe("20");
    }

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public void Sql_OfNoSuchTable_SaysSo(string version)
    {
        var run = SparkProbeRun.Of(version);
        run["bad-sql", "class"].ShouldContain("AnalysisException");
        run["bad-sql", "reason"].ShouldContain("`nowhere`");
        run["bad-sql", "trace"].ShouldBe("True");
    }
}
