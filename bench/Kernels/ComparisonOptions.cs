using System.Globalization;

namespace BatchScoring.Bench.Kernels;

/// <summary>What to measure, and how long.</summary>
internal sealed record ComparisonOptions
{
    public string Repository { get; init; } = "";

    /// <summary>Java class path with KernelPeer and CatBoost.</summary>
    public string PeerClassPath { get; init; } = "";

    public int Rounds { get; init; } = 7;

    /// <summary>Seconds that each side is measured per round.</summary>
    public double Seconds { get; init; } = 3;

    /// <summary>The processor core that everything runs on.</summary>
    public int Core { get; init; } = Environment.ProcessorCount - 1;

    /// <summary>Where the rows are kept from run to run.</summary>
    public string Cache { get; init; } =
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "batch-scoring", "bench");

    public string Golden => Path.Combine(Repository, "tests", "data", "golden", "catboost-770");

    public string Model => Path.Combine(Golden, "model.cbm");

    public static ComparisonOptions Parse(string[] args)
    {
        var options = new ComparisonOptions();
        for (int i = 0; i < args.Length; i += 2)
        {
            string value = i + 1 < args.Length ? args[i + 1] : throw new ArgumentException($"{args[i]} needs a value.", nameof(args));
            options = args[i] switch
            {
                "--repository" => options with { Repository = Path.GetFullPath(value) },
                "--peer-class-path" => options with { PeerClassPath = value },
                "--rounds" => options with { Rounds = int.Parse(value, CultureInfo.InvariantCulture) },
                "--seconds" => options with { Seconds = double.Parse(value, CultureInfo.InvariantCulture) },
                "--core" => options with { Core = int.Parse(value, CultureInfo.InvariantCulture) },
                "--cache" => options with { Cache = Path.GetFullPath(value) },
                _ => throw new ArgumentException($"Unknown option {args[i]}.", nameof(args)),
            };
        }

        return options;
    }
}
