using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.DuckDb;
using BatchScoring.Runs;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Storage;
using BatchScoring.Tables;
using BatchScoring.Tasks;

namespace BatchScoring.SparkJobs.Import;

/// <summary>
/// Reads a labelled table into train/ and test/: looks at the source, decides for every row where it goes, then two runs whose tasks type
/// and write those rows straight from the source. test/ comes last and names train/'s manifest, so that a finished test/ proves a finished
/// import.
/// </summary>
internal sealed class ImportJob(JobContext context, ImportOptions options)
{
    private const string TrainJob = "import-train";
    private const string TestJob = "import-test";

    /// <summary>A share of keys is so many of these slots.</summary>
    private const int ShareSlots = 10_000;

    private readonly RunPipeline _pipeline = new(context);
    private long? _tableVersion;

    private int TestSlots => (int)Math.Clamp(Math.Round(options.TestShare * ShareSlots), 1, ShareSlots - 1);

    public async Task<JobOutcome> RunAsync(CancellationToken cancellation)
    {
        using var scratch = ScratchFolder.Create("import");
        (ImportPlan? plan, JobOutcome? answer) = await LookAtSourceAsync(scratch, cancellation);
        return answer ?? await WriteAsync(plan!, scratch, cancellation);
    }

    /// <summary>All that can be wrong shows here, in the order of what it costs to find; or there is an answer already.</summary>
    private async Task<(ImportPlan? Plan, JobOutcome? Answer)> LookAtSourceAsync(ScratchFolder scratch, CancellationToken cancellation)
    {
        var sources = new List<ImportSource>();
        foreach (string name in options.Files)
        {
            sources.Add(await context.FolderAsync(name, options.Folder, cancellation) is { } copied
                ? new ImportSource(name, copied)
                : new ImportSource(await context.LocalAsync(name, cancellation)));
        }

        ImportFiles files = await ImportFiles.FindAsync(sources, options.Folder, cancellation);
        ModelFile? model = options.LikeModel is { } path ? ModelFile.Load(await context.LocalAsync(path, cancellation)) : null;
        // A store that cannot be reached is not found out after the whole table was read.
        await ManifestFile.ReadAsync(context.Store, FolderLayout.Test, cancellation);
        // Given back before the tasks begin: they need the memory.
        using var database = DuckDatabase.Open(new DuckOptions
        {
            Threads = context.Settings.Threads,
            MemoryLimitMiB = context.Settings.MemoryMiB,
            TempDirectory = scratch.Path,
        });
        using DuckConnection duck = database.Connect();
        NumberFunctions.Register(duck);
        _tableVersion = files.TableVersion;
        files = TableStage.Stage(duck, files, scratch.Path, cancellation);
        var source = SourceTable.Open(duck, files, options.Delimiter, context.Settings.Threads, cancellation);
        var features = FeatureKinds.Of(model?.Model, options, source.Columns);
        new SourceRules(source, options, features).Require();
        context.Progress.Begin("read", 0);
        IReadOnlyList<ImportColumn> columns = new ImportSchema(source, options, features).Decide(context.Progress.Advance, cancellation);
        context.Progress.Begin("convert", 0);
        source.Stage(scratch.Path, [.. columns.Select(column => column.Column)], context.Progress.Advance, cancellation);
        TestRows? picked = options.TestWhere is { } where ? TestRows.Understand(source, columns, where, cancellation) : null;
        string[] notes = [.. features.Notes, .. SourceNames.Notes(source.Names)];
        string identity = files.Identity + (options.Delimiter is { } delimiter ? $" delimiter {delimiter}" : "");
        if (!options.DryRun && await PublishedAsync(identity, columns, notes, cancellation) is { } published) return (null, published);
        context.Progress.Begin("check", source.Rows);
        ImportColumn key = columns.Single(column => column.Column.Role == ColumnRole.Key);
        var bad = BadRows.Find(source, key, columns, context.Progress.Advance, cancellation);
        context.Progress.End();
        var early = new EarlyQuarantine(source.Rows, bad.Counts, scratch.File("bad.parquet"));
        if (options.DryRun) return (null, await LookAsync(identity, columns, early, cancellation) ?? DryRun(source, columns, bad, notes));
        bad.WriteTo(source, early.LocalFile);
        RowSets sets = picked is null
            ? RowSets.ByShare(source, options.Salt + "/test", ShareSlots, TestSlots, cancellation)
            : RowSets.ByCondition(source, picked, cancellation);
        if (sets.Count(RowSets.Test) == 0) throw NoTestRows(source, bad);
        sets.WriteTo(scratch.Path);
        var pinned = new InputFile[source.Files.Count];
        for (int i = 0; i < pinned.Length; i++)
            pinned[i] = await InputFiles.DescribeAsync(context.Store, source.Files[i].Path, cancellation);
        return (new ImportPlan(identity, columns, early, sets.Splits(RowSets.Train, pinned, columns.Count),
            sets.Splits(RowSets.Test, pinned, columns.Count),
            sets.Count(RowSets.Test), notes), null);
    }

