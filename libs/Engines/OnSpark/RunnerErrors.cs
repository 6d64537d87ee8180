using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Engines;

/// <summary>Why Spark gave up: its own exception names only an exit status, the reasons lie in the attempt's folder.</summary>
internal static class RunnerErrors
{
    private const int Shown = 5;

    public static async Task<BatchScoringException> ExplainAsync(IObjectStore store, string attemptFolder, Exception failure)
    {
        string[] reasons = await ReadAsync(store, attemptFolder + AttemptFiles.Errors);
        string said = reasons.Length == 0
            ? "No runner left a reason: a killed process cannot. Look at the executors' logs."
            : $"The runners said: {string.Join(" · ", reasons)}";
        return new BatchScoringException(EngineErrors.TasksGivenUp, $"Spark gave the tasks up: {Cause(failure)}. {said}", failure);
    }

    private static string Cause(Exception failure) => failure.Message
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault("no reason given").TrimEnd('.');

    /// <summary>Not cancellable: this is what the user is going to read.</summary>
    private static async Task<string[]> ReadAsync(IObjectStore store, string folder)
    {
        List<string> reasons = [];
        try
        {
            await foreach (StoredObject found in store.ListAsync(folder, CancellationToken.None))
            {
                if (reasons.Count == Shown) break;
                if (await store.GetAsync(found.Key, CancellationToken.None) is not { } content) continue;
                if (JsonSerializer.Deserialize(content, CoreJson.Default.TaskError) is { } error
                    && !reasons.Contains($"{error.Code}: {error.Message}"))
                    reasons.Add($"{error.Code}: {error.Message}");
            }
        }
        catch (Exception e) when (e is StoreException or JsonException)
        {
            reasons.Add($"(their reasons in {folder} cannot be read: {e.Message})");
        }

        return [.. reasons];
    }
}
