using System.Globalization;
using System.Security.Cryptography;
using BatchScoring.Core;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.SparkJobs.Status;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.Doctor;

/// <summary>Tries on the store what a run will ask of it, with objects of its own below the folder for probes.</summary>
internal sealed class StoreExamination(JobContext context)
{
    /// <summary>The only folder where the smallest rights allow to delete.</summary>
    private const string Folder = "artifacts/probes/";

    private const int Racers = 16;

    private readonly string _attempt = AttemptId.New().Text;

    private string Key => Folder + _attempt;

    /// <summary>Where nothing can be written, all else would only say so in other words, or take what is not there for lost.</summary>
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        Finding write = await LookAsync("write", () => WriteAsync(cancellation));
        return write.State == FindingState.Failed
            ? [write, new Finding("the rest", FindingState.Warning, "not tried: nothing can be written")]
            : [write, .. await RestAsync(cancellation)];
    }

    private async Task<IReadOnlyList<Finding>> RestAsync(CancellationToken cancellation) =>
    [
        await LookAsync("clock", () => ClockAsync(cancellation)),
        await LookAsync("list", () => ListAsync(cancellation)),
        await LookAsync("pending", () => PendingAsync(cancellation)),
        await LookAsync("delete", () => DeleteAsync(cancellation)),
        await LookAsync("conditions", () => ConditionsAsync(cancellation)),
        await LookAsync("race", () => RaceAsync(cancellation)),
        await LookAsync("index", () => IndexAsync(cancellation)),
    ];

    /// <summary>The log needs no right of its own: put if absent, get and list below test_sample_inference/, which a publish needs too.</summary>
    private async Task<Finding> IndexAsync(CancellationToken cancellation)
    {
        string[] lines = [.. (await IndexStatus.OfAsync(context.Store, cancellation)).Lines()];
        return lines.Length == 0
            ? new Finding("index", FindingState.Ok, $"the Delta log beside the scores shows all that is finished; it is put only if absent, in {FolderLayout.DeltaLog}")
            : new Finding("index", FindingState.Warning, string.Join("; ", lines));
    }

    private async Task<Finding> WriteAsync(CancellationToken cancellation)
    {
        await context.Store.PutAsync(Key, "doctor"u8.ToArray(), PutCondition.Always, cancellation);
        bool same = await context.Store.GetAsync(Key, cancellation) is { } read && read.AsSpan().SequenceEqual("doctor"u8);
        return new Finding("write", same ? FindingState.Ok : FindingState.Failed,
            same ? $"{context.Store.Options.Root} can be written and read back" : "what was written does not read back");
    }

    private async Task<Finding> ClockAsync(CancellationToken cancellation)
    {
        StoredObject found = await context.Store.HeadAsync(Key, cancellation)
            ?? throw new StoreException(StorageErrors.NotFound, $"{Key} was written and is not there.");
        double apart = Math.Abs((found.Modified - context.Time.GetUtcNow()).TotalSeconds);
        return new Finding("clock", apart <= 60 ? FindingState.Ok : FindingState.Warning,
            string.Create(CultureInfo.InvariantCulture,
                $"this machine and the store are {apart:0} s apart{(apart <= 60 ? "" : "; S3 refuses requests above 15 minutes")}"));
    }

    /// <summary>Reading alone is not enough: what is published is found by listing.</summary>
    private async Task<Finding> ListAsync(CancellationToken cancellation)
    {
        bool seen = false;
        await foreach (StoredObject found in context.Store.ListAsync(Folder, cancellation)) seen |= found.Key == Key;
        return new Finding("list", seen ? FindingState.Ok : FindingState.Failed,
            seen ? "what is written is listed at once" : $"{Key} was written but is not listed; datasets would be overlooked");
    }

    /// <summary>A part as tasks leave it: written but invisible (a multipart upload), found again, given up.</summary>
    private async Task<Finding> PendingAsync(CancellationToken cancellation)
    {
        using var scratch = ScratchFolder.Create("doctor");
        string file = scratch.File("part");
        byte[] content = "doctor"u8.ToArray();
        await File.WriteAllBytesAsync(file, content, cancellation);
        string key = Key + "-part";
        PendingPart part = await context.Store.StageAsync(
            key, file, new PartFacts(_attempt, Folder, Convert.ToHexStringLower(SHA256.HashData(content)), 0), cancellation);
        bool listed = false, found = false, there, visible;
        try
        {
            there = await context.Store.IsPendingAsync(part, cancellation);
            visible = await context.Store.HeadAsync(key, cancellation) is not null;
            await foreach (PendingUpload upload in context.Store.ListPendingAsync(key, cancellation))
                listed |= upload.PendingId == part.PendingId;
            // As clean and status look for them: by the beginning of their keys.
            await foreach (PendingUpload upload in context.Store.ListPendingAsync(Folder, cancellation))
                found |= upload.PendingId == part.PendingId;
        }
        finally
        {
            await context.Store.AbortAsync(key, part.PendingId, CancellationToken.None);
        }

        bool gone = !await context.Store.IsPendingAsync(part, cancellation);
        if (there && listed && !visible && gone && !found)
        {
            return new Finding("pending", FindingState.Warning,
                "parts can be made pending and given up, but this store does not list them under a folder: " +
                "status and clean will not find what a dead run leaves. Let a lifecycle rule of the bucket abort unfinished uploads " +
                "(s3-layout/lifecycle.json)");
        }

        return there && listed && !visible && gone
            ? new Finding("pending", FindingState.Ok, "parts can be made pending, found and given up")
            : new Finding("pending", FindingState.Failed,
                $"a pending part was {(there ? "" : "not ")}there, {(listed ? "" : "not ")}listed, {(visible ? "" : "not ")}visible " +
                $"before its time, and {(gone ? "" : "not ")}gone when given up");
    }

    private async Task<Finding> DeleteAsync(CancellationToken cancellation)
    {
        await context.Store.DeleteAsync(Key, cancellation);
        bool gone = await context.Store.HeadAsync(Key, cancellation) is null;
        return new Finding("delete", gone ? FindingState.Ok : FindingState.Warning, gone
            ? "own probes can be removed"
            : "own probes cannot be removed; they stay");
    }

    private async Task<Finding> ConditionsAsync(CancellationToken cancellation)
    {
        StoreProbe probe = await context.Store.ProbeAsync(cancellation);
        return probe.ConditionalWrites
            ? new Finding("conditions", FindingState.Ok, probe.Finding)
            : new Finding("conditions", FindingState.Failed, probe.Finding)
            {
                Code = StorageErrors.Unconditional.Name,
                ExitCode = StorageErrors.Unconditional.ExitCode
            };
    }

    /// <summary>
    /// A store may promise conditions and still let two writers through at the same moment: a warning, since one after another works.
    /// </summary>
    private async Task<Finding> RaceAsync(CancellationToken cancellation)
    {
        int winners = (await StoreRace.RunAsync(context.Store, rounds: 1, Racers, cancellation)).WorstWinners;
        return winners == 1
            ? new Finding("race", FindingState.Ok, $"{Racers} writers at once: one won")
            : new Finding("race", FindingState.Warning,
                $"{Racers} writers at once: {winners} believe that they won; do not run two publishers of one date at the same moment on " +
                "this store");
    }

    private static async Task<Finding> LookAsync(string name, Func<Task<Finding>> look)
    {
        try
        {
            return await look();
        }
        catch (Exception e) when (e is not OperationCanceledException && JobErrorText.Of(e) is { } error)
        {
            return Finding.Failure(name, error);
        }
    }
}
