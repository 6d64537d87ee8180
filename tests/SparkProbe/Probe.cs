using System.Globalization;
using System.Text.Json;
using BatchScoring.Spark;

namespace BatchScoring.Tests.SparkProbe;

/// <summary>What a scenario works with.</summary>
internal sealed class Probe(string scenario, SparkSession spark, string folder)
{
    public SparkSession Spark { get; } = spark;

    public string Folder(string name) => Path.Combine(folder, name);

    /// <summary>One line; the value is escaped as in JSON, but it stays one line and ASCII whatever the JVM's locale is.</summary>
    public void Say(string key, object? value) =>
        Console.WriteLine($"probe|{scenario}|{key}|{JsonEncodedText.Encode(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null")}");
}
