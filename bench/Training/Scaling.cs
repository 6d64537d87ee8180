using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BatchScoring.Bench.Training;

/// <summary>A tree's processor time and the memory of a training, as rows and as columns grow. A slope of 1 is linear.</summary>
internal static class Scaling
{
    private const int Trees = 40;
    private const int UsualRows = 100_000, UsualColumns = 100;

    private static readonly int[] _rows = [10_000, UsualRows, 1_000_000];
    private static readonly int[] _columns = [10, UsualColumns, 770];

    public static void Run(Options options)
    {
        List<Size> sizes = [];
        foreach ((int rows, int columns) in _rows.Select(rows => (rows, UsualColumns))
            .Concat(_columns.Select(columns => (UsualRows, columns))))
        {
            List<Measured> rounds = [];
            for (int round = 0; round < options.Rounds; round++) rounds.Add(Measure(rows, columns, options));
            sizes.Add(new Size(rows, columns, 1000 * rounds.Min(one => one.Cpu), rounds.Min(one => one.PeakMib)));
            Console.WriteLine(sizes[^1].Text(sizes.Count is 1 or 4 ? null : sizes[^2]));
        }

        double steepest = sizes.Skip(1).Select((size, place) => (Size: size, Before: sizes[place])).Where(pair => pair.Size.Rows >= pair
            .Before.Rows && pair.Size.Columns >= pair.Before.Columns).Max(pair => pair.Size.Slope(pair.Before, size => size.TreeMs));
        string file = Path.Combine(options.Repository, "bench", "results", "train-scaling.json");
        File.WriteAllText(file, new JsonObject
        {
            ["bench"] = "train --scaling",
            ["trees"] = options.Trees ?? Trees,
            ["sizes"] = JsonSerializer.SerializeToNode(sizes),
            ["steepest_time_slope"] = Math.Round(steepest, 3),
            ["machine"] = Machine.Describe(),
        }.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"steepest slope {steepest:F2}"));
    }

    private static Measured Measure(int rows, int columns, Options options)
    {
        int[] numbers = [rows, columns, options.Trees ?? Trees];
        return Measured.Of(["tree", .. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))], options.Core);
    }
}

/// <summary>What a table of some size took.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Columns">Columns.</param>
/// <param name="TreeMs">Processor milliseconds of a tree.</param>
/// <param name="Mib">Memory of the training at most, without the table of floats.</param>
internal sealed record Size(int Rows, int Columns, double TreeMs, double Mib)
{
    /// <summary>How often the figure doubles when the table doubles.</summary>
    public double Slope(Size before, Func<Size, double> figure) =>
        Math.Log(figure(this) / figure(before)) / Math.Log((double)Rows * Columns / ((double)before.Rows * before.Columns));

    public string Text(Size? before) => string.Create(CultureInfo.InvariantCulture,
        $"{Rows,9} rows {Columns,4} columns: {TreeMs,9:F2} ms a tree, {Mib,7:F0} MiB, {Mib * 1024 * 1024 / Rows / Columns,5:F2} bytes a value")
        + (before is null ? "" : string.Create(CultureInfo.InvariantCulture,
            $"; slope {Slope(before, size => size.TreeMs):F2} of time, {Slope(before, size => size.Mib):F2} of memory"));
}
