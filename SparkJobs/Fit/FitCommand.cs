using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Hosting;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Tables;
using BatchScoring.Training;

namespace BatchScoring.SparkJobs.Fit;

/// <summary><c>batch-score fit</c>.</summary>
internal static class FitCommand
{
    public static Command Create(CommandHost host)
    {
        var parameters = new CommandParameters();
        Option<string[]> input = parameters.Texts("--input", "path",
            "Rows to learn from: a .parquet, .csv, .tsv, .csv.gz or .tsv.gz file, a folder of Parquet files, a Delta table, or a pattern "
            + "such as 'in/*.parquet'; may be given several times. Rows count in the order of the files and in theirs.");
        input.Required = true;
        Option<string> label = parameters.RequiredText("--label", "columns", "The column of labels; for losses with several, separated by commas.");
        Option<string?> weight = parameters.Text("--weight", "column", "A column of weights.");
        Option<string[]> ignore = parameters.Texts("--ignore", "columns", "Columns that are no features, separated by commas: keys, dates.");
        Option<string[]> categories = parameters.Texts("--cat-features", "columns", "Columns of categories, separated by commas; all others are numbers.");
        Option<string?> where = parameters.Text("--where", "SQL", "A condition on the columns; only rows of which it is true are learned from.");
        Option<string?> file = parameters.Text("--params", "file", "CatBoost's parameters, an object of JSON.");
        Option<string[]> set = parameters.Texts("--set", "name=value", "One of CatBoost's parameters, over those of --params; may be given several times.");
        Option<string> output = parameters.RequiredText("--output", "file", "Where the model goes: a .cbm file.");
        FolderOptions folder = new(parameters);
        Option<char?> delimiter = parameters.Add(DelimiterOption.OfInput());
        Option<bool> overwrite = parameters.Flag("--overwrite", "Replace the output if it is there.");
        Option<ReaderChoice> reader = parameters.Add(ReaderOption.Create());
        return host.Create("fit", "Trains a model from plain files: the one that CatBoost 1.2.10 trains, to the bit.",
            [
                "batch-score fit --input loans.csv --label default --ignore id --cat-features grade,state --output model.cbm",
                "batch-score fit --input 'in/*.parquet' --label default --where 'year < 2024' --params params.json --set iterations=500 "
                + "--output model.cbm",
            ],
            parameters, async (context, line, cancellation) => Run(context, await LocalAsync(context, new FitOptions
            {
                Inputs = line.GetRequiredValue(input),
                Folder = folder.Read(line),
                Labels = Names([line.GetRequiredValue(label)]),
                Weight = line.GetValue(weight),
                Ignored = Names(line.GetRequiredValue(ignore)),
                Categories = Names(line.GetRequiredValue(categories)),
                Where = line.GetValue(where),
                Parameters = GivenParameters.Read(line.GetValue(file), line.GetRequiredValue(set)),
                Output = line.GetRequiredValue(output),
                Overwrite = line.GetValue(overwrite),
                Delimiter = line.GetValue(delimiter),
                Threads = context.Settings.Threads,
                MemoryMiB = context.Settings.MemoryMiB,
                Reader = line.GetValue(reader),
            }, cancellation), cancellation));
    }

    private static string[] Names(IEnumerable<string> lists) =>
        [.. lists.SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>What lies elsewhere is copied: a file, or what counts of a folder.</summary>
    private static async Task<FitOptions> LocalAsync(JobContext context, FitOptions options, CancellationToken cancellation)
    {
        List<string> inputs = [];
        Dictionary<string, FolderTable> copied = new(StringComparer.Ordinal);
        foreach (string input in options.Inputs)
        {
            if (await context.FolderAsync(input, options.Folder, cancellation) is { } table) copied[input] = table;
            inputs.Add(copied.ContainsKey(input) ? input : await context.LocalAsync(input, cancellation));
        }

        return options with { Inputs = inputs, Copied = copied };
    }

    private static JobOutcome Run(JobContext context, FitOptions options, CancellationToken cancellation)
    {
        FitProgress progress = new(context.Progress);
        FitSummary summary = new FitJob(options, new TrainingRun { Progress = progress.Tell, Time = context.Time }).Run(cancellation);
        TrainingResult result = summary.Result;
        int trees = result.Model.Symmetric!.Depths.Length;
        var json = new JsonObject
        {
            ["rows"] = summary.Rows,
            ["columns"] = summary.Columns,
            ["trees"] = trees,
            ["end"] = result.End.ToString(),
            ["output"] = options.Output,
        };
        return JobOutcome.Ok(json, string.Create(CultureInfo.InvariantCulture,
            $"wrote {options.Output}: {trees:N0} trees from {summary.Rows:N0} rows and {summary.Columns:N0} columns{End(result.End)}"));
    }

    private static string End(TrainingEnd end) => end switch
    {
        TrainingEnd.Cancelled => "; training was interrupted, and the model has the trees so far",
        TrainingEnd.TimeLimit => "; the time was over, and the model has the trees so far",
        TrainingEnd.EarlyStop => "; the eval metric got no better",
        _ => "",
    };
}
