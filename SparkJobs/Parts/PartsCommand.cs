using System.CommandLine;
using BatchScoring.Core;
using BatchScoring.Hosting;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Parts;

internal static class PartsCommand
{
    public static Command Create(CommandHost host)
    {
        var parameters = new CommandParameters();
        Option<string?> date = parameters.Text("--date", "DATE", "The run date; or give --from and --to.");
        Option<string?> from = parameters.Text("--from", "DATE", "The first date of a range.");
        Option<string?> to = parameters.Text("--to", "DATE", "The last date of a range.");
        Option<int?> revision = parameters.Add(JobOptions.Revision());
        Option<int?> hours = parameters.Add(new Option<int?>("--presign")
        {
            HelpName = "HOURS",
            Description = "Web addresses that read the files without credentials for so many hours (1 to 168; S3 only). Whoever has one reads it.",
        });
        return host.Create("parts", "Prints the files that hold the finished scores of a date, one a line: for tools that take a list of files.",
            ["batch-score parts --date 2026-11-21", "batch-score parts --from 2026-11-01 --to 2026-11-30 --format json",
                "batch-score parts --date 2026-11-21 --presign 12 --quiet | xargs -n1 curl -sO"],
            parameters, (context, line, cancellation) =>
            {
                RunDate? Read(Option<string?> option) =>
                    line.GetValue(option) is { } text ? RunDate.Parse(text, context.Time) : null;
                return new PartsJob(context).RunAsync(
                    Range(Read(date), Read(from), Read(to), line.GetValue(revision)), line.GetValue(revision), Valid(line.GetValue(hours)), cancellation);
            });
    }

    private static TimeSpan? Valid(int? hours) => hours is null or (>= 1 and <= 168)
        ? hours is { } some ? TimeSpan.FromHours(some) : null
        : throw new BatchScoringException(HostErrors.OptionInvalid, $"--presign is {hours}; it must be 1 to 168 hours, which is what S3 allows.");

    private static (RunDate From, RunDate To) Range(RunDate? date, RunDate? from, RunDate? to, int? revision) => (date, from, to) switch
    {
        ({ } one, null, null) => (one, one),
        (null, { } first, { } last) when first.CompareTo(last) <= 0 && revision is null => (first, last),
        (null, { } first, { } last) => throw new BatchScoringException(HostErrors.OptionInvalid, revision is not null
            ? "--revision is one date's; give it with --date."
            : $"--from {first} is after --to {last}."),
        _ => throw new BatchScoringException(HostErrors.OptionInvalid, "Give either --date, or both --from and --to."),
    };
}
