using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Hosts;

namespace BatchScoring.Dispatcher.Steps;

/// <summary>Brings files to a host.</summary>
/// <param name="hosts">The hosts.</param>
/// <param name="folder">Where relative names of files begin.</param>
/// <param name="time">The clock.</param>
internal sealed class UploadStep(HostRegistry hosts, string folder, TimeProvider time) : IStepKind
{
    public StepKindInfo Info { get; } = new("upload", "Brings files to a host; those that are there already are not sent again.",
    [
        new("host", StepKeyType.Host, Required: true, "Where to."),
        new("files", StepKeyType.Texts, Required: true, "Files of this machine."),
        new("to", StepKeyType.Text, Required: true, "The folder on the host; made where it is not there."),
    ]);

    public async Task<StepAnswer> RunAsync(StepWork work, CancellationToken cancellation)
    {
        string name = work.Settings.Text("host")!, to = work.Settings.Text("to")!;
        IReadOnlyList<string> files = [.. work.Settings.Texts("files").Select(file => Path.Combine(folder, file))];
        try
        {
            IHost host = hosts.Of(name);
            var link = new PatientLink(host, text => work.Tell(new StepProgress(text)), time);
            var upload = new FileUpload(host, work.Fence);
            long bytes = 0;
            int sent = 0;
            foreach (string file in files)
            {
                long length = LocalFacts.BytesOf(file);
                long? now = await link.AskAsync(
                    () => upload.RunAsync(file, to, done => work.Tell(Progress(file, done, length)), cancellation), cancellation);
                bytes += now ?? 0;
                sent += now is null ? 0 : 1;
            }

            var figures = new JsonObject { ["files"] = files.Count, ["sent"] = sent, ["bytes"] = bytes };
            return new StepAnswer(StepEnd.Succeeded,
                $"{sent} of {files.Count} files sent to {name}, {bytes / 1e6:0.#} MB; {files.Count - sent} were there", Figures: figures);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new StepAnswer(StepEnd.Cancelled, $"stopped; what has arrived on {name} is used by the next upload");
        }
        catch (BatchScoringException e)
        {
            return new StepAnswer(StepEnd.Failed, e.Message, e.Code, RetryHelps: e.Transient);
        }
    }

    private static StepProgress Progress(string file, long done, long length) =>
        new($"{Path.GetFileName(file)}: {done / 1e6:0.#} of {length / 1e6:0.#} MB", length == 0 ? 1 : (double)done / length);
}
