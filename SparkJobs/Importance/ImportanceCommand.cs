using System.CommandLine;
using BatchScoring.Hosting;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.SparkJobs.Predict;

namespace BatchScoring.SparkJobs.Importance;

/// <summary><c>batch-score importance</c>.</summary>
internal static class ImportanceCommand
{
    public static Command Create(CommandHost host)
    {
        var parameters = new CommandParameters();
        Option<string> model = parameters.RequiredText("--model", "file", "The model (.cbm or .json).");
        Option<string?> input = parameters.Text("--input", "path",
            "Rows with labels, as `predict` takes them; then LossFunctionChange is told, too.");
        Option<string?> label = parameters.Text("--label", "column", "The input's column that holds the labels.");
        Option<bool> corrected = parameters.Flag("--corrected",
            "Leaves out faults of CatBoost 1.2.10: pairs with one-hot columns are kept, combinations go to their own columns, " +
            "the outputs of several classes do not cancel out.");
        FolderOptions folder = new(parameters);
        Option<char?> delimiter = parameters.Add(DelimiterOption.OfInput());
        return host.Create("importance",
            "Says which columns a CatBoost model lives by: PredictionValuesChange, LossFunctionChange on rows, Interaction.",
            [
                "batch-score importance --model model.cbm",
                "batch-score importance --model model.cbm --input rows.csv --label default",
            ],
            parameters, async (context, line, cancellation) =>
            {
                string? rows = line.GetValue(input);
                if ((rows is null) != (line.GetValue(label) is null))
                    throw ImportanceJob.Usage("--input and --label go together: losses are counted on rows with labels.");
                PredictOptions options = new()
                {
                    Model = await context.LocalAsync(line.GetRequiredValue(model), cancellation),
                    Input = rows ?? "",
                    Folder = folder.Read(line),
                    Output = PredictJob.Standard,
                    Key = line.GetValue(label),
                    Delimiter = line.GetValue(delimiter),
                    Threads = context.Settings.Threads,
                    MemoryMiB = context.Settings.MemoryMiB,
                };
                if (rows is not null) options = await PredictCommand.LocalAsync(context, options, cancellation);
                return ImportanceJob.Run(options, line.GetValue(corrected), context.Progress, cancellation);
            });
    }
}
