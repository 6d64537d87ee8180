using System.Security.Cryptography;
using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Runs;

/// <summary>
/// Rows to one file: an evaluation, later a model. It is made in this process and published as the only part of its folder.
/// </summary>
/// <param name="store">Where to.</param>
/// <param name="extension">Of the file's name, with its dot.</param>
/// <param name="make">Makes the file's content.</param>
public sealed class ArtifactProducer(IObjectStore store, string extension, Func<CancellationToken, Task<Artifact>> make) : IProducer
{
    /// <inheritdoc/>
    public IReadOnlyList<TaskSpec> Tasks => [];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TaskResult>> ProduceAsync(Attempt attempt, CancellationToken cancellation)
    {
        Artifact made = await make(cancellation);
        using var scratch = ScratchFolder.Create("artifact");
        string file = scratch.File("artifact" + extension);
        await File.WriteAllBytesAsync(file, made.Content, cancellation);
        string key = attempt.Plan.Folder + PartName.New(0, attempt.Plan.Attempt, extension);
        var facts = new PartFacts(attempt.Plan.Attempt, attempt.Folder, Convert.ToHexStringLower(SHA256.HashData(made.Content)), Rows: 0);
        PendingPart part = await store.StageAsync(key, file, facts, cancellation);
        return
        [
            new TaskResult
            {
                Split = 0,
                Status = TaskResultStatus.Done,
                RowsRead = made.RowsRead,
                Part = part,
                Content = ContentHash.OfFile(made.Result),
            },
        ];
    }
}