    private async Task<JobOutcome> WriteAsync(ImportPlan plan, ScratchFolder scratch, CancellationToken cancellation)
    {
        RunRecord train = await _pipeline.RunAsync(
            Request(TrainJob, FolderLayout.Train, plan.Identity, plan.Columns, plan.Train, scratch.Path) with { Early = plan.Early },
                cancellation);
        if (train.Verdict == Verdict.Held) return RunText.Outcome(train);
        // train/ may be of an earlier attempt, and the condition may have answered otherwise then.
        RequireSum(plan, train.RowsOut, plan.TestRows);
        string trainHash = (await new DatasetReader(context.Store)
            .OpenAsync(FolderLayout.Train, null, unsealed: false, cancellation)).Manifest!.Sha256;
        JsonElement rule = JsonSerializer.SerializeToElement(new SamplingRule
        {
            FirstDate = options.FirstDate.ToString(),
            Slots = options.SampleSlots,
            Salt = options.Salt,
            Label = options.Label,
            TrainManifestSha256 = trainHash,
        }, CoreJson.Default.SamplingRule);
        RunRecord test = await _pipeline.RunAsync(
            Request(TestJob, FolderLayout.Test, plan.Identity, plan.Columns, plan.Test, scratch.Path) with { Details = rule },
                cancellation);
        RequireSum(plan, train.RowsOut, test.RowsOut);
        return ImportText.Outcome(train, test, plan.Columns, plan.Notes);
    }

    /// <summary>Every row of the source is in one of the two sets, once, or set aside.</summary>
    private static void RequireSum(ImportPlan plan, long train, long test)
    {
        long source = plan.Early.SourceRows, setAside = plan.Early.Rows;
        if (train + test + setAside == source) return;
        throw new BatchScoringException(RunErrors.RowsDoNotAddUp,
            $"The source has {source} rows, but {train} for train/, {test} for test/ and {setAside} set aside make " +
            $"{train + test + setAside}. " +
            "Do not use this root; import into a new one. A --test-where that answers differently each time cannot go on after an " +
            "interruption.");
    }

    private async Task<JobOutcome?> LookAsync(string identity, IReadOnlyList<ImportColumn> columns, EarlyQuarantine early,
        CancellationToken cancellation)
    {
        JobOutcome? train = RunText.Outcome(await _pipeline.LookAsync(
            Request(TrainJob, FolderLayout.Train, identity, columns) with { Early = early }, cancellation));
        return train is null or { ExitCode: ExitCode.Held }
            ? train
            : RunText.Outcome(await _pipeline.LookAsync(Request(TestJob, FolderLayout.Test, identity, columns), cancellation));
    }

