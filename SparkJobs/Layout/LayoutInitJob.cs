using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Datasets;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.Layout;

/// <summary>Prepares a root. On a folder it also makes the top-level folders, so that a newcomer sees the shape at once.</summary>
internal sealed class LayoutInitJob(JobContext context)
{
    private const string FileName = "layout.json";

    public async Task<JobOutcome> RunAsync(bool dryRun, CancellationToken cancellation)
    {
        IObjectStore store = context.Store;
        if (await store.GetAsync(FileName, cancellation) is not null)
            return Answer($"{store.Options.Root} is prepared already; nothing done.", created: false);
        if (dryRun) return Answer($"would put {FileName} under {store.Options.Root}", created: false);

        await new Publisher(store, time: context.Time).CheckStoreAsync(cancellation);
        bool created = await store.PutAsync(FileName, Content(), PutCondition.IfAbsent, cancellation);
        foreach (string folder in FolderLayout.TopLevel)
            if (store.LocalPath(folder.TrimEnd('/')) is { } path) Directory.CreateDirectory(path);
        return Answer($"prepared {store.Options.Root}: {string.Join(", ", FolderLayout.TopLevel)}", created);
    }

    private static byte[] Content()
    {
        using Stream stream = typeof(LayoutInitJob).Assembly.GetManifestResourceStream(FileName)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private JobOutcome Answer(string text, bool created) =>
        JobOutcome.Ok(new JsonObject { ["root"] = context.Store.Options.Root, ["created"] = created }, text);
}
