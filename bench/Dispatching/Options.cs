using System.Globalization;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Bench.Dispatching;

/// <summary>What scripts/bench dispatcher says.</summary>
internal sealed record Options
{
    /// <summary>Where the peers' programs lie.</summary>
    public string Peers { get; init; } = "";

    /// <summary>The published dispatcher.</summary>
    public BuiltProgram Program { get; init; } = BuiltProgram.Dispatcher;

    /// <summary>How long lateness is measured.</summary>
    public int Seconds { get; init; } = 600;

    public int Kills { get; init; } = 200;

    public int Cuts { get; init; } = 20;

    /// <summary>How long it idles.</summary>
    public int Idle { get; init; } = 60;

    public int Seed { get; init; } = 20261129;

    public static Options Parse(string[] args)
    {
        var options = new Options();
        for (int i = 0; i < args.Length; i += 2)
        {
            string value = i + 1 < args.Length ? args[i + 1] : throw new ArgumentException($"{args[i]} needs a value.", nameof(args));
            options = args[i] switch
            {
                "--peers" => options with { Peers = value },
                "--program" => options with { Program = BuiltProgram.At(value) },
                "--seconds" => options with { Seconds = Number(value) },
                "--kills" => options with { Kills = Number(value) },
                "--cuts" => options with { Cuts = Number(value) },
                "--idle" => options with { Idle = Number(value) },
                "--seed" => options with { Seed = Number(value) },
                _ => throw new ArgumentException($"Unknown option {args[i]}.", nameof(args)),
            };
        }

        return options;
    }

    private static int Number(string value) => int.TryParse(value, CultureInfo.InvariantCulture, out int number) && number >= 0
        ? number
        : throw new ArgumentException($"'{value}' is no number.", nameof(value));
}
