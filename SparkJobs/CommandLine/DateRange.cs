using System.CommandLine;
using BatchScoring.Core;
using BatchScoring.Hosting;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>The dates that a command is about.</summary>
/// <param name="From">The first.</param>
/// <param name="To">The last.</param>
/// <param name="IsRange">Whether they were given as a range, also where that is one day long.</param>
internal readonly record struct DateRange(RunDate From, RunDate To, bool IsRange)
{
    public override string ToString() => IsRange ? $"{From} to {To}" : From.ToString();
}

/// <summary>The options <c>--date</c>, or <c>--from</c> and <c>--to</c>, and <c>--revision</c>, which is one date's.</summary>
internal sealed class DateRangeOptions(CommandParameters parameters)
{
    private readonly Option<string?> _date = parameters.Text("--date", "DATE",
        "The run date: yyyy-MM-dd, today or yesterday (in UTC); or give --from and --to.");

    private readonly Option<string?> _from = parameters.Text("--from", "DATE", "The first date of a range.");
    private readonly Option<string?> _to = parameters.Text("--to", "DATE", "The last date of a range.");
    private readonly Option<int?> _revision = parameters.Add(JobOptions.Revision());

    public int? Revision(ParseResult line) => line.GetValue(_revision);

    /// <exception cref="BatchScoringException"><c>OPTION_INVALID</c>, <c>RUN_DATE_INVALID</c>.</exception>
    public DateRange Read(ParseResult line, TimeProvider time)
    {
        return (Date(_date), Date(_from), Date(_to)) switch
        {
            ({ } one, null, null) => new(one, one, false),
            (null, { } first, { } last) when first.CompareTo(last) > 0 => throw Invalid($"--from {first} is after --to {last}."),
            (null, { } first, { } last) => Revision(line) is null
                ? new(first, last, true)
                : throw Invalid("--revision is one date's; give it with --date."),
            _ => throw Invalid("Give either --date, or both --from and --to."),
        };

        RunDate? Date(Option<string?> option) => line.GetValue(option) is { } text ? RunDate.Parse(text, time) : null;
    }

    private static BatchScoringException Invalid(string text) => new(HostErrors.OptionInvalid, text);
}
