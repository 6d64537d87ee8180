using System.CommandLine;
using BatchScoring.DataGen.Output;

namespace BatchScoring.DataGen.CommandLine;

/// <summary>The command line's options.</summary>
internal static class GenerateOptions
{
    public static Option<long> Rows { get; } = new("--rows")
    {
        Description = "Rows of the table. More rows of a seed continue fewer: row 1 to 20,000 are the same rows in both.",
        HelpName = "N",
        Required = true,
    };

    public static Option<string> Out { get; } = new("--out")
    {
        Description = "Folder for the table: part-00000.parquet …, _about/ (facts, model, list of bad rows), and _SUCCESS at the end.",
        HelpName = "FOLDER",
        Required = true,
    };

    public static Option<ulong> Seed { get; } = new("--seed")
    {
        Description = "Decides columns, model and cells. The same seed gives the same bytes on every machine, with any number of threads.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    public static Option<TableFormat> Format { get; } = new("--format")
    {
        Description = "parquet (zstd, files of 100,000 rows, row groups of 20,480) or csv.",
        HelpName = "parquet|csv",
        DefaultValueFactory = _ => TableFormat.Parquet,
    };

    public static Option<long> Dirt { get; } = new("--dirt")
    {
        Description = "Bad rows to plant, at most a tenth of all; _about/planted.csv lists them with the code they should be set aside for.",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
    };

    public static Option<string?> ModelOut { get; } = new("--model-out")
    {
        Description = "Where to put a copy of the hidden model (.cbm); it lies in _about/model.cbm anyway.",
        HelpName = "FILE",
    };

    public static Option<int> Threads { get; } = new("--threads")
    {
        Description = "Files to write at the same time; all cores by default, but not more than 4: each needs about 250 MB of memory.",
        HelpName = "N",
        DefaultValueFactory = _ => Math.Min(Environment.ProcessorCount, 4),
    };

    public static IEnumerable<Option> All => [Rows, Out, Seed, Format, Dirt, ModelOut, Threads];
}
