using System.CommandLine;
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
        FitRunOptions around = new(parameters);
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
            parameters, async (context, line, cancellation) => Run(context, await LocalAsync(context, around.Read(line, new FitOptions
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
            }), cancellation), cancellation));
    }

    /// <summary>Names that commas separate.</summary>
    public static string[] Names(IEnumerable<string> lists) =>
        [.. lists.SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>What lies elsewhere is copied: a file, or what counts of a folder.</summary>
    private static async Task<FitOptions> LocalAsync(JobContext context, FitOptions options, CancellationToken cancellation)
    {
        Dictionary<string, FolderTable> copied = new(StringComparer.Ordinal);
        string? start = options.InitModel is { } model ? await context.LocalAsync(model, cancellation) : null;
        return options with
        {
            Inputs = await HereAsync(options.Inputs),
            EvalInputs = await HereAsync(options.EvalInputs),
            Copied = copied,
            InitModel = start,
        };

        async Task<IReadOnlyList<string>> HereAsync(IReadOnlyList<string> inputs)
        {
            List<string> here = [];
            foreach (string input in inputs)
            {
                if (await context.FolderAsync(input, options.Folder, cancellation) is { } table) copied[input] = table;
                here.Add(copied.ContainsKey(input) ? input : await context.LocalAsync(input, cancellation));
            }

            return here;
        }
    }

    private static JobOutcome Run(JobContext context, FitOptions options, CancellationToken cancellation)
    {
        TrainingRun run = new()
        {
            Progress = new FitProgress(context.Progress, options.Parameters).Tell,
            Trouble = trouble => context.Progress.Say($"{trouble.Message} The training goes on without it."),
            TrainDirectory = options.TrainDir,
            SnapshotFile = options.Snapshot,
            SnapshotInterval = TimeSpan.FromSeconds(options.SnapshotInterval ?? 600),
            TimeLimit = options.TimeLimit is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Threads = options.Threads,
            Time = context.Time,
        };
        return FitOutcome.Of(new FitJob(options, run).Run(cancellation), options);
    }
}
