using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.SparkJobs.Runs;
using BatchScoring.Datasets;
using BatchScoring.Tasks;

namespace BatchScoring.SparkJobs.Import;

/// <summary>
/// Reads a labelled table into train/ and test/: text to typed local Parquet, then two runs of the same kind of task that draws samples.
/// test/ comes last and names train/'s manifest, so that a finished test/ proves a finished import.
/// </summary>
internal sealed class ImportJob(JobContext context, ImportOptions options)
{
    private const string TrainJob = "import-train";
    private const string TestJob = "import-test";

    /// <summary>A share of keys is so many of these slots.</summary>
    private const int ShareSlots = 10_000;

    private string TestSalt => options.Salt + "/test";

    private int TestSlots => (int)Math.Clamp(Math.Round(options.TestShare * ShareSlots), 1, ShareSlots - 1);

    public async Task<JobOutcome> RunAsync(CancellationToken cancellation)
    {
        using var scratch = new ScratchFolder();
        using var database = DuckDatabase.Open(new DuckOptions
        {
            Threads = context.Settings.Threads,
            MemoryLimitMiB = context.Settings.MemoryMiB,
            TempDirectory = scratch.Path,
        });
        using DuckConnection duck = database.Connect();
        var source = SourceTable.Open(duck, options.Files, scratch.Path, cancellation);
        IReadOnlyList<ImportColumn> columns = new ImportSchema(source, options).Decide(cancellation);
        TestRows? picked = options.TestWhere is { } where ? TestRows.Understand(source, columns, where, cancellation) : null;
        string identity = "files " + string.Join(' ', options.Files.Select(LocalFile.Sha256));
        if (!options.DryRun && await PublishedAsync(identity, columns, cancellation) is { } published) return published;
        var bad = BadRows.Find(source, columns, cancellation);
        var early = new EarlyQuarantine(source.Rows, bad.Counts, scratch.File("bad.parquet"));
        if (options.DryRun) return await LookAsync(identity, columns, early, cancellation) ?? DryRun(source, columns, bad);

        bad.WriteTo(scratch.File("bad.parquet"));
        picked?.Decide(bad, scratch.Path, cancellation);
        ImportSets sets = await ImportSets.MakeAsync(context.Store, source, columns, bad, picked, scratch.Path, cancellation);
        if (!AnyTestRow(duck, sets.Test)) throw NoTestRows(source, bad);
        var pipeline = new RunPipeline(context);
        RunRecord train = await pipeline.RunAsync(Request(TrainJob, FolderLayout.Train, Input(identity, sets.Train, columns), columns, early, details: null), cancellation);
        if (train.Verdict == Verdict.Held) return RunText.Outcome(train);
        // train/ may be of an earlier attempt, and the condition may have answered otherwise then.
        if (picked is not null) ImportSets.RequireSum(source.Rows, train.RowsOut, ImportSets.Rows(sets.Test), bad.Total);
        string trainHash = (await new DatasetReader(context.Store).OpenAsync(FolderLayout.Train, null, unsealed: false, cancellation)).Manifest!.Sha256;
        JsonElement rule = JsonSerializer.SerializeToElement(new SamplingRule
        {
            FirstDate = options.FirstDate.ToString(),
            Slots = options.SampleSlots,
            Salt = options.Salt,
            Label = options.Label,
            TrainManifestSha256 = trainHash,
        }, CoreJson.Default.SamplingRule);
        RunRecord test = await pipeline.RunAsync(Request(TestJob, FolderLayout.Test, Input(identity, sets.Test, columns), columns, early: null, rule), cancellation);
        ImportSets.RequireSum(source.Rows, train.RowsOut, test.RowsOut, bad.Total);
        return ImportText.Outcome(train, test, columns);
    }

    private async Task<JobOutcome?> LookAsync(string identity, IReadOnlyList<ImportColumn> columns, EarlyQuarantine early, CancellationToken cancellation)
    {
        var pipeline = new RunPipeline(context);
        PlannedInput unread = Input(identity, [], columns);
        JobOutcome? train = await pipeline.LookAsync(Request(TrainJob, FolderLayout.Train, unread, columns, early, null), cancellation);
        return train is null or { ExitCode: ExitCode.Held }
            ? train
            : await pipeline.LookAsync(Request(TestJob, FolderLayout.Test, unread, columns, null, null), cancellation);
    }

