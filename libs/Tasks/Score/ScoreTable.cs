using System.Globalization;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Models;
using BatchScoring.Scoring;

namespace BatchScoring.Tasks;

/// <summary>
/// The scores of a split on their way from blocks to a part: what DuckDB sees of them, one row for each row of the split.
/// </summary>
internal sealed class ScoreTable
{
    public const int RowNumber = 0;
    public const int Keep = 1;
    public const int Key = 2;
    public const int FirstNumber = 3;

    private readonly string[] _numbers;
    private readonly ScoreWork _work;

    public ScoreTable(Prediction scores, Prediction raw, ScoreWork work)
    {
        (_numbers, _work) = ([.. scores.Columns, .. raw.Columns], work);
        int bins = scores.Columns.Length == 1 ? ScoreColumnStatistics.FineBins : ScoreColumnStatistics.Bins;
        Counters = [.. scores.Columns.Select(column => new ScoreCounter(column, scores.IsProbability, bins))];
        string[] names = [work.Key, .. _numbers, ContentHasher.ModelVersion, .. work.PassThrough];
        if (names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new BatchScoringException(ScoringErrors.ScoreColumnsClash,
                $"The result would have two columns '{twice.Key}'. Its columns are {string.Join(", ", names)}. "
                + "Leave the column out of those handed on, or rename the key.");
    }

    public ScoreCounter[] Counters { get; }

    /// <summary>The columns that <see cref="ScoreRows"/> fills, under plain names: the published ones may clash with the input's.</summary>
    /// <param name="key">The key's type.</param>
    public IReadOnlyList<DuckColumn> Columns(DuckColumn key) =>
    [
        new("row_number", DuckType.BigInt, "BIGINT"),
        new("keep", DuckType.Boolean, "BOOLEAN"),
        new("key", key.Type, key.SqlType),
        .. Numbers().Select(name => new DuckColumn(name, DuckType.Double, "DOUBLE")),
    ];

    /// <summary>The part's rows.</summary>
    /// <param name="file">Has the columns that are handed on.</param>
    /// <param name="table">Has <see cref="Columns"/>.</param>
    public string Select(SplitFile file, string table)
    {
        string[] columns =
        [
            $"beside.key AS {DuckSql.Identifier(_work.Key)}",
            .. Numbers().Zip(_numbers, (number, name) => $"beside.{number} AS {DuckSql.Identifier(name)}"),
            $"{DuckSql.Literal(_work.Model.Version)} AS {ContentHasher.ModelVersion}",
            .. _work.PassThrough.Select(SplitFile.Column),
        ];
        return _work.PassThrough.Count == 0
            ? $"SELECT {string.Join(", ", columns)} FROM {table} beside WHERE beside.keep"
            : file.SelectBeside(table, _work.PassThrough, columns);
    }

    public ScoreStatistics Statistics(FeatureCounts features) => new([.. Counters.Select(counter => counter.Result())])
    {
        Missing = features.Missing(),
        Groups = features.Groups(),
    };

    private IEnumerable<string> Numbers() => Enumerable.Range(0, _numbers.Length)
        .Select(column => string.Create(CultureInfo.InvariantCulture, $"number_{column}"));
}
