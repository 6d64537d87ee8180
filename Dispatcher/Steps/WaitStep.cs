using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Dispatcher.Timetable.Yaml;
using BatchScoring.Storage;

namespace BatchScoring.Dispatcher.Steps;

/// <summary>
/// Waits until something is there and complete: a file, or a folder that its sender has sealed. Files alone are no sign, since they may
/// still be arriving.
/// </summary>
internal sealed class WaitStep(TimeProvider time) : IStepKind
{
    public StepKindInfo Info { get; } = new("wait", "Waits for a file, or for a folder that is complete.",
    [
        new("root", StepKeyType.Text, Required: true, "Where: an absolute folder, or s3://bucket/prefix with this process's credentials."),
        new("folder", StepKeyType.Text, Required: false,
            "A folder below it, such as test_sample/run_date={date}/. It must be sealed: by a _SUCCESS, or by our manifest."),
        new("file", StepKeyType.Text, Required: false, "A file below it, instead of a folder."),
        new("up_to", StepKeyType.Duration, Required: false, "How long to wait; by default 1h."),
        new("every", StepKeyType.Duration, Required: false, "How often to look; by default 30s."),
        new("endpoint", StepKeyType.Text, Required: false, "Of an S3 store that is not AWS."),
        new("region", StepKeyType.Text, Required: false, "Of the S3 store."),
        new("path_style", StepKeyType.Switch, Required: false, "True: the bucket stands in the path, as many stores want it."),
    ]);

    public async Task<StepAnswer> RunAsync(StepWork work, CancellationToken cancellation)
    {
        string? folder = work.Settings.Text("folder"), file = work.Settings.Text("file");
        if ((folder is null) == (file is null))
            throw new BatchScoringException(WaitErrors.Unclear, "Exactly one of 'folder' and 'file' says what to wait for.");
        TimeSpan limit = DurationValue.Parse(work.Settings.Text("up_to")) ?? TimeSpan.FromHours(1);
        TimeSpan every = DurationValue.Parse(work.Settings.Text("every")) ?? TimeSpan.FromSeconds(30);
        long begin = time.GetTimestamp();
        using IObjectStore store = Open(work.Settings);
        string? last = null;
        while (true)
        {
            (JsonObject? found, string missing) = await LookAsync(store, folder, file, cancellation);
            TimeSpan waited = time.GetElapsedTime(begin);
            if (found is not null)
            {
                found["seconds"] = Math.Round(waited.TotalSeconds, 3);
                return new StepAnswer(StepEnd.Succeeded, $"{folder ?? file} is there.", Figures: found);
            }

            if (waited >= limit)
            {
                throw new BatchScoringException(WaitErrors.Over, string.Create(CultureInfo.InvariantCulture,
                    $"After {limit.TotalMinutes:0.#} min: {missing} (under {store.Options.Root}). Ask who delivers it."));
            }

            if (missing != last) work.Tell(new StepProgress(last = missing));
            await Task.Delay(every < limit - waited ? every : limit - waited, time, cancellation);
        }
    }

    private IObjectStore Open(JsonObject settings) => ObjectStores.Open(new StoreOptions
    {
        Root = settings.Text("root")!,
        Endpoint = settings.Text("endpoint"),
        Region = settings.Text("region"),
        PathStyle = settings.Text("path_style") == "true",
    }, time: time);

    /// <summary>What is there, or what is missing. A store that is away for a minute is no reason to end an hour's wait.</summary>
    private static async Task<(JsonObject? Found, string Missing)> LookAsync(
        IObjectStore store, string? folder, string? file, CancellationToken cancellation)
    {
        try
        {
            if (file is not null)
            {
                return await store.HeadAsync(file, cancellation) is { } there
                    ? (new JsonObject { ["files"] = 1, ["bytes"] = there.Size }, "")
                    : (null, $"'{file}' is not there");
            }

            string key = folder!.EndsWith('/') ? folder : folder + "/";
            Dataset found = await new DatasetReader(store).OpenAsync(key, revision: null, unsealed: false, cancellation);
            JsonObject figures = new() { ["files"] = found.Files.Count, ["bytes"] = found.Files.Sum(f => f.Size) };
            if (found.Revision is { } revision) figures["revision"] = revision;
            return (figures, "");
        }
        catch (BatchScoringException e) when (e.Transient || e.Is(DatasetErrors.NotFound, DatasetErrors.Empty))
        {
            return (null, e.Is(DatasetErrors.NotFound) ? $"nothing is in '{folder}'"
                : e.Is(DatasetErrors.Unsealed) ? $"'{folder}' has files but no _SUCCESS, so they may still be arriving"
                : e.Is(DatasetErrors.Empty) ? $"'{folder}' has a _SUCCESS but no data files"
                : e.Is(DatasetErrors.Publishing) ? $"'{folder}' is being published" : e.Message);
        }
    }
}
