using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Retire;

/// <summary>Removes the parts of replaced scores, revision by revision; each is told as soon as it is done.</summary>
internal sealed class RetireJob(JobContext context)
{
    public async Task<JobOutcome> RunAsync(TimeSpan age, bool dryRun, CancellationToken cancellation)
    {
        var retirer = new RevisionRetirer(context.Store, context.Program, context.Time);
        IReadOnlyList<Retirable> all = await retirer.FindAsync(age, cancellation);
        Retirable[] old = [.. all.Where(revision => revision.Kept is null)], kept = [.. all.Where(revision => revision.Kept is not null)];
        if (all.Count == 0 && !await context.Store.ListAsync(FolderLayout.Inferences, cancellation).AnyAsync(cancellation))
            await ExistingRoot.RequireLayoutAsync(context.Store, cancellation);
        if (!dryRun) await RetireAsync(retirer, old, cancellation);
        int parts = old.Sum(revision => revision.Parts.Count);
        long bytes = old.Sum(revision => revision.Parts.Sum(part => part.Size));
        string would = dryRun ? "would be retired" : "retired";
        return JobOutcome.Ok(
            new JsonObject
            {
                ["retired"] = new JsonArray([.. old.Select(Json)]),
                ["kept"] = new JsonArray([.. kept.Select(Json)]),
                ["parts"] = parts,
                ["bytes"] = bytes,
                ["dry_run"] = dryRun,
            },
            [
                .. old.Select(revision => $"{(dryRun ? "would retire" : "retired")} {Text(revision)}"),
                .. kept.Select(revision => $"kept {revision.Dataset.Folder}: {revision.Kept}"),
                string.Create(CultureInfo.InvariantCulture,
                    $"{old.Length} revision(s) {would}: {parts:N0} part(s), {bytes:N0} bytes. {kept.Length} kept for now."),
            ]);
    }

    private async Task RetireAsync(RevisionRetirer retirer, IReadOnlyList<Retirable> old, CancellationToken cancellation)
    {
        context.Progress.Begin("retire", old.Sum(revision => revision.Dataset.Manifest!.Manifest.Content.Rows));
        foreach (Retirable revision in old)
        {
            await retirer.RetireAsync(revision, Environment.UserName, cancellation);
            context.Progress.Advance(revision.Dataset.Manifest!.Manifest.Content.Rows);
            context.Progress.Say($"retired {Text(revision)}");
        }

        context.Progress.End();
    }

    private static string Text(Retirable revision) => string.Create(CultureInfo.InvariantCulture,
        $"{revision.Dataset.Folder}: {revision.Parts.Count} part(s), replaced by revision {revision.Successor.Revision} on ") +
        revision.Sealed.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static JsonNode Json(Retirable revision) => new JsonObject
    {
        ["folder"] = revision.Dataset.Folder,
        ["revision"] = revision.Dataset.Revision,
        ["successor"] = revision.Successor.Revision,
        ["successor_sealed"] = revision.Sealed.ToUniversalTime(),
        ["parts"] = revision.Parts.Count,
        ["rows"] = revision.Dataset.Manifest!.Manifest.Content.Rows,
        ["kept"] = revision.Kept,
    };
}
