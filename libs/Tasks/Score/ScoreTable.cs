using System.Globalization;
using BatchScoring.Core;
using BatchScoring.DuckDb;

namespace BatchScoring.Tasks;

/// <summary>The scores of a split on their way from blocks to a part: a table in DuckDB with one row for each row of the split.</summary>
internal sealed class ScoreTable
{
    private const string Name = "scores";

    private readonly LoadedModel _model;
    private readonly ScoreWork _work;
    private readonly ScoreCounter[] _counters;

    public ScoreTable(LoadedModel model, ScoreWork work)
    {
        (_model, _work) = (model, work);
        _counters = [.. model.Scores.Columns.Select(column => new ScoreCounter(column, model.Scores.IsProbability))];
        string[] names = [work.Key, .. model.Scores.Columns, .. model.Raw.Columns, ContentHasher.ModelVersion, .. work.PassThrough];
        if (names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new BatchScoringException("SCORE_COLUMNS_CLASH", ExitCode.Configuration,
                $"The result would have two columns '{twice.Key}'. Its columns are {string.Join(", ", names)}. "
                + "Leave the column out of those handed on, or rename the key.");
    }

    /// <summary>Creates the table.</summary>
    /// <param name="connection">Of its own: handing rows over would end a result that is still open.</param>
    /// <param name="key">The key's type.</param>
    public ScoreWriter Open(DuckConnection connection, DuckColumn key)
    {
        string columns = string.Concat(Numbers().Select(column => $", {column} DOUBLE"));
        connection.Execute($"CREATE OR REPLACE TABLE {Name}(row_number BIGINT, keep BOOLEAN, key {key.SqlType}{columns})");
        return new ScoreWriter(connection.CreateAppender(Name), _model, _counters);
    }

    /// <summary>The part's rows.</summary>
    public string Select(SplitFile file)
    {
        IEnumerable<string> names = _model.Scores.Columns.Concat(_model.Raw.Columns);
        string[] columns =
        [
            $"beside.key AS {DuckSql.Identifier(_work.Key)}",
            .. Numbers().Zip(names, (number, name) => $"beside.{number} AS {DuckSql.Identifier(name)}"),
            $"{DuckSql.Literal(_work.Model.Version)} AS {ContentHasher.ModelVersion}",
            .. _work.PassThrough.Select(SplitFile.Column),
        ];
        return _work.PassThrough.Count == 0
            ? $"SELECT {string.Join(", ", columns)} FROM {Name} beside WHERE beside.keep"
            : file.SelectBeside(Name, _work.PassThrough, columns);
    }

    public ScoreStatistics Statistics() => new([.. _counters.Select(counter => counter.Result())]);

    /// <summary>Plain names within the table: the published ones may clash with the input's.</summary>
    private IEnumerable<string> Numbers() => Enumerable.Range(0, _model.Scores.Columns.Length + _model.Raw.Columns.Length)
        .Select(column => string.Create(CultureInfo.InvariantCulture, $"number_{column}"));
}
