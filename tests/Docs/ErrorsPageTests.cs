using System.Text;
using System.Text.RegularExpressions;
using BatchScoring.Core;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Docs;

/// <summary>docs/operate/errors.md is made from the catalogues of error codes, and no source has a code beside them.</summary>
public sealed partial class ErrorsPageTests
{
    /// <summary>Whoever adds a catalogue names it under the heading where people will look for it.</summary>
    private static readonly (string Heading, string[] Catalogues)[] Sections =
    [
        ("The command line, its settings and local files", ["HostErrors", "CoreErrors"]),
        ("Input", ["TableErrors", "CellErrors"]),
        ("Models", ["ModelErrors", "ScoringErrors"]),
        ("Jobs", ["JobErrors", "TrainingErrors", "DataGenErrors"]),
        ("Runs", ["RunErrors"]),
        ("Tasks and queries", ["TaskErrors", "RunnerErrors", "EngineErrors", "DuckDbErrors"]),
        ("Spark and submitting", ["SparkErrors", "SubmitErrors"]),
        ("Statistics", ["StatisticsErrors"]),
        ("Stores, publishing, datasets", ["StorageErrors", "DatasetErrors"]),
        ("Dispatcher: timetable and ledger", ["TimetableErrors", "LedgerErrors"]),
        ("Dispatcher: steps and hosts", ["StepErrors", "RemoteErrors", "HttpErrors", "WaitErrors"]),
        ("Dispatcher: mail and page", ["MailErrors", "WebErrors"]),
    ];

    private static readonly IReadOnlyDictionary<string, Type> Catalogues =
        ErrorCatalogues.All.ToDictionary(type => type.Name, StringComparer.Ordinal);

    [Fact]
    public void Page_IsWhatTheCataloguesSay()
    {
        Catalogues.Keys.ShouldBe(Sections.SelectMany(section => section.Catalogues), ignoreOrder: true);
        var page = new StringBuilder(Head);
        foreach ((string heading, string[] catalogues) in Sections)
        {
            page.Append($"## {heading}\n\n| code | exit | retry | cause and remedy |\n| --- | --- | --- | --- |\n");
            foreach (ErrorCode code in catalogues.SelectMany(name => ErrorCatalogues.CodesOf(Catalogues[name])))
                page.Append($"| `{code.Name}` | {(int)code.ExitCode} | {(code.RetryHelps ? "yes" : "no")} | {code.Cause} |\n");
            page.Append('\n');
        }

        Generated.ShouldBeUpToDate(page.Append(Tail).ToString(), "docs", "operate", "errors.md");
    }

    [Fact]
    public void Catalogues_EveryCode_HasANameOfItsOwnAndACauseOfOneLine()
    {
        ErrorCode[] codes = [.. ErrorCatalogues.All.SelectMany(ErrorCatalogues.CodesOf)];
        codes.Length.ShouldBeGreaterThan(100);
        codes.GroupBy(code => code.Name).Where(same => same.Count() > 1).Select(same => same.Key)
            .ShouldBeEmpty("codes that are defined twice");
        codes.Where(code => !NameOfCode().IsMatch(code.Name)).ShouldBeEmpty("names that are not upper case with underscores");
        codes.Where(code => !code.Cause.EndsWith('.') || code.Cause.Contains('\n') || code.Cause.Contains('|'))
            .ShouldBeEmpty("causes that are no sentence of one line");
    }

    /// <summary>
    /// A code is matched as what it is; a literal beside the catalogue would be a second definition, or a comparison by string.
    /// </summary>
    [Fact]
    public void Sources_OutsideTheCatalogues_HaveNoCodeAsALiteral()
    {
        HashSet<string> names = [.. ErrorCatalogues.All.SelectMany(ErrorCatalogues.CodesOf).Select(code => code.Name)];
        foreach (string file in SourceFiles().Where(file => !ErrorCatalogues.IsCatalogue(file)))
            Literal().Matches(File.ReadAllText(file)).Select(match => match.Groups["code"].Value).Where(names.Contains).ShouldBeEmpty(file);
    }

