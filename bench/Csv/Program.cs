using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BatchScoring.Bench;
using BatchScoring.Bench.Csv;
using BatchScoring.DuckDb;

// Called by scripts/bench csv REPOSITORY CACHE ROUNDS; see its --help. The last line on standard output holds the figures and the ratio.
(string repository, string cache, int rounds) = (args[0], args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
(string Name, string Path)[] tables =
[
    ("credit", CsvTables.Credit(cache, repository)), ("three-decimals", CsvTables.ThreeDecimals(cache)),
        ("many-digits", CsvTables.ManyDigits(cache)),
];
var json = new JsonObject();
var figures = new List<string>();
double first = 0;
foreach ((string name, string path) in tables)
{
    Func<double[]>[] sides =
        [() => Sides.DuckDb(path, isTold: true), () => Sides.Own(path, 1), () => Sides.Own(path, 2), () => Sides.DuckDb(path, isTold: false)];
    List<(double Cpu, double Clock)>[] times = [[], [], [], []];
    for (int round = -1; round < rounds; round++)
    {
        double[]? sums = null;
        for (int side = 0; side < sides.Length; side++)
        {
            (double cpu, double clock, double[] found) = Sides.Measure(sides[side]);
            if (round >= 0) times[side].Add((cpu, clock)); // The first round warms up.
            sums ??= found;
            // float32 has 24 bits; the sums of the same numbers agree better than that.
            if (!sums.Zip(found).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-6 * Math.Max(1000, Math.Abs(pair.First))))
            {
                Console.Error.WriteLine($"{name}: the sides do not agree");
                return 1;
            }
        }
    }

    double[] cpus = [.. times.Select(side => Median(side.Select(time => time.Cpu)))];
    // Others' work lengthens the clock of most rounds; the best one tells what threads can save.
    double speedUp = times[1].Min(time => time.Clock) / times[2].Min(time => time.Clock);
    double ratio = cpus[0] / cpus[1];
    if (first == 0) first = ratio;
    json[name] = new JsonObject
    {
        ["mib"] = new FileInfo(path).Length >> 20,
        ["duckdb_cpu_s"] = Math.Round(cpus[0], 4),
        ["duckdb_guessing_cpu_s"] = Math.Round(cpus[3], 4),
        ["own_cpu_s"] = Math.Round(cpus[1], 4),
        ["own_2_threads_cpu_s"] = Math.Round(cpus[2], 4),
        ["share_of_duckdb"] = Math.Round(1 / ratio, 3),
        ["cpu_2_over_1_threads"] = Math.Round(cpus[2] / cpus[1], 2),
        ["clock_1_over_2_threads"] = Math.Round(speedUp, 2),
    };
    figures.Add(string.Create(CultureInfo.InvariantCulture,
        $"{name} duckdb {cpus[0]:F3} (guessing types {cpus[3]:F3}) own {cpus[1]:F3} share {1 / ratio:F3} " +
        $"two_threads_cpu {cpus[2]:F3} two_threads_clock {speedUp:F2}"));
    Console.WriteLine(figures[^1]);
}

var report = new JsonObject
{
    ["bench"] = "csv",
    ["ratio"] = Math.Round(first, 3),
    ["rounds"] = rounds,
    ["tables"] = json,
    ["duckdb"] = DuckDatabase.LibraryVersion,
    ["machine"] = Machine.Describe()
};
File.WriteAllText(Path.Combine(repository, "bench", "results", "csv.json"),
    report.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{string.Join("; ", figures)}; ratio {first:F3}"));
return 0;

static double Median(IEnumerable<double> values)
{
    double[] sorted = [.. values.Order()];
    return sorted[sorted.Length / 2];
}