    /// <summary>
    /// A repeated import answers before it decides on all rows again; test/ comes last, so its presence says that all is there.
    /// </summary>
    private async Task<JobOutcome?> PublishedAsync(
        string identity, IReadOnlyList<ImportColumn> columns, IReadOnlyList<string> notes, CancellationToken cancellation)
    {
        if (await _pipeline.EarlierAsync(Request(TrainJob, FolderLayout.Train, identity, columns), cancellation) is not { } train)
            return null;
        return await _pipeline.EarlierAsync(Request(TestJob, FolderLayout.Test, identity, columns), cancellation) is { } test
            ? ImportText.Outcome(train, test, columns, notes)
            : null;
    }

    /// <summary>A pool without rows could never be drawn from, and its root would be spent.</summary>
    private BatchScoringException NoTestRows(SourceTable source, BadRows bad) => new(JobErrors.ImportEmpty,
        string.Create(CultureInfo.InvariantCulture, $"None of {source.Rows:N0} rows goes to test/, from which dates are drawn") +
        (bad.Total == 0 ? "" : $"; set aside are {string.Join(", ", bad.Counts.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value:N0} {pair.Key}")))}") +
        $". Nothing was imported. {(options.TestWhere is { } where ? $"--test-where \"{where}\" must hold for some rows" : "Raise --test-share or pick rows with --test-where")}.");

    /// <param name="job">Its name.</param>
    /// <param name="folder">What it makes.</param>
    /// <param name="identity">The files' content.</param>
    /// <param name="columns">What every column becomes.</param>
    /// <param name="splits">The rows to read; null where only the question counts.</param>
    /// <param name="choices">The folder with the rows' choices.</param>
    private RunRequest Request(
        string job, string folder, string identity, IReadOnlyList<ImportColumn> columns, IReadOnlyList<SplitInput>? splits = null,
            string choices = "")
    {
        DatasetColumn[] made = [.. columns.Select(column => column.Column)];
        var input = new PlannedInput
        {
            Files = [.. (splits ?? []).Select(split => split.File).DistinctBy(file => file.Key, StringComparer.Ordinal)],
            Splits = splits ?? [],
            Columns = made,
            Identity = identity,
            TableVersion = _tableVersion,
        };
        JsonElement work = JsonSerializer.SerializeToElement(new ImportWork
        {
            Key = options.Key,
            Choices = choices,
            Set = job == TrainJob ? RowSets.Train : RowSets.Test,
            Columns = [.. columns.Select(column => new TypedColumn(column.Column.Name, column.Expression, column.Form))],
            Folder = folder,
        }, TasksJson.Default.ImportWork);
        return new RunRequest
        {
            Run = new RunId(job, null, 1),
            Folder = folder,
            Options = new JsonObject
            {
                ["columns"] = new JsonArray([.. made.Select(column => (JsonNode)$"{column.Name} {column.Type} {column.Role}")]),
                ["test_where"] = options.TestWhere,
                ["test_share"] = options.TestShare,
                ["slots"] = options.SampleSlots,
                ["first_date"] = options.FirstDate.ToString(),
                ["salt"] = options.Salt,
            },
            Input = input,
            Producer = new TaskProducer(context, ImportTask.KindName, input, work, keepsEveryRow: false),
            Columns = made,
            Key = options.Key,
            Limits = options.Limits,
            // Bad rows are counted with train/, so only that run can be held.
            ReleaseReason = job == TrainJob ? options.ReleaseReason : null,
        };
    }

    private static JobOutcome DryRun(SourceTable source, IReadOnlyList<ImportColumn> columns, BadRows bad, IReadOnlyList<string> notes)
    {
        JsonObject json = new() { ["rows"] = source.Rows, ["set_aside"] = bad.Total, ["columns"] = columns.Count };
        string[] lines =
        [
            string.Create(CultureInfo.InvariantCulture,
                $"would import {source.Rows - bad.Total:N0} of {source.Rows:N0} rows, {columns.Count} columns:"),
            .. columns.Select(column =>
                $"  {column.Column.Name} {column.Column.Type} ({column.Column.Role.ToString().ToLowerInvariant()})"),
        ];
        return JobOutcome.Ok(json, lines) with { Notes = notes };
    }
}
