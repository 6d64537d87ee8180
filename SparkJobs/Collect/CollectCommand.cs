using System.CommandLine;
using BatchScoring.Hosting;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Collect;

internal static class CollectCommand
{
    private static readonly TableFormat[] Formats = Enum.GetValues<TableFormat>();

    public static Command Create(CommandHost host)
    {
        var parameters = new CommandParameters();
        var dates = new DateRangeOptions(parameters);
        Option<string> output = parameters.RequiredText("--output", "FILE",
            "The file to write: .csv, .parquet or .xlsx; or - for standard output, as CSV unless --as says otherwise.");
        Option<string?> format = parameters.Add(new Option<string?>("--as")
        {
            Description = "What to write, whatever the output's name ends in.",
            HelpName = "csv|parquet|xlsx",
        }.AcceptOnlyFromAmong("csv", "parquet", "xlsx"));
        Option<bool> forSpreadsheet = parameters.Flag("--for-spreadsheet",
            "CSV that a spreadsheet opens by a double click: a byte order mark, and an apostrophe before texts that it would run as " +
            "formulas.");
        Option<char?> delimiter = parameters.Add(DelimiterOption.Create(
            "With --for-spreadsheet: what stands between cells, one character or 'tab'; by default a comma."));
        Option<bool> decimalComma = parameters.Flag("--decimal-comma",
            "With --for-spreadsheet: 0,5 in place of 0.5, as a spreadsheet in German, French or Spanish reads it.");
        Option<bool> oneSheet = parameters.Flag("--one-sheet",
            "Refuses more rows than a sheet of a workbook takes (1,048,575), instead of going on in further sheets.");
        Option<bool> overwrite = parameters.Flag("--overwrite", "Replaces a file that stands there.");
        Option<bool> dryRun = parameters.Add(JobOptions.DryRun());
        return host.Create("collect", "Copies the finished scores of a date, or of several, into one local file, checking every part.",
            ["batch-score collect --date 2026-11-21 --output scores.xlsx",
                "batch-score collect --from 2026-11-01 --to 2026-11-30 --output november.parquet",
                "batch-score collect --date 2026-11-21 --output scores.csv --for-spreadsheet --delimiter ';' --decimal-comma",
                "batch-score collect --date 2026-11-21 --output - --quiet"],
            parameters, (context, line, cancellation) => new CollectJob(context, new CollectOptions
            {
                Dates = dates.Read(line, context.Time),
                Revision = dates.Revision(line),
                Output = line.GetRequiredValue(output),
                Format = LocalTable.FormatOf(line.GetRequiredValue(output), line.GetValue(format), Formats),
                ForSpreadsheet = line.GetValue(forSpreadsheet),
                Delimiter = line.GetValue(delimiter),
                DecimalComma = line.GetValue(decimalComma),
                OneSheet = line.GetValue(oneSheet),
                Overwrite = line.GetValue(overwrite),
                DryRun = line.GetValue(dryRun),
            }.Checked()).RunAsync(cancellation));
    }
}
