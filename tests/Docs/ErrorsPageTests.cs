using System.Text.RegularExpressions;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Models;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Docs;

/// <summary>docs/operate/errors.md lists the codes that the source has, with the exit status that the source gives.</summary>
public sealed partial class ErrorsPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operate", "errors.md"));

    /// <summary>Names of environment variables, of Parquet encodings and of DuckDB's types look like codes but are none.</summary>
    private static readonly string[] OtherPrefixes = ["BATCHSCORING_", "AWS_", "DUCKDB_LIBRARY", "PYSPARK_", "SPARK_HOME", "SPARK_CONF_", "HADOOP_", "XDG_", "TIME_", "TIMESTAMP_", "PLAIN_", "DELTA_", "RLE_", "BIT_", "BYTE_STREAM_", "GROUP_VAR_", "LZ4_"];

    private static readonly Dictionary<string, Row> Rows = TableRow().Matches(Page).ToDictionary(
        m => m.Groups["code"].Value,
        m => new Row(int.Parse(m.Groups["exit"].Value), m.Groups["retry"].Value == "yes", m.Groups["cause"].Value));

    private static readonly string Source = string.Join('\n', new[] { "libs", "SparkJobs", "ModelRunner", "DataGen" }
        .SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
        .Where(f => !f.Contains("/obj/") && !f.Contains("/bin/")).Select(File.ReadAllText));

    private static readonly string[] Codes =
    [
        .. Literal().Matches(Source).Select(m => m.Groups["code"].Value).Distinct()
            .Where(code => !OtherPrefixes.Any(p => code.StartsWith(p, StringComparison.Ordinal)) || code == "DUCKDB_LIBRARY_MISSING"),
    ];

    [Fact]
    public void Page_EveryCodeOfTheSource_IsExplained()
    {
        Codes.Length.ShouldBeGreaterThan(50);
        Codes.Where(code => !Page.Contains($"`{code}`")).Order().ShouldBeEmpty("codes in the source that docs/operate/errors.md does not explain");
    }

    [Fact]
    public void Page_EveryRow_StandsInTheSource() =>
        Rows.Keys.Where(code => !Source.Contains($"\"{code}\"")).Order().ShouldBeEmpty("codes that docs/operate/errors.md explains and no source has");

    [Fact]
    public void Page_EveryCode_HasTheExitStatusOfTheSource()
    {
        foreach (Match found in WithExit().Matches(Source))
        {
            string code = found.Groups["code"].Value;
            int exit = (int)Enum.Parse<ExitCode>(found.Groups["exit"].Value);
            if (Rows.TryGetValue(code, out Row? row)) row.Exit.ShouldBe(exit, code);
        }
    }

    /// <summary>Whoever adds a catalogue names its heading here; a heading's rows are then made from the code.</summary>
    private static readonly (string Heading, Type[] Catalogues)[] Sections =
    [
        ("Stores, publishing, datasets", [typeof(StorageErrors), typeof(DatasetErrors)]),
    ];

    [Fact]
    public void Page_EveryCatalogue_IsOnIt()
    {
        string page = Page;
        foreach ((string heading, Type[] catalogues) in Sections)
        {
            int from = page.IndexOf($"## {heading}\n", StringComparison.Ordinal), to = page.IndexOf("\n## ", from + 1, StringComparison.Ordinal);
            page = page[..from] + $"## {heading}\n\n| code | exit | retry | cause and remedy |\n| --- | --- | --- | --- |\n"
                + string.Concat(catalogues.SelectMany(ErrorCatalogues.CodesOf).Select(TableLine)) + page[to..];
        }

        Generated.ShouldBeUpToDate(page, "docs", "operate", "errors.md");
        ErrorCatalogues.All.ShouldBe(Sections.SelectMany(s => s.Catalogues), ignoreOrder: true);
    }

    [Fact]
    public void Catalogues_EveryCode_HasANameOfItsOwnAndACauseOfOneLine()
    {
        ErrorCode[] codes = [.. ErrorCatalogues.All.SelectMany(ErrorCatalogues.CodesOf)];
        codes.GroupBy(code => code.Name).Where(same => same.Count() > 1).Select(same => same.Key).ShouldBeEmpty("codes that are defined twice");
        codes.Where(code => !Literal().IsMatch($"\"{code.Name}\"")).ShouldBeEmpty("names that are not upper case with underscores");
        codes.Where(code => !code.Cause.EndsWith('.') || code.Cause.Contains('\n') || code.Cause.Contains('|')).ShouldBeEmpty("causes that are no sentence of one line");
    }

    [Fact]
    public void Page_ModelCodes_AreAllThere() => typeof(ModelErrorCodes).GetFields()
        .Select(f => (string)f.GetRawConstantValue()!).ShouldBeSubsetOf(Rows.Keys);

    [Fact]
    public void Page_ExitStatuses_Exist() =>
        Rows.Values.Select(r => r.Exit).Distinct().ShouldBeSubsetOf(Enum.GetValues<ExitCode>().Select(e => (int)e));

    private static string TableLine(ErrorCode code) => $"| `{code.Name}` | {(int)code.ExitCode} | {(code.RetryHelps ? "yes" : "no")} | {code.Cause} |\n";

    /// <summary>A row of the page.</summary>
    private sealed record Row(int Exit, bool Retry, string Cause);

    [GeneratedRegex(@"^\| `(?<code>[A-Z0-9_]+)` \| (?<exit>\d+) \| (?<retry>yes|no) \| (?<cause>.+) \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex TableRow();

    [GeneratedRegex("\"(?<code>[A-Z][A-Z0-9]*(_[A-Z0-9]+)+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Literal();

    [GeneratedRegex(@"""(?<code>[A-Z][A-Z0-9]*(_[A-Z0-9]+)+)"",\s*ExitCode\.(?<exit>\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex WithExit();
}
