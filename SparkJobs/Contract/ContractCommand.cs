using System.CommandLine;
using BatchScoring.Hosting;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Contract;

internal static class ContractCommand
{
    public static Command Create(CommandHost host) => new("contract", "What values a model's features may take.") { Suggest(host) };

    private static Command Suggest(CommandHost host)
    {
        var parameters = new CommandParameters();
        Option<string> model = parameters.RequiredText("--model", "FILE", "A CatBoost model (.cbm or .json).");
        Option<string> output = parameters.RequiredText("--output", "FILE", "The contract file to write (JSON).");
        Option<bool> overwrite = parameters.Flag("--overwrite", "Replaces a file that stands there.");
        return host.Create("suggest",
            "Reads train/ and proposes a contract for a model: ranges, categories, missing values, and how the features were spread.",
            [
                "batch-score contract suggest --model model.cbm --output contract.json",
                "batch-score score --date 2026-11-21 --model model.cbm --contract contract.json",
            ],
            parameters, (context, line, cancellation) => new SuggestJob(context).RunAsync(
                line.GetRequiredValue(model), line.GetRequiredValue(output), line.GetValue(overwrite), cancellation));
    }
}
