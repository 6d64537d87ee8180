using System.Globalization;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.DuckDb;

namespace BatchScoring.Runs;

/// <summary>
/// Makes a published part that was lost again, from its attempt's plan: same split, same key, and it must be the same bytes.
/// </summary>
/// <param name="context">Where and with what.</param>
public sealed class PartRemaker(IRunContext context)
{
    /// <summary>Makes it, as a publisher asks (<see cref="RemakePart"/>).</summary>
    public async Task<PendingPart> RemakeAsync(Manifest manifest, PendingPart part, CancellationToken cancellation)
    {
        string planKey = manifest.AttemptFolder + AttemptFiles.Plan;
        Plan plan = await new RunStore(context.Store, context.Time).GetAsync(planKey, CoreJson.Default.Plan, cancellation)
            ?? throw Impossible(manifest, part, $"{planKey} is gone");
        if (plan.DuckdbVersion != DuckDatabase.LibraryVersion || plan.Program != context.Program)
            throw Impossible(manifest, part,
                $"it was made by {plan.Program} with DuckDB {plan.DuckdbVersion}, and this is {context.Program} with DuckDB " +
                $"{DuckDatabase.LibraryVersion}");
        if (manifest.Columns.Count > 0 && part.Rows == 0)
            return await EmptyPart.StageAsync(context.Store, part.Key, manifest.Columns, manifest, cancellation);
        TaskSpec task = plan.Tasks.FirstOrDefault(line => Path.GetFileName(part.Key)
            .StartsWith(string.Create(CultureInfo.InvariantCulture, $"part-{line.Split:00000}-"), StringComparison.Ordinal))
            ?? throw Impossible(manifest, part, "no task of the plan has its number");
        HeaderLine header = TaskProducer.Header(context, manifest);
        await foreach (TaskResult answer in context.Engine.RunTasksAsync(header, [task with { PartKey = part.Key }], null, null,
            cancellation))
            if (answer.Part is { } again) return again;
            else throw Impossible(manifest, part, answer.Error?.Message ?? "the task gave no part");
        throw Impossible(manifest, part, "the task gave no answer");
    }

    /// <summary>An import's tasks read local files that went with the command, and an import has no revisions.</summary>
    private static BatchScoringException Impossible(Manifest manifest, PendingPart part, string reason) => new(RunErrors.PartLostForGood,
        $"{part.Key} is lost and cannot be made again: {reason.TrimEnd('.')}. {JobDefinition.Of(manifest.Job).OtherResult(null)}");
}
