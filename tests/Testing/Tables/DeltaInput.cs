using System.Globalization;
using System.Text.Json;

namespace BatchScoring.Tests.Testing;

/// <summary>Tables that other programs wrote (tests/data/delta-input), each with the rows that are right.</summary>
/// <param name="Table">Its folder.</param>
/// <param name="Expected">Its <c>expected.json</c>.</param>
public sealed record DeltaInput(string Table, JsonElement Expected)
{
    public static string Model => Repository.Data("delta-input", "model.cbm");

    public static IEnumerable<string> Names() =>
        Directory.GetDirectories(Repository.Data("delta-input")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal);

    public static DeltaInput Open(string name) => new(
        Repository.Data("delta-input", name, "table"),
        JsonDocument.Parse(File.ReadAllText(Repository.Data("delta-input", name, "expected.json"))).RootElement);

    /// <summary>Key and score of every row that <c>expected.json</c>, or a version of it, names.</summary>
    public static IReadOnlyList<(long Key, double Score)> Rows(JsonElement expected) => [.. expected.GetProperty("rows").EnumerateArray()
        .Zip(expected.GetProperty("raw").EnumerateArray())
        .Select(pair => (pair.First.GetInt64(), pair.Second.GetDouble())).Order()];

    /// <summary>Key and score of every line of an answer in CSV.</summary>
    public static IReadOnlyList<(long Key, double Score)> Read(string csv) => [.. csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
        .Select(line => line.Split(','))
        .Select(cells => (long.Parse(cells[0], CultureInfo.InvariantCulture), double.Parse(cells[1], CultureInfo.InvariantCulture))).Order()];
}
