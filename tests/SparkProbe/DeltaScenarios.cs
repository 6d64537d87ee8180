using BatchScoring.Spark;

namespace BatchScoring.Tests.SparkProbe;

/// <summary>Tables with a Delta log.</summary>
internal static class DeltaScenarios
{
    /// <summary>Every line of the file "queries" is a name, a tab and a query; the answer is its rows in order, or Spark's reason.</summary>
    public static void Read(Probe probe)
    {
        foreach (string[] query in File.ReadLines(probe.Folder("queries")).Select(line => line.Split('\t', 2)))
        {
            try
            {
                IEnumerable<string> rows = probe.Spark.Sql(query[1]).Collect().Select(row => string.Join('|', row.Values.Select(SqlScenarios.Text)));
                probe.Say(query[0], string.Join('\n', rows.Order(StringComparer.Ordinal)));
            }
            catch (JavaException e)
            {
                probe.Say(query[0], "error: " + e.Reason);
            }
        }
    }
}
