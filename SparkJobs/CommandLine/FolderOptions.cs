using System.CommandLine;
using System.Globalization;
using BatchScoring.Core;
using BatchScoring.Hosting;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>What all commands that are given folders of tables ask about them.</summary>
internal sealed class FolderOptions
{
    private readonly Option<long?> _version;
    private readonly Option<string?> _asOf;
    private readonly Option<string[]> _pathColumns;

    public FolderOptions(CommandParameters parameters)
    {
        _version = parameters.Add(new Option<long?>("--version")
        {
            Description = "The version of a Delta table; the last one by default.",
            HelpName = "N",
        });
        _asOf = parameters.Text("--as-of", "TIME",
            "The version of a Delta table that stood at a time: 2026-11-21, or 2026-11-21T06:30:00Z; UTC where no zone is said.");
        _pathColumns = parameters.Texts("--path-columns", "COLUMN",
            "A column of plain files that is taken from the names of their folders, as in place=Bern/; may be given several times.");
    }

    /// <summary>What was asked.</summary>
    /// <exception cref="BatchScoringException"><c>OPTION_INVALID</c>.</exception>
    public FolderRequest Read(ParseResult line)
    {
        (long? version, string? asOf) = (line.GetValue(_version), line.GetValue(_asOf));
        if (version is not null && asOf is not null)
            throw Invalid("--version and --as-of both say which version is read. Leave one of them out.");
        if (version < 0) throw Invalid(FormattableString.Invariant($"--version is {version}; versions count from 0."));
        DateTimeOffset time = default;
        if (asOf is not null && !DateTimeOffset.TryParse(
            asOf, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time))
            throw Invalid($"--as-of is '{asOf}', which is no time. Write it as 2026-11-21 or 2026-11-21T06:30:00Z.");
        return new FolderRequest
        {
            Version = new WantedVersion(version, asOf is null ? null : time),
            PathColumns = line.GetValue(_pathColumns) ?? [],
        };
    }

    private static BatchScoringException Invalid(string text) => new(HostErrors.OptionInvalid, text);
}
