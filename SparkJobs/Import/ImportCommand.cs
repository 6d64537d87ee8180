using System.CommandLine;
using BatchScoring.Core;
using BatchScoring.Hosting;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Import;

internal static class ImportCommand
{
    public static Command Create(CommandHost host)
    {
        var parameters = new CommandParameters();
        Argument<string[]> files = parameters.Add(new Argument<string[]>("files")
        {
            Description = "CSV or Parquet files, folders of them, or Delta tables.",
            Arity = ArgumentArity.OneOrMore,
        });
        Option<string> key = parameters.RequiredText("--key", "COLUMN", "The column that names a row.");
        FolderOptions folder = new(parameters);
        Option<char?> delimiter = parameters.Add(DelimiterOption.OfInput());
        Option<string?> label = parameters.Text("--label", "COLUMN", "The outcome to be learned; never part of a sample.");
        Option<string[]> outcome = parameters.Texts("--outcome", "COLUMN",
            "A further column that is known only with the outcome, such as the amount lost; never part of a sample.");
        Option<string?> like = parameters.Text("--like", "MODEL",
            "A CatBoost model whose features say which columns are numbers and which categories.");
        Option<string[]> category = parameters.Texts("--category", "COLUMN", "A column that is a category; may be given several times.");
        Option<double?> testShare = parameters.Number("--test-share", "SHARE",
            "The share of keys that goes to test/, by key hash; 0.2 by default.");
        Option<string?> testWhere = parameters.Text("--test-where", "SQL",
            "Rows for which this SQL condition holds go to test/, the others to train/.");
        Option<double?> sampleShare = parameters.Number("--sample-share", "SHARE",
            "The share of test/ that one date draws: 1/k of it, 0.1 by default.");
        Option<string> firstDate = parameters.RequiredText("--first-date", "DATE", "The first date that may draw from test/.");
        Option<string> salt = parameters.Add(new Option<string>("--salt")
        {
            Description = "Text that varies the key hash.",
            HelpName = "TEXT",
            DefaultValueFactory = _ => "batch-scoring",
        });
        Option<long?> maxRows = parameters.Add(JobOptions.MaxBadRows());
        Option<double> maxPercent = parameters.Add(JobOptions.MaxBadPercent());
        Option<string?> release = parameters.Add(JobOptions.Release());
        Option<bool> dryRun = parameters.Add(JobOptions.DryRun());
        return host.Create("import", "Reads a labelled table into train/ and test/.",
            [
                "batch-score import loans.csv --key id --label default --like model.cbm --first-date 2026-11-21",
                "batch-score import loans.csv --key id --label default --test-where \"id % 5 = 0\" --first-date 2026-11-21",
            ],
            parameters, (context, line, cancellation) => new ImportJob(context, new ImportOptions
            {
                Files = line.GetRequiredValue(files),
                Folder = folder.Read(line),
                Delimiter = line.GetValue(delimiter),
                Key = line.GetRequiredValue(key),
                Label = line.GetValue(label),
                Outcomes = line.GetRequiredValue(outcome),
                LikeModel = line.GetValue(like),
                Categories = line.GetRequiredValue(category),
                TestShare = Share("--test-share", line.GetValue(testShare) ?? 0.2),
                TestWhere = OnlyOne(line.GetValue(testWhere), line.GetValue(testShare)),
                SampleSlots = Slots(line.GetValue(sampleShare) ?? 0.1),
                FirstDate = RunDate.Parse(line.GetRequiredValue(firstDate), context.Time),
                Salt = line.GetRequiredValue(salt),
                Limits = JobOptions.Limits(line.GetValue(maxRows), line.GetValue(maxPercent)),
                ReleaseReason = JobOptions.Given(release, line.GetValue(release)),
                DryRun = line.GetValue(dryRun),
            }).RunAsync(cancellation));
    }

    private static double Share(string name, double share) => share is > 0 and < 1
        ? share
        : throw new BatchScoringException(HostErrors.OptionInvalid,
            FormattableString.Invariant($"{name} is {share}; it must lie between 0 and 1."));

    private static int Slots(double share)
    {
        double slots = Math.Round(1 / share);
        return share is > 0 and <= 1 && Math.Abs(1 / slots - share) < 1e-9
            ? (int)slots
            : throw new BatchScoringException(HostErrors.OptionInvalid,
                FormattableString.Invariant(
                    $"--sample-share is {share}; it must be 1, 0.5, 0.25, 0.2, 0.1 … : 1 divided by a whole number of dates."));
    }

    private static string? OnlyOne(string? where, double? share) => where is null || share is null
        ? where
        : throw new BatchScoringException(HostErrors.OptionInvalid, "--test-where and --test-share exclude each other; give one.");
}
