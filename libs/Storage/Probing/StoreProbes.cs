using System.Security.Cryptography;

namespace BatchScoring.Storage;

/// <summary>Tries whether a store keeps its promise that a conditional put never replaces an object.</summary>
internal static class StoreProbes
{
    private const string Folder = "artifacts/probes/";

    /// <summary>Puts one key twice with <see cref="PutCondition.IfAbsent"/>: the first must win, the second must be refused.</summary>
    public static async Task<StoreProbe> RunAsync(IObjectStore store, string promise, CancellationToken cancellation)
    {
        string key = NewKey();
        byte[] first = "first"u8.ToArray(), second = "second"u8.ToArray();
        try
        {
            bool firstWon = await store.PutAsync(key, first, PutCondition.IfAbsent, cancellation);
            bool secondWon = await store.PutAsync(key, second, PutCondition.IfAbsent, cancellation);
            byte[]? kept = await store.GetAsync(key, cancellation);
            if (!secondWon && kept is not null && kept.AsSpan().SequenceEqual(first))
                return new StoreProbe(true, $"{store.Options.Root}: {promise}.");
            return new StoreProbe(false,
                $"{store.Options.Root}: a second put of one key with 'only if absent' {(secondWon ? "was accepted" : "was refused")}"
                + $", the first {(firstWon ? "was accepted" : "was refused")}, and the key then held " +
                $"'{(kept is null ? "nothing" : System.Text.Encoding.UTF8.GetString(kept))}'.");
        }
        catch (StoreException e) when (e.Is(StorageErrors.Unsupported, StorageErrors.Unconditional))
        {
            return new StoreProbe(false, $"{store.Options.Root}: {e.Message}");
        }
        finally
        {
            await store.DeleteAsync(key, CancellationToken.None);
        }
    }

    internal static string NewKey() => Folder + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
}