    /// <summary>A repeated import answers before it converts all rows again; test/ comes last, so its presence says that all is there.</summary>
    private async Task<JobOutcome?> PublishedAsync(string identity, IReadOnlyList<ImportColumn> columns, CancellationToken cancellation)
    {
        var pipeline = new RunPipeline(context);
        PlannedInput unread = Input(identity, [], columns);
        if (await pipeline.EarlierAsync(Request(TrainJob, FolderLayout.Train, unread, columns, null, null), cancellation) is not { } train) return null;
        return await pipeline.EarlierAsync(Request(TestJob, FolderLayout.Test, unread, columns, null, null), cancellation) is { } test
            ? ImportText.Outcome(train, test, columns)
            : null;
    }

    /// <summary>A pool without rows could never be drawn from, and its root would be spent.</summary>
    private bool AnyTestRow(DuckConnection duck, IReadOnlyList<SplitInput> splits)
    {
        if (options.TestWhere is not null) return splits.Count > 0;
        var slot = new KeySlot(TestSalt, ShareSlots);
        foreach (SplitInput split in splits)
        {
            using DuckResult keys = duck.Query(
                $"SELECT CAST({DuckSql.Identifier(options.Key)} AS VARCHAR) FROM read_parquet({DuckSql.File(split.File.Key)}, hive_partitioning = false)");
            while (keys.NextChunk() is { } chunk)
            {
                foreach (ref readonly DuckText key in chunk.Values<DuckText>(0))
                    if (slot.Of(key.Utf8) < TestSlots) return true;
            }
        }

        return false;
    }

    private BatchScoringException NoTestRows(SourceTable source, BadRows bad) => new(JobErrors.ImportEmpty,
        string.Create(CultureInfo.InvariantCulture, $"None of {source.Rows:N0} rows goes to test/, from which dates are drawn") +
        (bad.Total == 0 ? "" : $"; set aside are {string.Join(", ", bad.Counts.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value:N0} {pair.Key}")))}") +
        $". Nothing was imported. {(options.TestWhere is { } where ? $"--test-where \"{where}\" must hold for some rows" : "Raise --test-share or pick rows with --test-where")}.");

    private static PlannedInput Input(string identity, IReadOnlyList<SplitInput> splits, IReadOnlyList<ImportColumn> columns) => new()
    {
        Files = [.. splits.Select(split => split.File)],
        Splits = splits,
        Columns = [.. columns.Select(column => column.Column)],
        Identity = identity,
    };

    private RunRequest Request(
        string job, string folder, PlannedInput input, IReadOnlyList<ImportColumn> columns, EarlyQuarantine? early, JsonElement? details) => new()
        {
            Run = new RunId(job, null, 1),
            Folder = folder,
            Options = new JsonObject
            {
                ["columns"] = new JsonArray([.. columns.Select(column => (JsonNode)$"{column.Column.Name} {column.Column.Type} {column.Column.Role}")]),
                ["test_where"] = options.TestWhere,
                ["test_share"] = options.TestShare,
                ["slots"] = options.SampleSlots,
                ["first_date"] = options.FirstDate.ToString(),
                ["salt"] = options.Salt,
            },
            Input = input,
            Producer = new TaskProducer(context, FilterTask.KindName, input, JsonSerializer.SerializeToElement(new FilterWork
            {
                Key = options.Key,
                Salt = TestSalt,
                Slots = options.TestWhere is null ? ShareSlots : 1,
                FirstSlot = options.TestWhere is null && job == TrainJob ? TestSlots : 0,
                LastSlot = options.TestWhere is not null ? 0 : job == TrainJob ? ShareSlots - 1 : TestSlots - 1,
                Columns = [.. columns.Select(column => column.Column.Name)],
                Folder = folder,
            }, TasksJson.Default.FilterWork), keepsEveryRow: options.TestWhere is not null),
            Columns = [.. columns.Select(column => column.Column)],
            Key = options.Key,
            Details = details,
            Limits = options.Limits,
            // Bad rows are counted with train/, so only that run can be held.
            ReleaseReason = job == TrainJob ? options.ReleaseReason : null,
            Early = early,
        };

    private static JobOutcome DryRun(SourceTable source, IReadOnlyList<ImportColumn> columns, BadRows bad) => JobOutcome.Ok(
        new JsonObject { ["rows"] = source.Rows, ["set_aside"] = bad.Total, ["columns"] = columns.Count },
        [
            string.Create(CultureInfo.InvariantCulture, $"would import {source.Rows - bad.Total:N0} of {source.Rows:N0} rows, {columns.Count} columns:"),
            .. columns.Select(column => $"  {column.Column.Name} {column.Column.Type} ({column.Column.Role.ToString().ToLowerInvariant()})"),
        ]);
}