    [Fact]
    public void Page_EveryReasonOfTheParquetReader_IsOnIt()
    {
        IEnumerable<string> reasons = SourceFiles().Where(file => file.Contains("/libs/Parquet/"))
            .SelectMany(file => Literal().Matches(File.ReadAllText(file))).Select(match => match.Groups["code"].Value)
            .Where(code => code.StartsWith("PARQUET_", StringComparison.Ordinal)).Distinct();
        reasons.Where(reason => !Tail.Contains($"`{reason}`")).ShouldBeEmpty();
    }

    private static IEnumerable<string> SourceFiles() => new[] { "libs", "SparkJobs", "ModelRunner", "DataGen" }
        .SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/obj/") && !file.Contains("/bin/"));

    [GeneratedRegex("^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$", RegexOptions.ExplicitCapture)]
    private static partial Regex NameOfCode();

    [GeneratedRegex("\"(?<code>[A-Z][A-Z0-9]*(_[A-Z0-9]+)+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Literal();

    private const string Head =
        """
        # Errors: cause, exit status, and whether a retry helps

        Every error that a user may meet has a stable code; `--format json` gives it as `error.code`, the run record as `error.code`. Its text says what failed, what was found, what is allowed, where, and what to do. "Retry" says whether the same command may succeed later with nothing changed. [Exit codes](exit-codes.md) are one page further. This page is made from the code; a test holds it equal.

        Codes of rows that are set aside are no errors; they are listed [below](#codes-of-rows-that-are-set-aside).


        """;

    private const string Tail =
        """
        ## Why DuckDB has read a row group

        Reasons, not errors: the run record counts them under `row_groups_unsupported`, `batch-score inspect FILE.parquet` shows them, and the result is the same to the bit ([why-own-reader.md](../design/why-own-reader.md)).

        | reason | what our own reader found |
        | --- | --- |
        | `PARQUET_ALTERNATING` | row groups that it reads and others that it does not took turns 16 times: DuckDB reads the rest, since each turn opens the file anew |
        | `PARQUET_CODEC` | another compression than none, snappy, gzip, brotli and zstd |
        | `PARQUET_COLUMN_TYPE` | a column that is not a flat column of numbers or booleans (it alone comes through DuckDB) |
        | `PARQUET_DATA` | a page that does not decode to what its header promises |
        | `PARQUET_ENCODING` | an encoding that it does not read, or not for this type |
        | `PARQUET_ENCRYPTED` | an encrypted file or column |
        | `PARQUET_EXTERNAL` | values that lie in another file |
        | `PARQUET_FOOTER` | a footer that cannot be followed, or contradicts itself |
        | `PARQUET_LEVELS` | levels in the old BIT_PACKED form, or where a flat column has none |
        | `PARQUET_MEMORY` | a row group that needs more memory than the reader may take |
        | `PARQUET_PAGE` | a page whose header cannot be followed, or does not fit its column chunk |

        ## Codes of rows that are set aside
        A row has one reason: the first in this order, then in the order of the model's columns.

        | code | why |
        | --- | --- |
        | `MISSING_KEY` | the key is null (in a CSV: empty) |
        | `DUPLICATE_KEY` | the key was seen before, in file order, then row order; its first row stays |
        | `UNREADABLE_NUMBER` | a numeric column of text holds something that is no number |
        | `INFINITE_VALUE` | a number is infinite, or becomes so as float32 |
        | `OUT_OF_RANGE` | a number lies outside the range that the model's contract gives |
        | `UNKNOWN_CATEGORY` | a category is not in the list that the model's contract gives |
        | `WRONG_TYPE` | a category is null or a fractional number |

        `predict` sets no row aside; where CatBoost refuses a cell, the command fails and names column and row: `NUMBER_UNREADABLE`, `CATEGORY_NULL`, `CATEGORY_FRACTIONAL`, `CATEGORY_FLOATING`.

        """;
}
