using System.CommandLine;
using BatchScoring.Core;
using BatchScoring.Hosting;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Score;

internal static class ScoreCommand
{
    public static Command Create(CommandHost host)
    {
        var parameters = new CommandParameters();
        Option<string> date = parameters.Add(JobOptions.Date());
        Option<string> model = parameters.RequiredText("--model", "FILE", "A CatBoost model (.cbm or .json).");
        Option<string?> key = parameters.Text("--key", "COLUMN", "The key column; by default the one that the sample's manifest names.");
        Option<string[]> pass = parameters.Texts("--pass", "COLUMN",
            "An input column to copy beside the score; may be given several times.");
        Option<string?> contract = parameters.Text("--contract", "FILE",
            "Value ranges and category rules per feature (JSON); rows outside are set aside.");
        Option<int> revision = parameters.Add(new Option<int>("--revision")
        {
            Description = "The revision to make; a published one never changes.",
            HelpName = "N",
            DefaultValueFactory = _ => 1
        });
        Option<string?> reason = parameters.Text("--reason", "TEXT", "Why a further revision is made.");
        FolderOptions folder = new(parameters);
        Option<bool> unsealed = parameters.Flag("--unsealed", "Takes input that is not marked as complete.");
        Option<bool> trustKeys = parameters.Flag("--trust-keys", "Skips the search for duplicate keys.");
        Option<long?> maxRows = parameters.Add(JobOptions.MaxBadRows());
        Option<double> maxPercent = parameters.Add(JobOptions.MaxBadPercent());
        Option<string?> release = parameters.Add(JobOptions.Release());
        Option<ReaderChoice> reader = parameters.Add(ReaderOption.Create());
        Option<bool> dryRun = parameters.Add(JobOptions.DryRun());
        return host.Create("score", "Scores the rows of a date and publishes the result.",
            [
                "batch-score score --date 2026-11-21 --model model.cbm",
                "batch-score score --date 2026-11-21 --model better.cbm --revision 2 --reason \"champion replaced\"",
                "batch-score score --date 2026-11-21 --model model.cbm --release \"known bad feed, agreed with risk\"",
            ],
            parameters, (context, line, cancellation) => new ScoreJob(context, new ScoreOptions
            {
                Date = RunDate.Parse(line.GetRequiredValue(date), context.Time),
                Model = line.GetRequiredValue(model),
                Key = line.GetValue(key),
                PassThrough = line.GetRequiredValue(pass),
                Contract = line.GetValue(contract),
                Revision = line.GetValue(revision),
                Reason = line.GetValue(reason),
                Folder = folder.Read(line),
                Unsealed = line.GetValue(unsealed),
                TrustKeys = line.GetValue(trustKeys),
                Limits = JobOptions.Limits(line.GetValue(maxRows), line.GetValue(maxPercent)),
                ReleaseReason = JobOptions.Given(release, line.GetValue(release)),
                Reader = line.GetValue(reader),
                DryRun = line.GetValue(dryRun),
            }).RunAsync(cancellation));
    }
}
