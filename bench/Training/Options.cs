using System.Globalization;

namespace BatchScoring.Bench.Training;

/// <summary>What to measure.</summary>
internal sealed record Options
{
    public string Repository { get; init; } = "";

    public IReadOnlyList<Shape> Shapes { get; init; } = Shape.All;

    /// <summary>Of every training; null: the shape's own number.</summary>
    public int? Trees { get; init; }

    public int Rounds { get; init; } = 3;

    /// <summary>The processor core that both sides run on.</summary>
    public int Core { get; init; } = Environment.ProcessorCount - 1;

    public static Options Parse(string[] args)
    {
        Options options = new();
        for (int i = 0; i < args.Length; i += 2)
        {
            string name = args[i];
            string value = i + 1 < args.Length ? args[i + 1] : throw new ArgumentException($"{name} needs a value.", nameof(args));
            options = name switch
            {
                "--repository" => options with { Repository = Path.GetFullPath(value) },
                "--shapes" => options with { Shapes = [.. value.Split(',').Select(Shape.Of)] },
                "--trees" => options with { Trees = Number(value) },
                "--rounds" => options with { Rounds = Number(value) },
                "--core" => options with { Core = Number(value) },
                _ => throw new ArgumentException($"Unknown option {name}; see scripts/bench train --help.", nameof(args)),
            };
        }

        return options with
        {
            Shapes = [.. options.Shapes.Select(shape => options.Trees is { } trees ? shape.WithTrees(trees) : shape)],
        };
    }

    private static int Number(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out int number) && number >= 0 ? number
        : throw new ArgumentException($"'{text}' is not a whole number.", nameof(text));
}
