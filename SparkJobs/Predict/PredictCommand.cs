using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Hosting;
using BatchScoring.Models;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Predict;

/// <summary><c>batch-score predict</c>.</summary>
internal static class PredictCommand
{
    public static Command Create(CommandHost host)
    {
        var parameters = new CommandParameters();
        Option<string> model = parameters.RequiredText("--model", "file", "The model (.cbm or .json).");
        Option<string> input = parameters.RequiredText("--input", "path",
            "Rows to score: a .parquet, .csv, .tsv, .csv.gz or .tsv.gz file, a folder of Parquet files, a Delta table, a " +
            "pattern such as 'in/*.parquet', or - for standard input.");
        Option<string> output = parameters.RequiredText("--output", "file",
            "Where the answers go: a .parquet, .csv or .tsv file, or - for standard output as CSV.");
        Option<IReadOnlyList<PredictionType>> type = parameters.Add(new Option<IReadOnlyList<PredictionType>>("--type")
        {
            Description = $"What to answer, separated by commas: {string.Join(", ", Enum.GetNames<PredictionType>())}.",
            CustomParser = ParseTypes,
            DefaultValueFactory = _ => [PredictionType.RawFormulaVal],
            HelpName = "types",
        });
        Option<string?> key = parameters.Text("--key", "column", "A column of the input that names the row; goes into the output.");
        FolderOptions folder = new(parameters);
        Option<char?> delimiter = parameters.Add(DelimiterOption.OfInput());
        Option<bool> overwrite = parameters.Flag("--overwrite", "Replace the output if it is there.");
        Option<ReaderChoice> reader = parameters.Add(ReaderOption.Create());
        Option<bool> dryRun = parameters.Add(JobOptions.DryRun());
        return host.Create("predict", "Scores plain files, in the order of their rows: what CatBoost answers, to the bit.",
            [
                "batch-score predict --model model.cbm --input rows.csv --output -",
                "batch-score predict --model model.cbm --input 'in/*.parquet' --output scores.parquet --type RawFormulaVal,Probability " +
                "--key id",
            ],
            parameters, async (context, line, cancellation) => Run(context, await LocalAsync(context, new PredictOptions
            {
                Model = await context.LocalAsync(line.GetRequiredValue(model), cancellation),
                Input = line.GetRequiredValue(input),
                Folder = folder.Read(line),
                Output = line.GetRequiredValue(output),
                Types = line.GetRequiredValue(type),
                Key = line.GetValue(key),
                Delimiter = line.GetValue(delimiter),
                Threads = context.Settings.Threads,
                MemoryMiB = context.Settings.MemoryMiB,
                Overwrite = line.GetValue(overwrite),
                Reader = line.GetValue(reader),
                DryRun = line.GetValue(dryRun),
            }, cancellation), cancellation));
    }

    /// <summary>What lies elsewhere is copied: a file, or what counts of a folder.</summary>
    internal static async Task<PredictOptions> LocalAsync(JobContext context, PredictOptions options, CancellationToken cancellation) =>
        await context.FolderAsync(options.Input, options.Folder, cancellation) is { } copied
            ? options with { Copied = copied }
            : options with { Input = await context.LocalAsync(options.Input, cancellation) };

    private static JobOutcome Run(JobContext context, PredictOptions options, CancellationToken cancellation)
    {
        using Stream standardInput = Console.OpenStandardInput();
        using Stream standardOutput = Console.OpenStandardOutput();
        context.Progress.Begin("predict", 0);
        PredictSummary summary =
            new PredictJob(options, standardOutput, context.Progress.Advance) { StandardInput = standardInput }.Run(cancellation);
        context.Progress.End();
        var json = new JsonObject
        {
            ["rows"] = summary.Rows,
            ["files"] = summary.Files,
            ["columns"] = new JsonArray([.. summary.Columns.Select(column => (JsonNode)column)]),
            ["version"] = summary.Version,
            ["bound_by_position"] = summary.BoundByPosition,
            ["output"] = options.Output,
            ["dry_run"] = options.DryRun,
        };
        // Standard output belongs to the answers when they go there.
        bool answersOnOutput = options.Output == PredictJob.Standard && !options.DryRun;
        return new JobOutcome(ExitCode.Ok, answersOnOutput ? [] : [Line(options, summary)], answersOnOutput ? null : json)
        {
            Notes = summary.BoundByPosition ? ["The model has no feature names: its columns were bound by position."] : [],
        };
    }

    private static string Line(PredictOptions options, PredictSummary summary) => options.DryRun
        ? $"would score {summary.Files} file(s) into {options.Output} with the columns " +
        $"{string.Join(", ", options.Key is null ? summary.Columns : summary.Columns.Prepend(options.Key))}; nothing was written."
        : string.Create(CultureInfo.InvariantCulture, $"wrote {options.Output}: {summary.Rows:N0} rows of {summary.Files} file(s)") +
            (summary.Version is { } version ? string.Create(CultureInfo.InvariantCulture, $", version {version} of the Delta table") : "");

    private static IReadOnlyList<PredictionType> ParseTypes(ArgumentResult result)
    {
        var types = new List<PredictionType>();
        foreach (string? name in result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.TrimEntries)))
        {
            // Enum.TryParse would take numbers too.
            if (Enum.GetNames<PredictionType>().Contains(name, StringComparer.Ordinal)) types.Add(Enum.Parse<PredictionType>(name));
            else result.AddError($"There is no prediction type '{name}'. Allowed: {string.Join(", ", Enum.GetNames<PredictionType>())}.");
        }

        return types;
    }
}
