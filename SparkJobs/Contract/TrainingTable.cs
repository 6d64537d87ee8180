using System.Globalization;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Engines;
using BatchScoring.Models;
using BatchScoring.Runs;
using BatchScoring.Scoring;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Storage;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Contract;

/// <summary>The training table as a model reads it.</summary>
internal sealed class TrainingTable(JobContext context, IModel model, PlannedInput input, string key)
{
    /// <summary>A column with more categories than this gets no list: new ones belong to it.</summary>
    private const int MaxCategories = 100;

    private readonly string[] _columns = [.. input.Columns.Select(column => column.Name)];

    /// <summary>Hands over all rows, block by block.</summary>
    /// <param name="title">For the progress.</param>
    /// <param name="wanted">The features to read, in this order.</param>
    /// <param name="over">Given a reader of them: takes its next block, and says false at the end.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task ReadAsync(string title, IReadOnlyList<ModelInput> wanted, Func<ISplitReader, Func<bool>> over, CancellationToken cancellation)
    {
        if (wanted.Count == 0) return;
        IReadOnlyList<ColumnRequest> columns = [.. model.Inputs.Zip(ModelColumns.Bind(model, FolderLayout.Train, _columns, key))
            .Where(pair => wanted.Contains(pair.First)).Select(pair => pair.Second)];
        using var scratch = ScratchFolder.Create("contract");
        using var readers = new SplitReaders();
        using var database = new LazyDatabase(new DuckOptions
        {
            Threads = context.Settings.Threads,
            MemoryLimitMiB = context.Settings.MemoryMiB,
            TempDirectory = scratch.Path,
        });
        context.Progress.Begin(title, input.Rows);
        foreach (InputFile file in input.Files)
        {
            string path = await new ParquetSource().OpenAsync(
                context.Store, file, new ParquetSlice([.. columns.Select(column => column.Name)]), scratch.Path, cancellation);
            SplitReadRequest request = new() { Path = path, DisplayName = file.Key, Columns = columns };
            using ISplitReader reader = readers.OpenParquet(database, request, ReaderChoice.Auto, cancellation: cancellation);
            Func<bool> next = over(reader);
            while (next()) context.Progress.Advance(reader.Rows);
        }

        context.Progress.End();
    }

    /// <summary>A rule for every categorical feature; a list where there are not too many.</summary>
    /// <param name="grouped">Places of the features whose categories are counted.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyList<FeatureRule>> CategoriesAsync(IReadOnlySet<int> grouped, CancellationToken cancellation)
    {
        var rules = new List<FeatureRule>();
        IReadOnlyList<ColumnRequest> bound = ModelColumns.Bind(model, FolderLayout.Train, _columns, key);
        foreach ((ModelInput feature, ColumnRequest column) in model.Inputs.Zip(bound))
        {
            if (feature.Encoder is null) continue;
            (string Text, long Rows)[] found = [.. (await QueryAsync(column.Name, cancellation)).Rows
                .Select(row => ((string)row[0]!, Convert.ToInt64(row[1], CultureInfo.InvariantCulture)))];
            if (found.Length > MaxCategories)
            {
                rules.Add(new FeatureRule(feature.Name));
                continue;
            }

            found = [.. found.OrderBy(category => category.Text, StringComparer.Ordinal)];
            FeatureProfile? training = grouped.Contains(feature.Position) && found.Length > 0
                ? new FeatureProfile(
                    input.Rows, input.Rows - found.Sum(category => category.Rows), Counts: [.. found.Select(category => category.Rows)])
                : null;
            rules.Add(new FeatureRule(feature.Name, Categories: [.. found.Select(category => category.Text)], Training: training));
        }

        return rules;
    }

    private Task<SqlResult> QueryAsync(string column, CancellationToken cancellation)
    {
        SqlDialect sql = context.Engine.Dialect;
        string text = sql.KeyText(sql.Name(column));
        return context.Engine.QueryAsync(
            new SqlQuery
            {
                Text = $"SELECT {text} AS category, count(*) AS n FROM train WHERE {sql.Name(column)} IS NOT NULL "
                    + $"GROUP BY {text} LIMIT {MaxCategories + 1}",
                Datasets = [new SqlDataset { Name = "train", Files = input.Files, Columns = [column] }],
            },
            cancellation);
    }
}
