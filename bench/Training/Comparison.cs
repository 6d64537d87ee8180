using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BatchScoring.Bench.Training;

/// <summary>Both sides in turn, a process each, on one core; the least processor time counts, which other work lengthens least.</summary>
internal static class Comparison
{
    public static void Run(Options options)
    {
        double smallest = double.PositiveInfinity;
        foreach (Shape shape in options.Shapes)
        {
            (double ratio, JsonObject figures) = Compare(shape, options);
            smallest = Math.Min(smallest, ratio);
            // A quick look is no record.
            if (options.Trees is null) Record(options, shape.Name, figures);
        }

        Console.WriteLine($"ratio {Text(smallest)}");
    }

    /// <summary>Puts a shape's figures in the place of its last ones: all shapes take an hour, and need not be measured at once.</summary>
    private static void Record(Options options, string shape, JsonObject figures)
    {
        string file = Path.Combine(options.Repository, "bench", "results", "train.json");
        JsonObject json = File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file))!.AsObject() : new JsonObject { ["bench"] = "train" };
        json[shape] = figures;
        json["ratio"] = Math.Round(json.Select(one => (double?)(one.Value as JsonObject)?["ratio"]).OfType<double>().Min(), 3);
        json["machine"] = Machine.Describe();
        File.WriteAllText(file, json.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
    }

    private static (double Ratio, JsonObject Figures) Compare(Shape shape, Options options)
    {
        List<Measured> ours = [], theirs = [];
        for (int round = 0; round < options.Rounds; round++)
        {
            ours.Add(Measure("ours", shape, options));
            theirs.Add(Measure("lightgbm", shape.Peer, options));
        }

        double own = ours.Min(one => one.Cpu), peer = theirs.Min(one => one.Cpu);
        // LightGBM stands for CatBoost, which has no library for .NET.
        double catBoost = peer / shape.LightGbmShare;
        Console.WriteLine($"{shape.Name}: ours cpu {Text(own)} clock {Text(ours.Min(one => one.Clock))} auc {ours[0].Auc:F6}; "
            + $"lightgbm cpu {Text(peer)} clock {Text(theirs.Min(one => one.Clock))} auc {theirs[0].Auc:F6}; "
            + $"catboost cpu {Text(catBoost)}, on record {Text(shape.CatBoostCpu)}; share {Text(own / catBoost)}");
        return (catBoost / own, new JsonObject
        {
            ["shape"] = $"{shape.Rows} x {shape.Columns}, {shape.Borders} borders, {shape.Trees} trees",
            ["own_cpu_s"] = Math.Round(own, 3),
            ["own_clock_s"] = Math.Round(ours.Min(one => one.Clock), 3),
            ["own_peak_mib"] = Math.Round(ours.Min(one => one.PeakMib)),
            ["own_auc"] = ours[0].Auc,
            ["lightgbm_cpu_s"] = Math.Round(peer, 3),
            ["lightgbm_auc"] = theirs[0].Auc,
            ["lightgbm_share_of_catboost"] = Math.Round(shape.LightGbmShare, 3),
            ["catboost_cpu_s"] = Math.Round(catBoost, 3),
            ["catboost_recorded_cpu_s"] = shape.CatBoostCpu,
            ["share_of_catboost"] = Math.Round(own / catBoost, 3),
            ["ratio"] = Math.Round(catBoost / own, 3),
            ["date"] = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        });
    }

    private static Measured Measure(string side, Shape shape, Options options) => Measured.Of(
        [side, shape.Name, shape.Trees.ToString(CultureInfo.InvariantCulture), options.Repository], options.Core);

    private static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
