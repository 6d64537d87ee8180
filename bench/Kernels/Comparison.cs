using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics.X86;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BatchScoring.Bench.Kernels;

/// <summary>
/// CatBoost's own evaluator behind Java against ours: a process each, one after the other on the same core, round after round; medians
/// count.
/// </summary>
internal static class Comparison
{
    private static readonly (string Name, string Value)[] _none = [];
    private static readonly (string Name, string Value)[] _noAvx512 = [("DOTNET_EnableAVX512", "0")];

    public static IReadOnlyList<string> Names { get; } = ["kernel", "one-row"];

    public static int Run(string name, ComparisonOptions options)
    {
        string rows = RowsFile.Make(options);
        var contenders = new List<Contender> { Peer(name, options, rows), Own("ours", name, options, rows, _none) };
        if (Avx512BW.IsSupported) contenders.Add(Own("ours_without_avx512", name, options, rows, _noAvx512));
        for (int round = 1; round <= options.Rounds; round++)
        {
            foreach (Contender contender in contenders) contender.Rates.Add(Measure(contender, options.Core));
            Console.WriteLine($"round {round}: {string.Join(", ", contenders.Select(c => Figure(c.Name, c.Rates[^1].RowsPerSecond)))}");
        }

        var sums = contenders.SelectMany(contender => contender.Rates).Select(rate => rate.Sum).ToList();
        // The peer prints twelve decimals of the sum.
        if (sums.Max() - sums.Min() > 1e-9)
        {
            Console.Error.WriteLine($"The sums of the raw scores differ: {string.Join(", ", sums.Distinct())}.");
            return 1;
        }

        Report(name, options, contenders);
        return 0;
    }

    private static Contender Peer(string name, ComparisonOptions options, string rows)
    {
        string batch = name == "kernel" ? "1000" : "1";
        return new("peer", "java", [
            "-cp", options.PeerClassPath, "KernelPeer", options.Model, rows,
            RowsFile.Features.ToString(CultureInfo.InvariantCulture), batch, Text(options.Seconds),
        ], _none);
    }

    private static Contender Own(
        string label, string name, ComparisonOptions options, string rows, (string Name, string Value)[] environment) =>
        new(label, Environment.ProcessPath!, ["measure", name, options.Model, rows, Text(options.Seconds)], environment);

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static Rate Measure(Contender contender, int core)
    {
        var start = new ProcessStartInfo("taskset",
            ["-c", core.ToString(CultureInfo.InvariantCulture), contender.Program, .. contender.Arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        foreach ((string? name, string? value) in contender.Environment) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{contender.Name} ended with exit code {process.ExitCode}.");
        return Rate.Parse(output.Split('\n').Last(line => line.StartsWith('{')));
    }

    private static void Report(string name, ComparisonOptions options, List<Contender> contenders)
    {
        var json = new JsonObject { ["bench"] = name };
        double peer = Median(contenders[0]);
        var figures = new List<string>();
        foreach (Contender contender in contenders)
        {
            double rate = Median(contender);
            figures.Add(Figure(contender.Name, rate));
            json[contender.Name] = new JsonObject
            {
                ["rows_per_s"] = Math.Round(rate),
                ["evaluator"] = contender.Rates[0].Evaluator,
                ["ratio"] = Math.Round(rate / peer, 3),
                ["rounds_rows_per_s"] = new JsonArray([.. contender.Rates.Select(one => (JsonNode)Math.Round(one.RowsPerSecond))]),
            };
            if (contender != contenders[0]) figures.Add($"{contender.Name}_ratio {Text(Math.Round(rate / peer, 2))}");
        }

        double ratio = Math.Round(Median(contenders[1]) / peer, 3);
        json["ratio"] = ratio;
        json["table"] = $"catboost-770 tiled to {RowsFile.Rows} rows, in memory";
        json["model"] = "catboost-770: 1,000 trees of depth 6";
        json["seconds_per_side_and_round"] = options.Seconds;
        json["machine"] = Machine.Describe();
        string folder = Directory.CreateDirectory(Path.Combine(options.Repository, "bench", "results")).FullName;
        File.WriteAllText(Path.Combine(folder, name + ".json"), json.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) +
            "\n");
        Console.WriteLine($"{string.Join(' ', figures)}; ratio {Text(ratio)}");
    }

    private static string Figure(string name, double rate) => string.Create(CultureInfo.InvariantCulture, $"{name}_rows_per_s {rate:F0}");

    private static double Median(Contender contender)
    {
        double[] rates = contender.Rates.Select(rate => rate.RowsPerSecond).Order().ToArray();
        return (rates[(rates.Length - 1) / 2] + rates[rates.Length / 2]) / 2;
    }
}
