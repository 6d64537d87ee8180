using System.Diagnostics;
using BatchScoring.Spark;
using BatchScoring.Tests.SparkProbe;

// Started by spark-submit: runs the scenarios that its arguments name against libs/Spark and prints `probe|scenario|key|value` lines, which
// the integration tests compare. Arguments: the name that PythonRunner passes on, a scratch folder, scenarios. Ends with 5 if one broke.
string folder = args[1];
bool broken = false;
using SparkSession spark = SparkSession.Builder().AppName("probe").Config("spark.probe", "from the builder").GetOrCreate();
foreach (string name in args[2..])
{
    Probe probe = new(name, spark, folder);
    long start = Stopwatch.GetTimestamp();
    try
    {
        Scenarios.All[name](probe);
        probe.Say("end", "ok");
    }
    catch (Exception e)
    {
        broken = true;
        probe.Say("end", e.ToString());
    }
    probe.Say("milliseconds", Stopwatch.GetElapsedTime(start).TotalMilliseconds);
}
spark.Stop();
return broken ? 5 : 0;
