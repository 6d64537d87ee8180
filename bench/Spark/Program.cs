using BatchScoring.Bench.Files;
using BatchScoring.Bench.Spark;

// Called by scripts/bench spark; see its --help. The last line on standard output holds the figures and the ratio.
if (args is not [var sparkHome, var peerJars, .. var rest])
{
    Console.Error.WriteLine("usage: bench-spark SPARK_HOME PEER_JARS --repository DIR --program FILE [--rows N] [--rounds N] [--cache DIR]");
    return 64;
}

try
{
    var options = BenchOptions.Parse(["--rounds", "3", .. rest]);
    SparkComparison.Run(options, sparkHome, peerJars);
    return 0;
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return 64;
}
