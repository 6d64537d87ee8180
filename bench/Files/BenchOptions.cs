using System.Globalization;

namespace BatchScoring.Bench.Files;

/// <summary>What to measure, and with what.</summary>
internal sealed record BenchOptions
{
    public required string Repository { get; init; }

    /// <summary>The built <c>batch-score</c>.</summary>
    public required string Program { get; init; }

    /// <summary>Rows of a table; ten files.</summary>
    public int Rows { get; init; } = 1_000_000;

    public int Rounds { get; init; } = 5;

    /// <summary>Where tables are kept from run to run.</summary>
    public string Cache { get; init; } =
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "batch-scoring", "bench");

    public string Golden => Path.Combine(Repository, "tests", "data", "golden", "catboost-770");

    public string Model => Path.Combine(Golden, "model.cbm");

    public static BenchOptions Parse(string[] args)
    {
        var options = new BenchOptions { Repository = "", Program = "" };
        for (int i = 0; i < args.Length; i += 2)
        {
            string value = i + 1 < args.Length ? args[i + 1] : throw new ArgumentException($"{args[i]} needs a value.", nameof(args));
            options = args[i] switch
            {
                "--repository" => options with { Repository = Path.GetFullPath(value) },
                "--program" => options with { Program = Path.GetFullPath(value) },
                "--rows" => options with { Rows = int.Parse(value, CultureInfo.InvariantCulture) },
                "--rounds" => options with { Rounds = int.Parse(value, CultureInfo.InvariantCulture) },
                "--cache" => options with { Cache = Path.GetFullPath(value) },
                _ => throw new ArgumentException($"Unknown option {args[i]}.", nameof(args)),
            };
        }

        return options;
    }
}
