using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BatchScoring.DuckDb;

namespace BatchScoring.Bench.Files;

/// <summary>Prints figures and keeps them in bench/results/NAME.json, with the machine that they hold for.</summary>
internal sealed class BenchReport(string name, BenchOptions options)
{
    private readonly JsonObject _tables = [];
    private readonly List<double> _ratios = [];
    private readonly List<string> _figures = [];

    public void Add(string table, double ratio, double? cpuRatio, params (string Name, double Value)[] figures)
    {
        var json = new JsonObject { ["ratio"] = Math.Round(ratio, 3) };
        if (cpuRatio is { } cpu) json["cpu_ratio"] = Math.Round(cpu, 3);
        foreach ((string? figure, double value) in figures) json[figure] = Math.Round(value);
        _tables[table] = json;
        _ratios.Add(ratio);
        _figures.Add(string.Create(CultureInfo.InvariantCulture,
            $"{table} {string.Join(' ', figures.Select(figure => $"{figure.Name} {figure.Value:F0}"))} " +
            $"{(cpuRatio is null ? "" : $"cpu_ratio {cpuRatio:F3} ")}table_ratio {ratio:F3}"));
        Console.WriteLine(_figures[^1]);
    }

    /// <summary>The figures again in one line, and the ratio of the table that did worst.</summary>
    public void Finish(Func<IEnumerable<double>, double> worst)
    {
        double ratio = worst(_ratios);
        var json = new JsonObject
        {
            ["bench"] = name,
            ["ratio"] = Math.Round(ratio, 3),
            ["rows"] = options.Rows,
            ["files"] = Tables.Files,
            ["rounds"] = options.Rounds,
            ["tables"] = _tables,
            ["duckdb"] = DuckDatabase.LibraryVersion,
            ["machine"] = Machine.Describe(),
        };
        string folder = Directory.CreateDirectory(Path.Combine(options.Repository, "bench", "results")).FullName;
        File.WriteAllText(Path.Combine(folder, name + ".json"), json.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) +
            "\n");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{string.Join("; ", _figures)}; ratio {ratio:F3}"));
    }
}
