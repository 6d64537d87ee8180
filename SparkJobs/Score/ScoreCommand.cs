using System.CommandLine;
using BatchScoring.Core;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Score;

internal static class ScoreCommand
{
    public static Command Create(CommandHost host)
    {
        Option<string> date = JobOptions.Date();
        var model = new Option<string>("--model") { Description = "A CatBoost model (.cbm).", Required = true, HelpName = "FILE" };
        var key = new Option<string?>("--key")
        {
            Description = "The key column; by default the one that the sample's manifest names.",
            HelpName = "COLUMN"
        };
        var pass = new Option<string[]>("--pass")
        {
            Description = "An input column to copy beside the score; may be given several times.",
            HelpName = "COLUMN",
            DefaultValueFactory = _ => []
        };
        var contract = new Option<string?>("--contract")
        {
            Description =
            "Value ranges and category rules per feature (JSON); rows outside are set aside.",
            HelpName = "FILE"
        };
        var revision = new Option<int>("--revision")
        {
            Description = "The revision to make; a published one never changes.",
            HelpName = "N",
            DefaultValueFactory = _ => 1
        };
        var reason = new Option<string?>("--reason") { Description = "Why a further revision is made.", HelpName = "TEXT" };
        var unsealed = new Option<bool>("--unsealed") { Description = "Takes input that is not marked as complete." };
        var trustKeys = new Option<bool>("--trust-keys") { Description = "Skips the search for duplicate keys." };
        Option<long?> maxRows = JobOptions.MaxBadRows();
        Option<double> maxPercent = JobOptions.MaxBadPercent();
        Option<string?> release = JobOptions.Release();
        Option<ReaderChoice> reader = ReaderOption.Create();
        Option<bool> dryRun = JobOptions.DryRun();
        Command command = host.Create("score", "Scores the rows of a date and publishes the result.",
            [
                "batch-score score --date 2026-11-21 --model model.cbm",
                "batch-score score --date 2026-11-21 --model better.cbm --revision 2 --reason \"champion replaced\"",
                "batch-score score --date 2026-11-21 --model model.cbm --release \"known bad feed, agreed with risk\"",
            ],
            (context, line, cancellation) => new ScoreJob(context, new ScoreOptions
            {
                Date = RunDate.Parse(line.GetRequiredValue(date), context.Time),
                Model = line.GetRequiredValue(model),
                Key = line.GetValue(key),
                PassThrough = line.GetRequiredValue(pass),
                Contract = line.GetValue(contract),
                Revision = line.GetValue(revision),
                Reason = line.GetValue(reason),
                Unsealed = line.GetValue(unsealed),
                TrustKeys = line.GetValue(trustKeys),
                Limits = JobOptions.Limits(line.GetValue(maxRows), line.GetValue(maxPercent)),
                ReleaseReason = JobOptions.Given(release, line.GetValue(release)),
                Reader = line.GetValue(reader),
                DryRun = line.GetValue(dryRun),
            }).RunAsync(cancellation));
        foreach (Option option in new Option[] { date, model, key, pass, contract, revision, reason, unsealed, trustKeys, maxRows,
            maxPercent, release, reader, dryRun })
            command.Add(option);
        return command;
    }
}
